/**
 * A `textarea`, or the `input` of a subject. Its text is no document, so marks are painted in a layer of
 * our own over it: the same text in the same type, invisible but for its underlines.
 */
candor.PlainEditor = class {
  /** What decides where a letter stands. */
  static #TYPE = [
    "direction",
    "font-family",
    "font-feature-settings",
    "font-kerning",
    "font-optical-sizing",
    "font-size",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-variation-settings",
    "font-weight",
    "hyphens",
    "letter-spacing",
    "line-break",
    "line-height",
    "overflow-wrap",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "tab-size",
    "text-align",
    "text-indent",
    "text-rendering",
    "text-transform",
    "unicode-bidi",
    "word-break",
    "word-spacing",
    "writing-mode",
  ];

  #layer = document.createElement("div");
  #sheet = document.createElement("div");
  #lines = document.createElement("span");
  #untrack = null;
  #text = "";
  /** @type {Mark[]} */
  #marks = [];
  #pointed = null;
  /** What was last written in the place of other words: where it stands now, and what stood there. */
  #written = null;
  #scrolled;

  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} element
   * @param {(layer: HTMLElement) => void} mount puts the layer where the page cannot reach it
   */
  constructor(element, mount) {
    this.element = element;
    this.#layer.className = "layer";
    this.#layer.hidden = true;
    this.#sheet.className = element.localName === "textarea" ? "sheet" : "sheet single";
    this.#sheet.append(this.#lines);
    this.#layer.append(this.#sheet);
    this.#scrolled = candor.guarded(() => this.#scroll());
    mount(this.#layer);
  }

  read() {
    this.#text = this.element.value;
    return { text: this.#text, context: [] };
  }

  mark(marks) {
    this.#marks = marks;
    this.#draw();
  }

  point(id) {
    this.#pointed = id;
    for (const mark of this.#lines.querySelectorAll("mark")) {
      mark.classList.toggle("pointed", Number(mark.dataset.id) === id);
    }
  }

  reveal(id) {
    const mark = this.#lines.querySelector(`mark[data-id="${id}"]`);
    if (!mark) return;
    const words = mark.getBoundingClientRect();
    candor.geometry.bringIntoView(words, this.element);
    if (this.element.localName === "input") this.#bringSideways(words);
    mark.animate(
      { backgroundColor: ["transparent", "rgb(255 170 30 / 0.55)"] },
      { duration: 260, iterations: 4, direction: "alternate" },
    );
  }

  edited() {
    const text = this.element.value;
    if (text === this.#text) return;
    this.#marks = candor.PlainEditor.#shifted(this.#marks, this.#text, text);
    this.#written &&= candor.PlainEditor.#shifted([this.#written], this.#text, text)[0];
    this.#text = text;
    this.#draw();
  }

  async replace(id, words, by) {
    this.edited();
    const mark = this.#marks.find((one) => one.id === id);
    if (!mark || this.#text.slice(mark.start, mark.end) !== words) return "changed";
    return this.#write(id, mark.start, words, by);
  }

  async rewrite({ id, start, end, words, by }) {
    this.edited();
    return this.#text.slice(start, end) === words ? this.#write(id, start, words, by) : "changed";
  }

  async takeBack(id) {
    this.edited();
    const { id: written, start, end, words, before } = this.#written ?? {};
    if (written !== id || this.#text.slice(start, end) !== words) return "changed";
    return this.#write(id, start, words, before);
  }

  /** @returns {Outcome} */
  #write(id, start, words, by) {
    const { element } = this;
    const { selectionStart, selectionEnd, selectionDirection, value, scrollTop, scrollLeft } = element;
    const end = start + words.length;
    const wanted = value.slice(0, start) + by + value.slice(end);
    element.focus({ preventScroll: true });
    element.setSelectionRange(start, end);
    // Deprecated, and the one way to write that the field's own undo knows of.
    element.ownerDocument.execCommand("insertText", false, by);
    const isDone = element.value === wanted;
    if (!isDone && element.value !== value) element.ownerDocument.execCommand("undo");
    const moved = (at) => {
      if (!isDone || at <= start) return at;
      return at < end ? start + by.length : at + by.length - words.length;
    };
    element.setSelectionRange(moved(selectionStart), moved(selectionEnd), selectionDirection);
    Object.assign(element, { scrollTop, scrollLeft });
    this.edited();
    if (!isDone) return "refused";
    this.#written = { id, start, end: start + by.length, words: by, before: words };
    return "done";
  }

  caret() {
    const { selectionEnd, localName } = this.element;
    if (localName === "input" || this.element.ownerDocument.activeElement !== this.element) return null;
    const wasHidden = this.#layer.hidden;
    const letter = document.createRange();
    if (wasHidden) {
      this.#layer.hidden = false;
      this.#lines.replaceChildren(`${this.element.value}\u200b`);
      this.#place();
    }
    const [node, offset] = this.#locate(selectionEnd);
    letter.setStart(node, offset);
    letter.setEnd(node, Math.min(offset + 1, node.length));
    const { x, y, height } = letter.getBoundingClientRect();
    if (wasHidden) {
      this.#layer.hidden = true;
      this.#lines.replaceChildren();
    }
    return new DOMRect(x, y, 1, height);
  }

  release() {
    this.#stopTracking();
    this.#layer.remove();
  }

  #draw() {
    const parts = [];
    let at = 0;
    for (const { id, start, end, tone } of this.#marks.toSorted((a, b) => a.start - b.start)) {
      // Two findings may share words; the second is underlined from where the first ends.
      const from = Math.max(at, start);
      if (from >= end) continue;
      const mark = document.createElement("mark");
      mark.className = tone;
      mark.dataset.id = id;
      mark.textContent = this.#text.slice(from, end);
      parts.push(this.#text.slice(at, from), mark);
      at = end;
    }
    this.#layer.hidden = parts.length === 0;
    if (this.#layer.hidden) {
      this.#lines.replaceChildren();
      this.#stopTracking();
      return;
    }
    // A line break at the very end has no height of its own in a layer, but has one in a field.
    this.#lines.replaceChildren(...parts, `${this.#text.slice(at)}\u200b`);
    this.point(this.#pointed);
    this.#place();
    if (!this.#untrack) {
      this.#untrack = candor.geometry.track(this.element, () => this.#place());
      this.element.addEventListener("scroll", this.#scrolled, { passive: true });
    }
  }

  #stopTracking() {
    this.#untrack?.();
    this.#untrack = null;
    this.element.removeEventListener("scroll", this.#scrolled);
  }

  /** Lays the layer out as the browser does the field: the same boxes are rounded to the same pixels. */
  #place() {
    const { element } = this;
    const type = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // Letters go under the padding of a text area, but not of a field for one line.
    const padded = element.localName === "input" ? candor.PlainEditor.#lettersOf(box, type) : box;
    const part = candor.geometry.shared(candor.geometry.shownPart(element), padded);
    const insets = [
      part.top - box.top,
      box.right - part.right,
      box.bottom - part.bottom,
      part.left - box.left,
    ];
    for (const property of candor.PlainEditor.#TYPE) {
      this.#sheet.style.setProperty(property, type.getPropertyValue(property));
    }
    Object.assign(this.#layer.style, {
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
      borderWidth: type.borderWidth,
      direction: type.direction,
      clipPath: `inset(${insets.map((inset) => `${inset}px`).join(" ")})`,
    });
    // The field's scroll bar takes room from its lines, on the left of some that are written from the right.
    this.#sheet.style.width = `${element.clientWidth}px`;
    if (element.localName === "textarea") {
      this.#sheet.style.marginLeft = `${element.clientLeft - parseFloat(type.borderLeftWidth)}px`;
      // So that the layer can be scrolled as far as the field.
      this.#sheet.style.minHeight = `${element.scrollHeight}px`;
    }
    this.#scroll();
  }

  /** By the browser's own scrolling, which rounds to the screen's pixels as it does for the field. */
  #scroll() {
    const { scrollLeft, scrollTop } = this.element;
    Object.assign(this.#layer, { scrollLeft, scrollTop });
  }

  #bringSideways({ left, right }) {
    const view = this.element.getBoundingClientRect();
    if (left >= view.left && right <= view.right) return;
    this.element.scrollBy({ left: (left + right - view.left - view.right) / 2 });
  }

  /** The text node of the layer that an offset of the text stands in. */
  #locate(offset) {
    const walker = document.createTreeWalker(this.#lines, NodeFilter.SHOW_TEXT);
    let rest = offset;
    let node = walker.nextNode();
    while (rest >= node.length && rest > 0) {
      const next = walker.nextNode();
      if (!next) break;
      rest -= node.length;
      node = next;
    }
    return [node, Math.min(rest, node.length)];
  }

  /** The part of a field for one line that shows letters. */
  static #lettersOf(box, type) {
    const [left, right] = ["Left", "Right"].map(
      (side) => parseFloat(type[`border${side}Width`]) + parseFloat(type[`padding${side}`]),
    );
    return new DOMRect(box.left + left, box.top, Math.max(0, box.width - left - right), box.height);
  }

  /**
   * The marks after an edit: those before it stay, those behind it move, one around it stretches, and
   * one whose ends were edited goes.
   *
   * @param {Mark[]} marks
   * @param {string} before
   * @param {string} after
   */
  static #shifted(marks, before, after) {
    const shorter = Math.min(before.length, after.length);
    let head = 0;
    while (head < shorter && before[head] === after[head]) head += 1;
    let tail = 0;
    while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
    const editEnd = before.length - tail;
    const moved = after.length - before.length;
    return marks.flatMap((mark) => {
      const { start, end } = mark;
      if (end <= head) return [mark];
      if (start >= editEnd) return [{ ...mark, start: start + moved, end: end + moved }];
      if (start < head && end > editEnd) return [{ ...mark, end: end + moved }];
      return [];
    });
  }
};
