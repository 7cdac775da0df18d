/**
 * An editor whose text is a document: a `contenteditable` element, in the page or in a frame of it.
 *
 * Marks are live ranges in highlights of the editor's own window: they move along with edits and are
 * never part of what is sent.
 */
candor.RichEditor = class {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.document = element.ownerDocument;
    this.reading = { text: "", context: [], pieces: [] };
    /** @type {Map<number, Range>} */
    this.ranges = new Map();
  }

  read() {
    this.reading = candor.text.read(this.element);
    return this.reading;
  }

  mark(marks) {
    const painted = { warn: [], hint: [] };
    this.ranges.clear();
    for (const { id, start, end, tone } of marks) {
      const range = candor.text.range(this.reading, start, end);
      if (!range) continue;
      this.ranges.set(id, range);
      painted[tone].push(range);
    }
    this.#paint("candor-hint", painted.hint);
    this.#paint("candor-warn", painted.warn);
    this.#paint("candor-point", []);
  }

  point(id) {
    const range = this.ranges.get(id);
    this.#paint("candor-point", range ? [range] : []);
  }

  reveal(id) {
    const range = this.ranges.get(id);
    const holder = range?.startContainer.parentElement;
    holder?.scrollIntoView({ block: "center", behavior: "smooth" });
    this.point(id);
  }

  follow() {}

  release() {
    for (const name of ["candor-hint", "candor-warn", "candor-point"]) this.#paint(name, []);
    this.ranges.clear();
  }

  #paint(name, ranges) {
    const view = this.document.defaultView;
    // A frame that is being replaced has no window; the next one is painted anew.
    if (!view?.CSS?.highlights) return;
    if (ranges.length === 0) view.CSS.highlights.delete(name);
    else view.CSS.highlights.set(name, new view.Highlight(...ranges));
  }
};
