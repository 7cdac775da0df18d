/** Where things stand in the top window's viewport, and when they move: by events, never by asking again and again. */
candor.geometry = (() => {
  /** How far a frame's viewport lies from the top window's. */
  function frameOffset(view) {
    let [left, top] = [0, 0];
    for (let inner = view; inner && inner !== window;) {
      const frame = inner.frameElement;
      if (!frame) break;
      const box = frame.getBoundingClientRect();
      left += box.left + frame.clientLeft;
      top += box.top + frame.clientTop;
      inner = frame.ownerDocument.defaultView;
    }
    return { left, top };
  }

  /**
   * @param {Element | Range} thing in the page or in a frame of it
   * @returns {DOMRect} in the top window's viewport
   */
  function box(thing) {
    const { x, y, width, height } = thing.getBoundingClientRect();
    const view = (thing.ownerDocument ?? thing.startContainer.ownerDocument).defaultView;
    const { left, top } = frameOffset(view);
    return new DOMRect(x + left, y + top, width, height);
  }

  /** @returns {DOMRect} what two boxes share, without extent where they do not meet */
  function shared(one, other) {
    const left = Math.max(one.left, other.left);
    const top = Math.max(one.top, other.top);
    const right = Math.min(one.right, other.right);
    const bottom = Math.min(one.bottom, other.bottom);
    return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
  }

  const overlap = (one, other) => {
    const { width, height } = shared(one, other);
    return width > 0 && height > 0;
  };

  /** The part of an element that no scrolling ancestor and no edge of the window cuts off. */
  function shownPart(element) {
    let part = shared(element.getBoundingClientRect(), new DOMRect(0, 0, innerWidth, innerHeight));
    for (let outer = element.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(outer);
      if (overflowX !== "visible" || overflowY !== "visible")
        part = shared(part, outer.getBoundingClientRect());
    }
    return part;
  }

  function isShown(element) {
    return element.isConnected && element.getClientRects().length > 0;
  }

  /** Reports that an element stands somewhere else than a moment ago, though nothing scrolled. */
  class ShiftObserver {
    #observer = null;

    constructor(element, moved) {
      this.element = element;
      this.moved = moved;
      this.arm();
    }

    /** Watches the very edges of where the element stands now. */
    arm() {
      this.disconnect();
      const root = this.element.ownerDocument;
      const { left, top, right, bottom, width, height } = this.element.getBoundingClientRect();
      if (width === 0 || height === 0) return;
      const { clientWidth, clientHeight } = root.documentElement;
      const insets = [top, clientWidth - right, clientHeight - bottom, left];
      let isFirst = true;
      this.#observer = new IntersectionObserver(
        () => {
          // The first call only says where the element stands now.
          if (isFirst) {
            isFirst = false;
            return;
          }
          this.arm();
          this.moved();
        },
        {
          root,
          rootMargin: insets.map((inset) => `${-Math.floor(inset)}px`).join(" "),
          threshold: Array.from({ length: 51 }, (_, step) => step / 50),
        },
      );
      this.#observer.observe(this.element);
    }

    disconnect() {
      this.#observer?.disconnect();
    }
  }

  /**
   * Calls back whenever an element may stand elsewhere or be of another size, and when it appears or
   * disappears.
   *
   * @param {Element} element
   * @param {() => void} moved
   * @returns {() => void} ends it
   */
  function track(element, moved) {
    const changed = candor.guarded(moved);
    const scrolling = { capture: true, passive: true };
    const own = element.ownerDocument;
    const shifts = new ShiftObserver(element, changed);
    const sizes = new ResizeObserver(() => {
      shifts.arm();
      changed();
    });
    sizes.observe(element);
    // That of a frame last: once the frame is gone, Firefox lets nothing be taken back there.
    const documents = own === document ? [document] : [document, own];
    for (const each of documents) each.addEventListener("scroll", changed, scrolling);
    addEventListener("resize", changed);
    return () => {
      shifts.disconnect();
      sizes.disconnect();
      removeEventListener("resize", changed);
      for (const each of documents) each.removeEventListener("scroll", changed, scrolling);
    };
  }

  /**
   * Scrolls everything around some words, frames included, so that they stand in the middle where they
   * could not be seen before. Neither focus nor caret moves.
   *
   * @param {DOMRect} words in the viewport of `inner`'s document
   * @param {Element} inner the element they stand in
   */
  function bringIntoView(words, inner) {
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    let { top, bottom } = words;
    for (let element = inner; element; element = element.parentElement ?? frameOf(element)) {
      const { ownerDocument: own } = element;
      if (element.localName === "iframe") {
        const offset = element.getBoundingClientRect().top + element.clientTop;
        [top, bottom] = [top + offset, bottom + offset];
      }
      const isPage = element === own.scrollingElement;
      if (!isPage && !scrolls(element)) continue;
      const view = isPage ? { top: 0, bottom: own.defaultView.innerHeight } : element.getBoundingClientRect();
      if (top >= view.top && bottom <= view.bottom) continue;
      const wanted = (top + bottom) / 2 - (view.top + view.bottom) / 2;
      const most = element.scrollHeight - element.clientHeight - element.scrollTop;
      const by = Math.round(Math.max(-element.scrollTop, Math.min(wanted, most)));
      element.scrollBy({ top: by, behavior });
      [top, bottom] = [top - by, bottom - by];
    }
  }

  function scrolls(element) {
    const { overflowY } = element.ownerDocument.defaultView.getComputedStyle(element);
    return /auto|scroll|hidden/.test(overflowY) && element.scrollHeight > element.clientHeight;
  }

  function frameOf(element) {
    const view = element.ownerDocument.defaultView;
    return view === window ? null : view.frameElement;
  }

  return { box, bringIntoView, frameOffset, isShown, overlap, shared, shownPart, track };
})();
