/**
 * One compose box that is being watched: reads it a moment after the last change, tells what it reads,
 * and paints what comes back. It listens, and never changes what the user writes.
 */
candor.Compose = class {
  /** Long enough not to interrupt a word, short enough to answer within the sentence. */
  static #PAUSE = 300;
  /** More text than this is no mail that a person writes. */
  static #LONGEST = 1_000_000;
  /** Counts over all compose boxes of the page: the panel knows a revision, not a box. */
  static #last = 0;

  #undo = [];
  #timer = 0;
  #composing = false;
  #told = "";
  #revision = 0;

  /**
   * @param {import("./namespace.js").Place} place
   * @param {candor.Host} host
   * @param {() => void} gone called when the compose box is closed or replaced
   */
  constructor(place, host, gone) {
    this.place = place;
    this.host = host;
    this.editor = candor.editorIn(place.field, host);
    const changed = () => this.#later();
    const edited = () => {
      this.editor.follow();
      changed();
    };
    const { element, document: own } = this.editor;
    this.#listen(own, "input", edited);
    this.#listen(own, "compositionstart", () => (this.#composing = true));
    this.#listen(own, "compositionend", () => {
      this.#composing = false;
      changed();
    });
    if (own !== document) {
      this.#listen(document, "input", changed);
      // A frame that loads anew brings another document.
      this.#listen(place.field, "load", gone);
    }
    this.#listen(document, "change", changed);
    this.#listen(window, "resize", () => this.#moved());
    this.#listen(document, "scroll", () => this.#moved());
    this.#observe(new MutationObserver(changed), (observer) => {
      observer.observe(element, { childList: true, subtree: true, characterData: true });
      // Recipients come and go as elements of the page.
      observer.observe(place.root, { childList: true, subtree: true });
    });
    this.#observe(new ResizeObserver(() => (this.#stands() ? this.#moved() : gone())), (observer) => {
      observer.observe(place.root);
      observer.observe(place.field);
    });
    host.beside(place);
    this.tell();
  }

  #listen(target, type, listener) {
    const options = { capture: true, passive: true };
    target.addEventListener(type, listener, options);
    this.#undo.push(() => target.removeEventListener(type, listener, options));
  }

  #observe(observer, start) {
    start(observer);
    this.#undo.push(() => observer.disconnect());
  }

  #stands() {
    const { root, field } = this.place;
    return root.isConnected && field.isConnected && field.getClientRects().length > 0;
  }

  #moved() {
    this.host.place();
    this.editor.follow();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.tell(), candor.Compose.#PAUSE);
  }

  /** Tells the panel the draft as it stands, when it is another than the last one told. */
  tell() {
    clearTimeout(this.#timer);
    if (this.#composing) return;
    const { text, context } = this.editor.read();
    const recipients = this.place.recipients();
    const draft = {
      subject: this.place.subject?.value ?? "",
      body: text,
      context,
      recipients: recipients ?? [],
      recipientsKnown: recipients !== null,
      adapter: this.place.adapter,
      partly: [recipients === null && "recipients", !this.place.subject && "subject"].filter(Boolean),
    };
    const telling = text.length > candor.Compose.#LONGEST ? `${text.length}` : JSON.stringify(draft);
    if (telling === this.#told) return;
    this.#told = telling;
    this.#revision = candor.Compose.#last += 1;
    const tooLong = text.length > candor.Compose.#LONGEST;
    if (tooLong) this.editor.mark([]);
    this.host.tell(
      tooLong
        ? { kind: "too-long", revision: this.#revision, length: text.length }
        : { kind: "draft", revision: this.#revision, ...draft },
    );
  }

  /** @param {object} message from the panel */
  hear(message) {
    if (message.kind === "marks" && message.revision === this.#revision) {
      this.editor.mark(message.marks.filter(({ field }) => field === "body"));
    } else if (message.kind === "point") {
      this.editor.point(message.id);
    } else if (message.kind === "reveal") {
      this.editor.reveal(message.id);
    }
  }

  release() {
    clearTimeout(this.#timer);
    for (const undo of this.#undo.splice(0)) undo();
    this.editor.release();
  }
};

/**
 * The document or element that is written in, inside a frame.
 *
 * @param {HTMLIFrameElement} frame
 * @returns {HTMLElement | null} null where nothing can be written or the frame is another site's
 */
candor.editableIn = (frame) => {
  let own = null;
  try {
    own = frame.contentDocument;
  } catch {
    // Another site's frame: not ours to read.
  }
  if (!own?.body) return null;
  if (own.designMode === "on" || own.body.isContentEditable) return own.body;
  return own.querySelector('[contenteditable]:not([contenteditable="false" i])');
};

/**
 * @param {HTMLElement} field
 * @param {candor.Host} host
 * @returns {import("./namespace.js").Editor}
 */
candor.editorIn = (field, host) => {
  if (field.localName === "textarea") return new candor.PlainEditor(field, host.mount);
  return new candor.RichEditor(field.localName === "iframe" ? (candor.editableIn(field) ?? field) : field);
};
