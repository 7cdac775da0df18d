/**
 * Where the panel stands: beside the compose box where there is room, otherwise folded to a pill in a
 * corner of it, clear of the buttons and of the words being written.
 */
candor.placement = (() => {
  /** Between the panel and everything else, in CSS pixels. */
  const GAP = 8;
  /** With less room than this beside the compose box, the panel folds. */
  const LEAST = 300;
  /** Lower than this an open panel shows too little of itself. */
  const LOWEST = 240;
  /** Room that a corner leaves for scroll bars and handles. */
  const INSET = 18;

  const { overlap, shared } = candor.geometry;

  /** How much room there is beside the part of the compose box that is in the window. */
  function beside(surroundings) {
    const box = shared(surroundings.box, new DOMRect(0, 0, innerWidth, innerHeight));
    return { box, right: innerWidth - box.right - 2 * GAP, left: box.left - 2 * GAP };
  }

  /**
   * @param {Surroundings} surroundings
   * @returns {boolean} whether an unfolded panel has room beside the compose box
   */
  function hasRoom(surroundings) {
    const { right, left } = beside(surroundings);
    return Math.max(right, left) >= LEAST;
  }

  /**
   * @param {Surroundings} surroundings
   * @param {{ folded: boolean, width: number, height: number }} size what the panel asks for
   * @param {Element} own the panel's frame, which is no obstacle to itself
   * @returns {DOMRect}
   */
  function find(surroundings, size, own) {
    const { box, right, left } = beside(surroundings);
    const width = Math.min(size.width, innerWidth - 2 * GAP);
    const height = Math.min(size.height, innerHeight - 2 * GAP);
    const least = size.folded ? width : Math.min(width, LEAST);
    const top = within(box.top, height, innerHeight);
    if (right >= least) return new DOMRect(box.right + GAP, top, Math.min(width, right), height);
    // A pill would lie on whatever else the page shows there; at a corner of the mail it is with the mail.
    if (left >= least && !size.folded)
      return new DOMRect(box.left - GAP - Math.min(width, left), top, Math.min(width, left), height);
    return corner(surroundings, width, height, own);
  }

  /** The corner of the editor that is freest. */
  function corner({ box, field, kept }, width, height, own) {
    const inner = shared(field, new DOMRect(0, 0, innerWidth, innerHeight));
    const lefts = [inner.right - width - INSET, inner.left + INSET];
    const tops = [inner.bottom - height - GAP, inner.top + GAP];
    const corners = tops.flatMap((top) => lefts.map((left) => [left, top]));
    // Where every corner of the editor is taken: around the compose box.
    corners.push(
      [box.right - width - GAP, box.bottom + GAP],
      [box.right - width - GAP, box.top - height - GAP],
    );
    const taken = kept();
    const boxes = corners
      .map(
        ([left, top]) =>
          new DOMRect(within(left, width, innerWidth), within(top, height, innerHeight), width, height),
      )
      .flatMap((box) => [box, ...cut(box, taken)]);
    const costs = boxes.map(
      (each) =>
        10 * taken.filter((one) => overlap(each, one)).length + controlsUnder(each, own) + (1 - each.height / height),
    );
    return boxes[costs.indexOf(Math.min(...costs))];
  }

  /** What is left of a box above and below each thing that is to stay in sight, where that is enough of it. */
  function cut(box, taken) {
    return taken
      .filter((one) => overlap(box, one))
      .flatMap(({ top, bottom }) => [
        new DOMRect(box.left, bottom + GAP, box.width, box.bottom - bottom - GAP),
        new DOMRect(box.left, box.top, box.width, top - GAP - box.top),
      ])
      .filter(({ height }) => height >= LOWEST);
  }

  /** How many of the page's controls would be covered, as far as a few points tell. */
  function controlsUnder(box, own) {
    const xs = [box.left + 2, box.left + box.width / 2, box.right - 2];
    const ys = [box.top + 2, box.top + box.height / 2, box.bottom - 2];
    const found = new Set();
    for (const x of xs) {
      for (const y of ys) {
        const under = document.elementsFromPoint(x, y).find((element) => element !== own.getRootNode().host);
        const control = under?.closest("a[href], button, input, select, [role=button], [role=menuitem]");
        if (control) found.add(control);
      }
    }
    return found.size;
  }

  /** Keeps a stretch of this length within the window. */
  function within(start, length, limit) {
    return Math.max(GAP, Math.min(start, limit - length - GAP));
  }

  return { find, hasRoom };
})();
