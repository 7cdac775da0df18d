/**
 * One compose box that is being watched: reads it a moment after the last change, tells what it reads,
 * and paints what comes back. It listens, and changes what the user writes only where they ask for it.
 */
candor.Compose = class {
  /** Long enough not to interrupt a word, short enough to answer within the sentence; milliseconds. */
  static #PAUSE = 300;
  /** How soon the panel makes way for a caret that came under it, milliseconds. */
  static #MAKE_WAY = 100;
  /** For how many frames the focus may still be on its way to the panel. */
  static #HEARING = 30;
  /** More text than this, in UTF-16 units, is no mail that a person writes. */
  static #LONGEST = 1_000_000;
  /** Counts over all compose boxes of the page: the panel knows a revision, not a box. */
  static #revisions = 0;
  /**
   * The mail that a part of the page was last seen to hold. Its editor may be replaced, and the user may
   * write two mails by turns; only one that is empty again is another mail.
   *
   * @type {WeakMap<Element, { number: number, isBegun: boolean, text: string, typed: number, deleted: number }>}
   */
  static #mails = new WeakMap();
  static #mailsSeen = 0;
  /** What was reported last of this page. */
  static #health = "";

  #host;
  #gone;
  #hold;
  /** The number of the mail that was read last. */
  #mail = 0;
  #undo = [];
  #timer = 0;
  #makeWay = 0;
  #isComposing = false;
  #told = "";
  #revision = 0;
  /** @type {Mark[]} of the revision told last */
  #marks = [];
  /** Whether the editor may differ from what was read last. */
  #isEdited = false;
  /** Whether the user typed since the last reading. */
  #isTyped = false;

  /**
   * @param {Place} place
   * @param {candor.Host} host
   * @param {() => void} gone called when the compose box is closed or its editor replaced
   */
  constructor(place, host, gone) {
    this.place = place;
    this.#host = host;
    this.#gone = gone;
    this.editor = candor.editorOf(place.field, host);
    this.subject = place.subject && new candor.PlainEditor(place.subject, host.mount);
    this.#hold = new candor.sending.Hold(place, this.editor.element, host, () => this.#sending());
    this.#watchTyping();
    this.#watchPage();
    host.beside(() => this.#surroundings());
    this.tell();
  }

  #watchTyping() {
    const own = this.editor.element.ownerDocument;
    const typed = ({ type, isTrusted, isComposing }) => {
      this.#isEdited = true;
      // A field tells of a change once more when it loses the focus to the panel's question.
      if (type === "input" && isTrusted) {
        // An input method that lost its editor in the middle never says that it has ended.
        this.#isComposing = isComposing;
        this.#isTyped = true;
        this.#hold.letGo();
      }
      this.editor.edited();
      this.subject?.edited();
      if (isTrusted) this.#later();
      else this.#soon();
    };
    for (const each of new Set([own, document])) {
      this.#listen(each, "input", typed);
      this.#listen(each, "change", typed);
      this.#listen(each, "compositionstart", () => (this.#isComposing = true));
      this.#listen(each, "compositionend", () => {
        this.#isComposing = false;
        this.#later();
      });
    }
    this.#listen(own, "selectionchange", () => {
      clearTimeout(this.#makeWay);
      this.#makeWay = setTimeout(
        candor.guarded(() => this.#host.place()),
        candor.Compose.#MAKE_WAY,
      );
    });
  }

  #watchPage() {
    const { root, field } = this.place;
    const { element } = this.editor;
    const moved = () => (this.stands() ? this.#host.place() : this.#gone());
    this.#undo.push(candor.geometry.track(root, moved), candor.geometry.track(field, moved));
    // A frame that loads anew brings another document.
    if (field !== element) this.#listen(field, "load", this.#gone);
    this.#observe(
      element,
      { childList: true, subtree: true, characterData: true },
      () => (this.#isEdited = true),
    );
    // Recipients come and go as elements, and an editor may be put in the place of another.
    this.#observe(root, { childList: true, subtree: true }, () => {
      if (!this.stands()) this.#gone();
    });
  }

  #listen(target, type, listener) {
    const guarded = candor.guarded(listener);
    const options = { capture: true, passive: true };
    target.addEventListener(type, guarded, options);
    this.#undo.push(() => target.removeEventListener(type, guarded, options));
  }

  #observe(target, options, changed) {
    const observer = new MutationObserver(
      candor.guarded(() => {
        changed();
        this.#soon();
      }),
    );
    observer.observe(target, options);
    this.#undo.push(() => observer.disconnect());
  }

  /** Whether this is still a place where a mail is written. */
  stands() {
    const { root, field, subject } = this.place;
    const { element } = this.editor;
    const isFramed = field !== element;
    return (
      root.contains(field) &&
      (!subject || root.contains(subject)) &&
      candor.geometry.isShown(field) &&
      (!isFramed || field.contentDocument === element.ownerDocument) &&
      element.isConnected
    );
  }

  /** @returns {Surroundings} */
  #surroundings() {
    const { root, field } = this.place;
    return {
      box: root.getBoundingClientRect(),
      field: field.getBoundingClientRect(),
      kept: () => this.#kept(),
    };
  }

  #kept() {
    const kept = this.place.sends().map((send) => send.getBoundingClientRect());
    const caret = this.editor.caret();
    // The line being written, what comes next on it, and the line after.
    if (caret) kept.push(new DOMRect(caret.left - 60, caret.top - caret.height, 240, caret.height * 3.5));
    return kept;
  }

  /** After typing: waits until it pauses. */
  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      candor.guarded(() => this.tell()),
      candor.Compose.#PAUSE,
    );
  }

  /** After the page changed something, or says so: pages that never rest must not put it off for ever. */
  #soon() {
    if (this.#timer === 0) this.#later();
  }

  /** Tells the panel the draft as it stands, when it is another than the one told last. */
  tell() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!candor.isAlive()) return candor.leave();
    if (this.#isComposing) return;
    const draft = this.#read();
    const telling = JSON.stringify(draft);
    if (telling === this.#told) {
      // The page may have built the same text anew, and the marks' places are gone with the old one.
      if (this.#isEdited) this.#paint();
      return;
    }
    this.#told = telling;
    this.#isEdited = false;
    this.#marks = [];
    if (draft.kind === "too-long") this.#paint();
    this.#revision = candor.Compose.#revisions += 1;
    candor.guarded((message) => this.#host.tell(message))({ ...draft, revision: this.#revision });
  }

  /** The mail is about to be sent as it stands. */
  #sending() {
    this.tell();
    this.#host.say({ kind: "sending" });
  }

  #read() {
    const { place } = this;
    const partly = [];
    const orElse = (part, otherwise, read) => {
      try {
        return read() ?? (partly.push(part), otherwise);
      } catch (error) {
        console.debug("Candor:", error);
        partly.push(part);
        return otherwise;
      }
    };
    const { text, context } = orElse("message", { text: "", context: [] }, () => this.editor.read());
    const subject = orElse("subject", "", () => this.subject?.read().text ?? (place.hasSubject ? "" : null));
    const recipients = orElse("recipients", [], () => place.recipients());
    if (text.length > candor.Compose.#LONGEST) return { kind: "too-long", length: text.length };
    const recipientsKnown = !partly.includes("recipients");
    if (place.sends().length === 0) partly.push("send");
    if (this.#host.isKeptOut) partly.push("panel");
    this.#reportHealth(partly);
    const { number, typed, deleted } = this.#mailOf(text, `${subject}${text}`.trim() !== "");
    this.#mail = number;
    return {
      kind: "draft",
      mail: number,
      typed,
      deleted,
      subject,
      body: text,
      context,
      recipients,
      recipientsKnown,
      adapter: place.adapter,
      partly,
    };
  }

  /**
   * Tells what of a mail can be read on this site, once each time it changes; never what was read.
   *
   * @param {string[]} missing
   */
  #reportHealth(missing) {
    const { adapter, title } = this.place;
    const health = [adapter, ...missing].join();
    if (health === candor.Compose.#health) return;
    candor.Compose.#health = health;
    candor.guarded(() => chrome.runtime.sendMessage({ kind: "health", adapter, title, missing }))();
  }

  /** The mail that is being written here: its number, and how much was typed and deleted in it so far. */
  #mailOf(text, isBegun) {
    const { root } = this.place;
    let mail = candor.Compose.#mails.get(root);
    if (!mail || (mail.isBegun && !isBegun)) {
      mail = { number: (candor.Compose.#mailsSeen += 1), isBegun, text: "", typed: 0, deleted: 0 };
      candor.Compose.#mails.set(root, mail);
    }
    // What the page puts in by itself, a quote or a signature, nobody typed.
    if (this.#isTyped) {
      const { typed, deleted } = candor.effort(mail.text, text);
      mail.typed += typed;
      mail.deleted += deleted;
    }
    this.#isTyped = false;
    mail.isBegun = isBegun;
    mail.text = text;
    return mail;
  }

  /** @param {object} message from the panel */
  hear(message) {
    switch (message.kind) {
      case "marks":
        if (message.revision !== this.#revision) return;
        this.#marks = message.marks;
        // Words that changed since are judged anew in a moment.
        if (!this.#isEdited) this.#paint();
        break;
      case "point":
        this.editor.point(message.id);
        this.subject?.point(message.id);
        break;
      case "reveal":
        this.editor.reveal(message.id);
        this.subject?.reveal(message.id);
        break;
      case "replace":
        return this.#write(message.id, (editor) => editor.replace(message.id, message.words, message.by));
      case "rewrite":
        // With what was typed since it is another draft than the one that the words were made for.
        this.tell();
        return this.#write(message.id, (editor) =>
          message.revision === this.#revision ? editor.rewrite(message) : "changed",
        );
      case "take-back":
        return this.#write(message.id, (editor) => editor.takeBack(message.id));
      case "verdict":
        if (message.mail === this.#mail) this.#hold.verdict(message.hold);
        break;
      case "stopped":
        // A panel that cannot ask keeps no mail.
        this.#hold.verdict(false);
        this.#hold.letGo();
        break;
      case "asking":
        this.#hold.answered();
        break;
      case "release":
        this.#hold.release(message.mail === this.#mail && this.stands());
        break;
      case "let-go":
        this.#hold.letGo();
        break;
      case "keep":
        this.#hold.letGo();
        return this.#writeOn(this.editor);
    }
  }

  /**
   * Writes words that the user asked for in the panel, and says there what became of them.
   *
   * @param {number} id of the mark whose words they take the place of
   * @param {(editor: Editor) => Promise<Outcome>} write
   */
  async #write(id, write) {
    const isOfSubject = this.#marks.some((mark) => mark.id === id && mark.field === "subject");
    const editor = isOfSubject ? this.subject : this.editor;
    let outcome = "refused";
    try {
      outcome = await write(editor);
    } finally {
      this.#host.say({ kind: "replaced", id, outcome });
    }
    this.tell();
    await this.#writeOn(editor);
  }

  /** Gives the keyboard back from the panel. */
  async #writeOn({ element }) {
    // That a press took the focus to the panel may be heard here later than what the panel made of it.
    for (let frame = 0; frame < candor.Compose.#HEARING; frame += 1) {
      await new Promise(requestAnimationFrame);
      // Send was pressed again meanwhile, and the question is to have the keyboard.
      if (this.#hold.isHeld) return;
      if (!this.#host.hasFocus()) continue;
      // In a document that is editable as a whole no element takes the focus, and in a frame none takes it
      // from another frame. A frame that has it already as an element takes nothing by being given it again.
      const { frameElement } = element.ownerDocument.defaultView;
      if (element.ownerDocument !== document) {
        if (document.activeElement === frameElement) frameElement.blur();
        frameElement.focus({ preventScroll: true });
      }
      element.focus({ preventScroll: true });
    }
  }

  #paint() {
    this.#isEdited = false;
    this.editor.mark(this.#marks.filter(({ field }) => field === "body"));
    this.subject?.mark(this.#marks.filter(({ field }) => field === "subject"));
  }

  release() {
    clearTimeout(this.#timer);
    clearTimeout(this.#makeWay);
    // Each by itself: an editor that is gone with its frame may refuse to be touched.
    for (const undo of [
      ...this.#undo.splice(0),
      () => this.#hold.end(),
      () => this.editor.release(),
      () => this.subject?.release(),
    ]) {
      candor.guarded(undo)();
    }
  }
};

/**
 * The element that is written in, inside a frame.
 *
 * @param {HTMLIFrameElement} frame
 * @returns {HTMLElement | null} null where nothing can be written, or the frame is another site's
 */
candor.editableIn = (frame) => {
  // Null for another site's frame, which is not ours to read.
  const own = frame.contentDocument;
  if (!own?.body) return null;
  if (own.designMode === "on" || own.body.isContentEditable) return own.body;
  return own.querySelector('[contenteditable]:not([contenteditable="false" i])');
};

/**
 * @param {HTMLElement} field
 * @param {candor.Host} host
 * @returns {Editor}
 */
candor.editorOf = (field, host) => {
  if (field.localName === "textarea") return new candor.PlainEditor(field, host.mount);
  return new candor.RichEditor(field.localName === "iframe" ? candor.editableIn(field) : field);
};
