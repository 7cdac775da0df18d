/**
 * A `textarea`. Its text is no document, so marks are painted in a layer of our own over it: the same
 * text in the same type, invisible but for its underlines.
 */
candor.PlainEditor = class {
  /** What decides where a letter stands. */
  static #TYPE = [
    "borderTopWidth",
    "borderRightWidth",
    "borderBottomWidth",
    "borderLeftWidth",
    "paddingTop",
    "paddingRight",
    "paddingBottom",
    "paddingLeft",
    "direction",
    "fontFamily",
    "fontSize",
    "fontStretch",
    "fontStyle",
    "fontVariant",
    "fontWeight",
    "fontFeatureSettings",
    "letterSpacing",
    "lineHeight",
    "tabSize",
    "textAlign",
    "textIndent",
    "textTransform",
    "wordSpacing",
    "wordBreak",
    "overflowWrap",
  ];

  #layer = document.createElement("div");
  #sheet = document.createElement("div");
  #text = "";
  /** @type {Mark[]} */
  #marks = [];
  #pointed = null;

  /**
   * @param {HTMLTextAreaElement} element
   * @param {(layer: HTMLElement) => void} mount puts the layer where the page cannot reach it
   */
  constructor(element, mount) {
    this.element = element;
    this.document = element.ownerDocument;
    this.#layer.className = "layer";
    this.#sheet.className = "sheet";
    this.#layer.append(this.#sheet);
    mount(this.#layer);
    this.onscroll = () => this.#scroll();
    element.addEventListener("scroll", this.onscroll, { passive: true });
  }

  read() {
    this.#text = this.element.value;
    return { text: this.#text, context: [] };
  }

  mark(marks) {
    this.#marks = marks;
    this.#pointed = null;
    this.#draw();
  }

  point(id) {
    this.#pointed = id;
    for (const mark of this.#sheet.querySelectorAll("mark")) {
      mark.classList.toggle("pointed", Number(mark.dataset.id) === id);
    }
  }

  reveal(id) {
    const mark = this.#sheet.querySelector(`mark[data-id="${id}"]`);
    if (!mark) return;
    const top = mark.offsetTop - this.element.clientHeight / 2;
    this.element.scrollTo({ top, behavior: "smooth" });
    this.element.scrollIntoView({ block: "nearest", behavior: "smooth" });
    this.point(id);
  }

  /** After an edit the marks move at once, before anything is judged anew. */
  follow() {
    const text = this.element.value;
    if (text !== this.#text) {
      this.#marks = shifted(this.#marks, this.#text, text);
      this.#text = text;
      this.#draw();
    } else {
      this.#place();
    }
  }

  release() {
    this.element.removeEventListener("scroll", this.onscroll);
    this.#layer.remove();
  }

  #draw() {
    const parts = [];
    let at = 0;
    for (const { id, start, end, tone } of [...this.#marks].sort((a, b) => a.start - b.start)) {
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
    // A line break at the very end has no height of its own in a layer, but has one in a field.
    this.#sheet.replaceChildren(...parts, this.#text.slice(at), "\u200b");
    this.#layer.hidden = this.#marks.length === 0;
    this.#place();
    this.point(this.#pointed);
  }

  #place() {
    if (this.#layer.hidden) return;
    const box = this.element.getBoundingClientRect();
    const type = getComputedStyle(this.element);
    Object.assign(this.#layer.style, {
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
    });
    for (const property of candor.PlainEditor.#TYPE) this.#sheet.style[property] = type[property];
    // The field's scrollbar takes room from its lines.
    const borders = parseFloat(type.borderLeftWidth) + parseFloat(type.borderRightWidth);
    this.#sheet.style.width = `${this.element.clientWidth + borders}px`;
    this.#scroll();
  }

  #scroll() {
    this.#sheet.style.transform = `translate(${-this.element.scrollLeft}px, ${-this.element.scrollTop}px)`;
  }
};

/**
 * The marks after an edit: those before it stay, those behind it move, those in it go.
 *
 * @param {Mark[]} marks
 * @param {string} before
 * @param {string} after
 */
function shifted(marks, before, after) {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const moved = after.length - before.length;
  return marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start >= before.length - tail) return [{ ...mark, start: mark.start + moved, end: mark.end + moved }];
    return [];
  });
}
