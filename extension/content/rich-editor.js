/**
 * An editor whose text is a document: a `contenteditable` element, in the page or in a frame of it.
 *
 * Marks are live ranges in highlights of the editor's own window: they move along with edits, change
 * nothing in the document, and are never part of what is sent.
 */
candor.RichEditor = class {
  /** How long each beat of a pulse lasts, in milliseconds. */
  static #BEAT = 260;
  /** How long a page may take to hear of a selection, in milliseconds. */
  static #HEARING = 100;
  /** Writing a few lines is so many steps to undo at most. */
  static #STEPS = 40;

  #view;
  #reading = candor.text.empty;
  /** @type {Map<number, Range>} */
  #ranges = new Map();
  #pointed = null;
  #pulse = 0;
  /** What was last written in the place of other words: where it stands, and what stood there. */
  #written = null;

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

  async replace(id, words, by) {
    const range = this.#ranges.get(id);
    return range ? this.#write(id, range, words, by) : "changed";
  }

  async rewrite({ id, start, end, words, by }) {
    const range = this.#reading.range(start, end);
    return range ? this.#write(id, range, words, by) : "changed";
  }

  async takeBack(id) {
    const { id: written, range, words, before, whole } = this.#written ?? {};
    if (written !== id || !range) return "changed";
    // The editor's own undo brings back more than words: what was bold, what was a link.
    if (words.includes("\n") && (await this.#undoTo(whole))) return "done";
    return this.#write(id, range, words, before);
  }

  /**
   * Undoes step by step, as long as that may lead back to what the whole text was before.
   *
   * @param {{ before: string, after: string }} whole text, right before and after words were written
   * @returns {Promise<boolean>} whether it did; else everything stands as it stood
   */
  async #undoTo({ before, after }) {
    const own = this.element.ownerDocument;
    const text = () => candor.text.read(this.element).text;
    if (text() !== after) return false;
    this.element.focus({ preventScroll: true });
    let steps = 0;
    let last = after;
    while (last !== before && steps < candor.RichEditor.#STEPS) {
      own.execCommand("undo");
      await this.#nextTask();
      const now = text();
      if (now === last) break;
      steps += 1;
      last = now;
    }
    if (last === before) return true;
    for (; steps > 0; steps -= 1) own.execCommand("redo");
    await this.#nextTask();
    return false;
  }

  /** @returns {Promise<Outcome>} */
  async #write(id, range, words, by) {
    const own = this.element.ownerDocument;
    const selection = own.getSelection();
    const before = candor.text.read(this.element);
    const start = candor.RichEditor.#offsetOf(before, words, range);
    if (start === null) return "changed";
    const caret = this.#caretRange(selection);
    const heard = this.#hears(own);
    this.element.focus({ preventScroll: true });
    select(before.range(start, start + words.length));
    // Editors that keep a text of their own take the selection over when they hear of it.
    await heard;
    if (candor.text.read(this.element).text !== before.text) return "changed";
    // Deprecated, and the one way to write that the editor's own undo knows of.
    own.execCommand("insertText", false, by);
    await this.#nextTask();
    const after = candor.text.read(this.element);
    const tail = before.text.length - start - words.length;
    const end = after.text.length - tail;
    const wanted = before.text.slice(0, start) + by + before.text.slice(before.text.length - tail);
    const isDone = candor.RichEditor.#isSame(after.text, wanted);
    if (isDone) {
      const written = after.text.slice(start, end);
      const whole = { before: before.text, after: after.text };
      this.#written = { id, range: after.range(start, end), words: written, before: words, whole };
      // What a spell checker's replacement says: some editors keep steps to undo of their own.
      const event = { inputType: "insertReplacementText", data: by, bubbles: true };
      this.element.dispatchEvent(new this.#view.InputEvent("input", event));
      // Others (CKEditor 4) take over what was written once a key is let go, and would send what stood there before.
      this.element.dispatchEvent(new this.#view.KeyboardEvent("keyup", { key: "Unidentified", bubbles: true }));
    } else if (after.text !== before.text) {
      own.execCommand("undo");
    }
    if (caret && this.element.contains(caret.startContainer) && this.element.contains(caret.endContainer))
      select(caret);
    else selection.collapseToEnd();
    return isDone ? "done" : "refused";

    function select({ startContainer, startOffset, endContainer, endOffset }) {
      selection.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
    }
  }

  /** Where the user is writing, as a place that moves along with edits; null where that is elsewhere. */
  #caretRange(selection) {
    if (!selection.rangeCount) return null;
    const range = selection.getRangeAt(0).cloneRange();
    return this.element.contains(range.commonAncestorContainer) ? range : null;
  }

  /** Kept once the page has heard of the next selection, or will hear of none. */
  #hears(own) {
    return new Promise((resolve) => {
      own.addEventListener("selectionchange", resolve, { once: true });
      setTimeout(resolve, candor.RichEditor.#HEARING);
    });
  }

  #nextTask() {
    return new Promise((resolve) => setTimeout(resolve));
  }

  /** Whether two texts have the same lines. How far apart lines stand is the editor's own affair. */
  static #isSame(one, other) {
    const lines = (text) => text.replace(/\s*\n\s*/g, "\n");
    return one === other || lines(one) === lines(other);
  }

  /** Where in a text the words stand whose place in the document this is; null where they do not. */
  static #offsetOf(text, words, range) {
    for (let at = text.text.indexOf(words); at >= 0; at = text.text.indexOf(words, at + 1)) {
      const found = text.range(at, at + words.length);
      const holds = (node, offset) => range.isPointInRange(node, offset);
      if (found && holds(found.startContainer, found.startOffset) && holds(found.endContainer, found.endOffset))
        return at;
    }
    return null;
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
    const registry = this.#registry();
    if (ranges.length > 0) registry?.set(name, new this.#view.Highlight(...ranges));
    else registry?.delete(name);
  }

  /** A frame that was taken out of the page has none any more, and nothing to clear. */
  #registry() {
    try {
      return this.#view.CSS?.highlights;
    } catch {
      // Once a frame is gone, Firefox looks for the registries of later ones there. The page's own way still leads
      // to the right one.
      return XPCNativeWrapper(this.#view.wrappedJSObject.CSS.highlights);
    }
  }
};
