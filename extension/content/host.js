/**
 * The one element that Candor adds to a page: fixed, with a closed shadow root, on the document
 * element. It holds the frame of the panel and the layers of plain editors' underlines.
 *
 * A plain `div`: of an element with a name of our own a page could make a custom element, and look into its
 * shadow root from there.
 */
candor.Host = class {
  static #STYLE = `
    /* No style of the page gets in. The sheet that comes with the content scripts shows what is in here, for as
       long as the extension is there; that it is gone shows in the order, which means nothing here. */
    :host {
      all: initial !important; display: block !important; position: absolute !important;
      order: var(--candor-order, 0) !important; transition: order 1ms !important;
    }
    iframe, .notice, .layer { display: var(--candor-display, none); }
    :host([hidden]) :is(iframe, .notice, .layer) { display: none; }
    iframe {
      position: fixed; z-index: 2147483647; box-sizing: border-box; margin: 0; border: 0; padding: 0;
      border-radius: 12px; box-shadow: 0 0 0 1px rgb(128 128 128 / 0.25), 0 4px 18px rgb(0 0 0 / 0.22);
      color-scheme: normal; background: transparent; visibility: hidden;
    }
    iframe.shown { visibility: visible; }
    iframe.folded { border-radius: 999px; box-shadow: 0 2px 10px rgb(0 0 0 / 0.2); }
    .notice {
      position: fixed; z-index: 2147483647; box-sizing: border-box; right: 12px; bottom: 12px; max-width: 280px;
      border-radius: 10px; padding: 8px 12px; background: #2b2b31; color: #fff;
      font: 13px/1.4 system-ui, sans-serif; pointer-events: none;
    }
    .layer {
      position: fixed; z-index: 2147483646; box-sizing: border-box; overflow: hidden;
      border: 0 solid transparent; pointer-events: none;
    }
    .layer[hidden] { display: none; }
    .sheet {
      box-sizing: border-box; color: transparent;
      white-space: pre-wrap; overflow-wrap: break-word;
    }
    .sheet.single { display: flex; align-items: center; height: 100%; white-space: pre; }
    .single > span { flex: none; }
    mark { background: none; color: transparent; text-underline-offset: 2px; }
    mark.warn { text-decoration: underline wavy 1.5px #e0532f; }
    mark.hint { text-decoration: underline dotted 2px #3b8beb; }
    mark.pointed { background: rgb(255 190 50 / 0.32); }
  `;

  /** How long a panel may take to answer before we say that this page keeps it out, in milliseconds. */
  static #PATIENCE = 10_000;

  #element = document.createElement("div");
  #shadow = this.#element.attachShadow({ mode: "closed" });
  #receive;
  /** What the panel asks for. */
  #size = { folded: true, width: 0, height: 0 };
  /** @type {HTMLIFrameElement | null} */
  #frame = null;
  /** @type {MessagePort | null} */
  #port = null;
  #isReady = false;
  #last = null;
  #patience = 0;
  #notice = document.createElement("div");
  /** @type {(() => Surroundings) | null} */
  #surroundings = null;
  /** What the panel was told of the room beside the mail. */
  #isBeside = null;
  /** A page may take us out; putting the element back for ever would be a fight with it. */
  #returns = 5;
  #isKeptOut = false;
  #watch = new MutationObserver(candor.guarded(() => this.#stay()));

  /** @param {(message: object) => void} receive what the panel says */
  constructor(receive) {
    this.#receive = candor.guarded(receive);
    const style = new CSSStyleSheet();
    style.replaceSync(candor.Host.#STYLE);
    this.#shadow.adoptedStyleSheets = [style];
    this.#element.id = "candor-panel";
    this.#element.hidden = true;
    // What is typed in here is none of the page's shortcuts.
    for (const type of ["keydown", "keypress", "keyup"]) {
      this.#element.addEventListener(type, (event) => event.stopPropagation());
    }
    this.#goWithSheet();
    document.documentElement.append(this.#element);
    this.#watch.observe(document.documentElement, { childList: true });
  }

  /** @param {HTMLElement} layer */
  mount = (layer) => this.#shadow.append(layer);

  /** Says something to the panel, which is loaded once there is something to say. */
  async tell(message) {
    this.#last = message;
    if (this.#isReady) this.#port.postMessage(message);
    else if (!this.#frame && !this.#isKeptOut) await this.#load();
  }

  /** Whether a question in the panel would be seen: nothing hides it, and nothing lies over its middle. */
  canAsk() {
    if (!this.#isReady || this.#size.width === 0) return false;
    if (!this.#frame.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { left, top, width, height } = this.#frame.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2) === this.#element;
  }

  /** Whether the page lets no panel be: it took it out again and again, or no frame answers there. */
  get isKeptOut() {
    return this.#isKeptOut;
  }

  /** Gives the keyboard to the panel. */
  focus() {
    this.#frame?.focus();
  }

  /** Whether the keyboard is the panel's. */
  hasFocus() {
    const { activeElement } = document;
    if (activeElement === this.#element) return true;
    // A frame of the page that took the focus as an element keeps it as one while the panel's frame has the keyboard.
    const inner = activeElement?.contentDocument;
    return Boolean(inner) && document.hasFocus() && !inner.hasFocus();
  }

  /** Answers the panel that is there; nothing that another one should hear, too. */
  say(message) {
    if (this.#isReady) this.#port.postMessage(message);
  }

  /**
   * @param {(() => Surroundings) | null} surroundings of the mail to stand beside; none hides the panel
   */
  beside(surroundings) {
    this.#surroundings = surroundings;
    this.#element.hidden = !surroundings;
    this.place();
  }

  /** Puts the panel where it belongs now. */
  place() {
    if (!this.#surroundings || !this.#frame || this.#size.width === 0) return;
    const box = candor.placement.find(this.#surroundings(), this.#size, this.#frame);
    this.#frame.classList.toggle("folded", this.#size.folded);
    this.#frame.classList.add("shown");
    for (const side of ["left", "top", "width", "height"]) this.#frame.style[side] = `${box[side]}px`;
    this.#tellRoom();
  }

  /** Without room beside the mail the panel folds, until the user unfolds it. */
  #tellRoom() {
    if (!this.#surroundings) return;
    const isBeside = candor.placement.hasRoom(this.#surroundings());
    if (isBeside === this.#isBeside) return;
    this.#isBeside = isBeside;
    this.#port.postMessage({ kind: "room", beside: isBeside });
  }

  /** Takes everything away. */
  remove() {
    this.#watch.disconnect();
    this.#unload();
    this.#element.remove();
  }

  /**
   * Firefox ends content scripts with their extension and tells them nothing, but a function of the page's own
   * stays. One that takes the element out is called once the sheet that shows it is gone: only then is there a
   * transition to end.
   */
  #goWithSheet() {
    const element = this.#element.wrappedJSObject;
    element?.addEventListener("transitionend", element.remove.bind(element));
  }

  async #load() {
    const frame = document.createElement("iframe");
    this.#frame = frame;
    this.#patience = setTimeout(
      candor.guarded(() => this.#giveUp()),
      candor.Host.#PATIENCE,
    );
    const { token, origin } = await chrome.runtime.sendMessage({ kind: "token" });
    // Taken out or begun anew while we waited.
    if (this.#frame !== frame) return;
    frame.title = "Candor";
    // For the number to call; a frame of another origin may not copy by itself.
    frame.allow = "clipboard-write";
    frame.addEventListener(
      "load",
      candor.guarded(() => this.#connect(token, origin)),
    );
    frame.src = `${chrome.runtime.getURL("panel.html")}#${token}`;
    this.#shadow.append(frame);
  }

  #connect(token, origin) {
    if (this.#port) {
      // The frame loaded anew. A token is good for one panel only, so this needs another.
      this.#restart();
      return;
    }
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = candor.guarded(({ data }) => this.#hear(data));
    this.#frame.contentWindow.postMessage({ kind: "connect", token }, origin, [port2]);
  }

  #hear(message) {
    if (message.kind === "ready") {
      clearTimeout(this.#patience);
      this.#notice.remove();
      this.#isKeptOut = false;
      this.#isReady = true;
      this.#tellRoom();
      this.#port.postMessage(this.#last);
    } else if (message.kind === "size") {
      this.#size = message;
      this.place();
    } else if (message.kind === "restart") {
      this.#restart();
    } else {
      this.#receive(message);
    }
  }

  /** The panel did not answer yet: some pages keep every frame out, and some machines are slow. */
  #giveUp() {
    this.#isKeptOut = true;
    this.#notice.className = "notice";
    this.#notice.setAttribute("role", "status");
    this.#notice.textContent = chrome.i18n.getMessage("blocked");
    this.#shadow.append(this.#notice);
  }

  #restart() {
    this.#unload();
    this.#isKeptOut = this.#returns === 0;
    if (this.#isKeptOut) return;
    this.#returns -= 1;
    candor.guarded(() => this.#load())();
  }

  #unload() {
    clearTimeout(this.#patience);
    this.#notice.remove();
    this.#port?.close();
    this.#frame?.remove();
    this.#port = this.#frame = this.#isBeside = null;
    this.#isReady = false;
    this.#size = { folded: true, width: 0, height: 0 };
  }

  /** Comes back after the page took our element away. Its frame has lost its document by then. */
  #stay() {
    if (this.#element.parentNode === document.documentElement) return;
    if (this.#returns > 0) document.documentElement.append(this.#element);
    this.#restart();
  }
};
