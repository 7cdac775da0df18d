/**
 * The one element that Candor adds to a page: fixed, with a closed shadow root, on the document
 * element. It holds the frame of the panel and the layer of a plain editor's underlines.
 */
candor.Host = class {
  static #STYLE = `
    :host { all: initial; }
    iframe {
      position: fixed; border: 0; margin: 0; padding: 0; z-index: 2147483646;
      border-radius: 12px; box-shadow: 0 4px 18px rgb(0 0 0 / 0.22); color-scheme: normal;
      background: transparent; visibility: hidden;
    }
    iframe.shown { visibility: visible; }
    iframe.folded { border-radius: 999px; }
    .layer { position: fixed; overflow: hidden; pointer-events: none; z-index: 2147483645; }
    .layer[hidden] { display: none; }
    .sheet {
      box-sizing: border-box; border: solid transparent; color: transparent;
      white-space: pre-wrap; overflow-wrap: break-word;
    }
    mark { background: none; color: transparent; text-decoration-skip-ink: none; text-underline-offset: 2px; }
    mark.warn { text-decoration: underline wavy 1.5px #d2452b; }
    mark.hint { text-decoration: underline dotted 2px #2f7fd8; }
    mark.pointed { background: rgb(255 196 60 / 0.4); }
  `;

  /** The page may remove us; putting the element back for ever would be a fight with it. */
  #returns = 5;
  #element = document.createElement("candor-panel");
  #shadow = this.#element.attachShadow({ mode: "closed" });
  #size = { folded: true, width: 0, height: 0 };
  #frame = null;
  #port = null;
  #ready = false;
  #last = null;
  #watch = new MutationObserver(() => this.#stay());

  /** @param {(message: object) => void} receive what the panel says */
  constructor(receive) {
    this.receive = receive;
    const style = new CSSStyleSheet();
    style.replaceSync(candor.Host.#STYLE);
    this.#shadow.adoptedStyleSheets = [style];
    document.documentElement.append(this.#element);
    this.#watch.observe(document.documentElement, { childList: true });
  }

  /** @param {HTMLElement} layer */
  mount = (layer) => this.#shadow.append(layer);

  /** Says something to the panel, which is loaded when there is something to say. */
  async tell(message) {
    this.#last = message;
    if (!this.#frame) await this.#load();
    else if (this.#ready) this.#port.postMessage(message);
  }

  async #load() {
    this.#frame = document.createElement("iframe");
    const frame = this.#frame;
    const { token } = await chrome.runtime.sendMessage({ kind: "token" });
    const page = chrome.runtime.getURL("panel.html");
    frame.title = "Candor";
    frame.addEventListener("load", () => {
      const { port1, port2 } = new MessageChannel();
      this.#port?.close();
      this.#port = port1;
      port1.onmessage = ({ data }) => this.#hear(data);
      frame.contentWindow.postMessage({ kind: "connect", token }, new URL(page).origin, [port2]);
    });
    frame.src = `${page}#${token}`;
    this.#shadow.append(frame);
  }

  #hear(message) {
    if (message.kind === "ready") {
      this.#ready = true;
      this.#port.postMessage(this.#last);
    } else if (message.kind === "size") {
      this.#size = message;
      this.#frame.classList.add("shown");
      this.place();
    } else if (message.kind === "restart") {
      this.#unload();
      this.tell(this.#last);
    }
    this.receive(message);
  }

  #unload() {
    this.#port?.close();
    this.#frame?.remove();
    [this.#port, this.#frame, this.#ready] = [null, null, false];
  }

  /** @param {import("./namespace.js").Place | null} place what to stand beside; none hides the panel */
  beside(place) {
    this.place_ = place;
    this.#element.hidden = !place;
    this.place();
  }

  /** Finds room: to the right of the compose box, to its left, else over its lower right corner. */
  place() {
    if (!this.place_ || !this.#frame) return;
    const GAP = 8;
    const box = this.place_.root.getBoundingClientRect();
    const { folded } = this.#size;
    const width = Math.min(this.#size.width, innerWidth - 2 * GAP);
    const height = Math.min(this.#size.height, innerHeight - 2 * GAP);
    const within = (value, size, limit) => Math.max(GAP, Math.min(value, limit - size - GAP));
    let left;
    let top = within(box.top, height, innerHeight);
    if (box.right + width + 2 * GAP <= innerWidth) left = box.right + GAP;
    else if (box.left - width - 2 * GAP >= 0) left = box.left - width - GAP;
    else {
      left = within(box.right - width - GAP, width, innerWidth);
      top = within(box.bottom - height - GAP, height, innerHeight);
      const send = folded && this.place_.send?.getBoundingClientRect();
      const covers = send && left < send.right && left + width > send.left && top < send.bottom && top + height > send.top;
      if (covers) top = within(send.top - height - GAP, height, innerHeight);
    }
    this.#frame.classList.toggle("folded", folded);
    Object.assign(this.#frame.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }

  #stay() {
    if (this.#element.isConnected || this.#returns === 0) return;
    this.#returns -= 1;
    // A frame that was taken out has lost its document.
    this.#unload();
    document.documentElement.append(this.#element);
    if (this.#last) this.tell(this.#last);
  }

  remove() {
    this.#watch.disconnect();
    this.#unload();
    this.#element.remove();
  }
};
