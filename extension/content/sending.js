/**
 * Send, held: where the panel advised a call, pressing Send is stopped once and the panel asks.
 *
 * It must neither lose a mail nor send one twice. So it decides at once, from what it was told before; what
 * it does not know, or what fails, lets the press through. It stops only what a person did. It presses Send
 * by itself once, right after a person asked for that in the panel, and never by a timer.
 */
candor.sending = (() => {
  /** A press of Send is all of these; webmails act on one or another. */
  const POINTER = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];
  const KEYS = ["keydown", "keypress", "keyup"];

  /**
   * How long the panel may take to show its question, in milliseconds. A panel that cannot ask must not keep
   * the mail.
   */
  const PATIENCE = 3_000;

  /** @type {Hold | null} of the mail that is being watched */
  let current = null;

  /** Stops an event on its way to the page, before anybody else hears it. */
  function heard(event) {
    let isHeld = false;
    try {
      isHeld = current?.stops(event) ?? false;
    } catch (error) {
      console.debug("Candor:", error);
    }
    if (!isHeld) return candor.guarded(() => current?.passes(event))();
    event.stopImmediatePropagation();
    // A press of the mouse may move the focus, but not away from a question: two that follow each other would
    // have page and panel take the keyboard from one another, and which of them ends with it is chance.
    const isKept = event.type === "click" || KEYS.includes(event.type);
    if (isKept || (event.type === "mousedown" && current.isHeld)) event.preventDefault();
  }

  /**
   * @param {Window} view whose presses are heard from now on
   * @returns {() => void} ends it
   */
  function listen(view) {
    for (const type of [...POINTER, ...KEYS]) view.addEventListener(type, heard, true);
    return () => {
      for (const type of [...POINTER, ...KEYS]) view.removeEventListener(type, heard, true);
    };
  }

  /** What becomes of one mail's Send. */
  class Hold {
    /** @type {"idle" | "held" | "releasing"} */
    #state = "idle";
    /** What the panel said last: whether a press is to be held. */
    #isWanted = false;
    /** Which of the buttons that send was pressed. */
    #pressed = 0;
    #patience = 0;
    #isAnswered = false;
    #place;
    #editor;
    #host;
    #unlisten = () => {};
    #sending;

    /**
     * @param {Place} place
     * @param {HTMLElement} editor
     * @param {candor.Host} host
     * @param {() => void} sending called when a press of Send goes through
     */
    constructor(place, editor, host, sending) {
      this.#sending = sending;
      this.#place = place;
      this.#editor = editor;
      this.#host = host;
      const { defaultView } = editor.ownerDocument;
      if (defaultView !== window) this.#unlisten = listen(defaultView);
      current = this;
    }

    /** Whether the panel asks about a press. */
    get isHeld() {
      return this.#state === "held";
    }

    /** @param {boolean} isWanted whether the next press is to be held */
    verdict(isWanted) {
      this.#isWanted = isWanted;
    }

    /** The panel shows its question. */
    answered() {
      this.#isAnswered = true;
      clearTimeout(this.#patience);
    }

    /** @returns {boolean} whether the page must not hear of this event */
    stops(event) {
      if (!event.isTrusted || this.#state === "releasing") return false;
      if (this.#state === "idle" && !this.#isWanted) return false;
      const pressed = this.#pressedBy(event);
      if (pressed < 0) return false;
      if (this.#state === "held") {
        if (!this.#host.canAsk()) {
          this.letGo();
          return false;
        }
        if (event.type === "click" || event.type === "keydown") this.#ask();
        return true;
      }
      if (event.repeat || event.isComposing || !this.#isSure()) return false;
      // The page hears of no part of a press; it is held when it is complete.
      if (event.type === "click" || event.type === "keydown") this.#hold(pressed);
      return true;
    }

    /** Hears of what a person did and nobody stopped: it may send the mail. */
    passes(event) {
      const { type, isTrusted, repeat, isComposing } = event;
      if (!isTrusted || (type !== "click" && type !== "keydown") || repeat || isComposing) return;
      if (this.#pressedBy(event) >= 0) this.#sending();
    }

    /** The user writes on instead of answering, or answered so. */
    letGo() {
      if (this.#state !== "held") return;
      clearTimeout(this.#patience);
      this.#state = "idle";
      this.#host.say({ kind: "let-go" });
    }

    /**
     * Sends what was held, because the user asked for it in the panel: finds the button again and presses it
     * once. What the webmail makes of that is between it and the user.
     *
     * @param {boolean} isSame whether the mail is still the one that was held
     */
    release(isSame) {
      if (this.#state !== "held") return;
      const button = this.#place.sends()[this.#pressed];
      const canPress = isSame && button && !button.disabled && button.ariaDisabled !== "true";
      this.#state = canPress ? "releasing" : "idle";
      try {
        if (canPress) {
          this.#sending();
          press(button);
        }
      } finally {
        this.#state = "idle";
        this.#host.say({ kind: "released", pressed: Boolean(canPress) });
      }
    }

    /** Ends with the mail. */
    end() {
      this.letGo();
      if (current === this) current = null;
      this.#unlisten();
    }

    /** The number of the button that an event presses; less than none where it presses no such thing. */
    #pressedBy(event) {
      const { type } = event;
      if (POINTER.includes(type) && event.button !== 0) return -1;
      const path = event.composedPath();
      const isKey = KEYS.includes(type);
      const isInMail = path.includes(this.#place.root) || path.includes(this.#editor);
      if (isKey && isInMail && this.#place.isSendKey?.(event)) return 0;
      if (isKey && event.key !== "Enter" && event.key !== " ") return -1;
      return this.#place.sends().findIndex((send) => path.includes(send));
    }

    /** Only where everything of the mail is known, and the panel can be seen to ask. */
    #isSure() {
      const { isSendKey, hasSubject, sends, recipients } = this.#place;
      return (
        isSendKey !== null && hasSubject && sends().length > 0 && recipients() !== null && this.#host.canAsk()
      );
    }

    /** Each browser moves the keyboard to a frame in some cases only by one of these. */
    #ask() {
      this.#host.focus();
      this.#host.say({ kind: "held" });
    }

    #hold(pressed) {
      this.#state = "held";
      this.#pressed = pressed;
      this.#isAnswered = false;
      this.#ask();
      this.#patience = setTimeout(
        candor.guarded(() => {
          if (this.#isAnswered) return;
          // Nothing is sent by this: the user presses again, and is not asked.
          this.#isWanted = false;
          this.letGo();
        }),
        PATIENCE,
      );
    }
  }

  /** A page's own button may wait for the mouse rather than for a click. */
  function press(button) {
    if (button.matches("button, input, a[href]")) {
      button.click();
      return;
    }
    const { left, top, width, height } = button.getBoundingClientRect();
    const at = { bubbles: true, cancelable: true, composed: true, view: window };
    const here = { ...at, clientX: left + width / 2, clientY: top + height / 2, button: 0 };
    button.dispatchEvent(new PointerEvent("pointerdown", { ...here, isPrimary: true }));
    button.dispatchEvent(new MouseEvent("mousedown", here));
    button.dispatchEvent(new PointerEvent("pointerup", { ...here, isPrimary: true }));
    button.dispatchEvent(new MouseEvent("mouseup", here));
    button.click();
  }

  const unlisten = listen(window);

  return {
    Hold,
    /** Hears of nothing any more. */
    end() {
      current?.end();
      unlisten();
    },
  };
})();
