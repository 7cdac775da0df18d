/**
 * An editor whose text is a document: a `contenteditable` element, in the page or in a frame of it.
 *
 * Marks are live ranges in highlights of the editor's own window: they move along with edits, change
 * nothing in the document, and are never part of what is sent.
 */
candor.RichEditor = class {
  /** How long each beat of a pulse lasts, in milliseconds. */
  static #BEAT = 260;

  #view;
  #reading = candor.text.empty;
  /** @type {Map<number, Range>} */
  #ranges = new Map();
  #pointed = null;
  #pulse = 0;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.#view = element.ownerDocument.defaultView;
  }

  read() {
    this.#reading = candor.text.read(this.element);
    return this.#reading;
  }

  mark(marks) {
    const painted = { warn: [], hint: [] };
    this.#ranges.clear();
    for (const { id, start, end, tone } of marks) {
      const range = this.#reading.range(start, end);
      if (!range) continue;
      this.#ranges.set(id, range);
      painted[tone].push(range);
    }
    this.#paint("candor-hint", painted.hint);
    this.#paint("candor-warn", painted.warn);
    this.point(this.#pointed);
  }

  point(id) {
    this.#pointed = id;
    this.#paint("candor-point", [this.#ranges.get(id) ?? []].flat());
  }

  reveal(id) {
    const range = this.#ranges.get(id);
    if (!range) return;
    candor.geometry.bringIntoView(range.getBoundingClientRect(), range.startContainer.parentElement);
    this.#beat(range, 4);
  }

  edited() {
    // Live ranges have moved along already.
  }

  caret() {
    const selection = this.element.ownerDocument.getSelection();
    if (!selection?.rangeCount || !this.element.contains(selection.focusNode)) return null;
    const range = this.element.ownerDocument.createRange();
    range.setStart(selection.focusNode, selection.focusOffset);
    const [letter] = range.getClientRects();
    if (letter) return candor.geometry.box(range);
    // In an empty line a caret has no box of its own; its line has.
    const { focusNode: node } = selection;
    const line =
      node.nodeType === Node.ELEMENT_NODE
        ? (node.childNodes[selection.focusOffset] ?? node)
        : node.parentElement;
    return candor.geometry.box(line.nodeType === Node.ELEMENT_NODE ? line : line.parentElement);
  }

  release() {
    clearTimeout(this.#pulse);
    this.#ranges.clear();
    for (const name of ["candor-hint", "candor-warn", "candor-point", "candor-pulse"]) this.#paint(name, []);
  }

  #beat(range, beats) {
    clearTimeout(this.#pulse);
    this.#paint("candor-pulse", beats % 2 === 0 && beats > 0 ? [range] : []);
    if (beats > 0)
      this.#pulse = setTimeout(
        candor.guarded(() => this.#beat(range, beats - 1)),
        candor.RichEditor.#BEAT,
      );
  }

  #paint(name, ranges) {
    // A frame that was taken out of the page has no registry any more, and nothing to clear.
    const registry = this.#view.CSS?.highlights;
    if (ranges.length > 0) registry?.set(name, new this.#view.Highlight(...ranges));
    else registry?.delete(name);
  }
};
