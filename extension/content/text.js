/**
 * An editor's document as plain text, and the way back from offsets in it to places in the document.
 *
 * The text reads as the mail looks: white space collapses where the page collapses it, blocks stand on
 * lines of their own and paragraphs apart. Line breaks between blocks lead back to no place; everything
 * else is a character of a text node. A no-break space becomes a space, and characters without width
 * that editors leave behind are passed over.
 */
candor.text = (() => {
  /** Quotes and signatures as mail programs mark them: read as context, never judged. */
  const CONTEXT = [
    "blockquote[type=cite]",
    "div.quote",
    "p.signature",
    "[data-signatureblock=true]",
    "#reply-intro",
    "#reply-intro ~ blockquote",
    "#_rc_sig",
    "#mail-editor-reference-message-container",
    "#ms-outlook-mobile-signature",
    "#OLK_SRC_BODY_SECTION",
    "#Signature",
    "#x_Signature",
    "#Zm-_Id_-Sgn",
    ".gmail_attr",
    ".gmail_extra",
    ".gmail_quote",
    ".gmail_signature",
    ".gmail_signature_prefix",
    ".moz-cite-prefix",
    ".moz-signature",
    ".protonmail_quote",
    ".protonmail_signature_block",
    ".tutanota_quote",
    ".tutanota_signature",
    ".yahoo_quoted",
    ".zmail_extra",
  ].join(",");

  /** Outlook puts an empty element where the quote begins, and the quote beside it. */
  const CONTEXT_FROM_HERE = "#appendonsend, #divRplyFwdMsg, [id^=x_divRplyFwdMsg]";

  /** The line above a quote that its mail program did not mark: an address or an hour, and a colon. */
  const ATTRIBUTION = /(@|\d:\d\d).*[:：]\s*$/;

  /** Nothing in these is text of the mail. */
  const UNREAD = "script, style, template, noscript, textarea, select, [data-mce-bogus=all]";

  /** Inside a line, and yet no text: words on either side are not one word. */
  const OBJECT = "img, video, audio, canvas, object, iframe, input, button";

  const INLINE = /^(inline|contents|ruby)/;

  /** What a text node is made of: white space, characters to pass over, and all the rest. */
  const PARTS = /[ \t\n\r\f]+|[\u00ad\u200b\u2060\ufeff]+|[^ \t\n\r\f\u00ad\u200b\u2060\ufeff]+/g;

  /**
   * A stretch of the text that runs in step with a text node.
   *
   * @typedef {object} Run
   * @property {number} start in the text
   * @property {Text} node
   * @property {number} offset in the node
   * @property {number} length
   */

  class Reader {
    #parts = [];
    #length = 0;
    /** @type {Run[]} */
    #runs = [];
    /** @type {[number, number][]} */
    #context = [];

    /** Line breaks due before the next thing that takes room. */
    #breaks = 0;
    /** A `<br>` whose line break shows only if something follows it in its block. */
    #pendingBreak = false;
    /** A collapsible space that shows only if something follows it on its line. */
    #pendingSpace = null;
    #atLineStart = true;
    #isEmpty = true;

    /** @param {Element} root */
    read(root) {
      const view = root.ownerDocument.defaultView;
      // A stack of our own: mail that was quoted a hundred times is nested deeper than calls may be.
      const frames = [this.#open(root, view.getComputedStyle(root))].filter(Boolean);
      let node = root.firstChild;
      while (frames.length > 0) {
        const parent = frames.at(-1);
        if (!node) {
          this.#leave(frames.pop());
          node = frames.length > 0 ? parent.element.nextSibling : null;
        } else if (node.nodeType === Node.TEXT_NODE) {
          if (parent.collapses) this.#collapsed(node);
          else this.#verbatim(node);
          node = node.nextSibling;
        } else if (node.nodeType === Node.ELEMENT_NODE && this.#enter(node, parent)) {
          const frame = this.#open(node, view.getComputedStyle(node));
          if (frame) frames.push(frame);
          node = frame ? node.firstChild : node.nextSibling;
        } else {
          node = node.nextSibling;
        }
      }
      return new Flat(this.#parts.join(""), this.#runs, this.#context);
    }

    /** @returns {boolean} whether there may be text in the element */
    #enter(element, parent) {
      if (element.localName === "br") {
        this.#takeRoom();
        this.#pendingBreak = true;
        this.#isEmpty = false;
        return false;
      }
      if (element.matches(OBJECT)) {
        this.#pendingSpace ??= {};
        return false;
      }
      if (element.matches(CONTEXT_FROM_HERE)) parent.contextStart ??= this.#length;
      return !element.matches(UNREAD);
    }

    /** Opens an element; `null` where none of it is shown. */
    #open(element, style) {
      if (style?.display === "none") return null;
      const isBlock = style !== null && !INLINE.test(style.display);
      // Some mail programs write each line as a paragraph without space around it.
      const isApart = isBlock && (parseFloat(style.marginTop) > 0 || parseFloat(style.marginBottom) > 0);
      const breaks = isBlock ? (isApart && /^(p|h[1-6]|pre)$/.test(element.localName) ? 2 : 1) : 0;
      if (breaks > 0) this.#endLine(breaks);
      return {
        element,
        breaks,
        collapses: (style?.getPropertyValue("white-space-collapse") ?? "collapse") === "collapse",
        contextStart: element.matches(CONTEXT) || this.#isQuote(element) ? this.#length : undefined,
      };
    }

    /** Editors indent with the same element; a quote stands below its attribution. */
    #isQuote(element) {
      if (element.localName !== "blockquote") return false;
      let line = "";
      for (let at = this.#parts.length - 1; at >= 0 && !line.trimEnd().includes("\n"); at -= 1)
        line = this.#parts[at] + line;
      return ATTRIBUTION.test(line.trimEnd().split("\n").at(-1));
    }

    #leave({ breaks, contextStart }) {
      if (breaks > 0) this.#endLine(breaks);
      if (contextStart === undefined || contextStart === this.#length) return;
      // An outer quote takes the place of the ones within it.
      while (this.#context.at(-1)?.[0] >= contextStart) this.#context.pop();
      this.#context.push([contextStart, this.#length]);
    }

    #endLine(breaks) {
      this.#breaks = Math.max(this.#breaks, breaks);
      this.#pendingBreak = false;
      this.#pendingSpace = null;
    }

    /** Writes the line breaks that are due before something that takes room. */
    #takeRoom() {
      if (this.#pendingBreak) this.#write("\n");
      if (this.#breaks > 0 && !this.#isEmpty) this.#write("\n".repeat(this.#breaks));
      if (this.#pendingBreak || this.#breaks > 0) {
        this.#atLineStart = true;
        this.#pendingSpace = null;
      }
      this.#pendingBreak = false;
      this.#breaks = 0;
    }

    #collapsed(node) {
      for (const { 0: part, index } of node.data.matchAll(PARTS)) {
        if (/^[ \t\n\r\f]/.test(part)) {
          this.#pendingSpace ??= { node, offset: index };
        } else if (!/^[\u00ad\u200b\u2060\ufeff]/.test(part)) {
          this.#takeRoom();
          this.#writeSpace();
          this.#writeFrom(node, index, part);
        }
      }
    }

    #verbatim(node) {
      if (node.data === "") return;
      this.#takeRoom();
      this.#writeSpace();
      this.#writeFrom(node, 0, node.data);
      this.#atLineStart = node.data.endsWith("\n");
    }

    #writeSpace() {
      const space = this.#pendingSpace;
      this.#pendingSpace = null;
      if (!space || this.#atLineStart) return;
      if (space.node) this.#writeFrom(space.node, space.offset, " ");
      else this.#write(" ");
    }

    #writeFrom(node, offset, text) {
      const last = this.#runs.at(-1);
      const goesOn =
        last?.node === node &&
        last.offset + last.length === offset &&
        last.start + last.length === this.#length;
      if (goesOn) last.length += text.length;
      else this.#runs.push({ start: this.#length, node, offset, length: text.length });
      this.#write(text.replaceAll("\u00a0", " "));
      this.#atLineStart = false;
      this.#isEmpty = false;
    }

    #write(text) {
      this.#parts.push(text);
      this.#length += text.length;
    }
  }

  /** The text of an editor, with the way back into its document. */
  class Flat {
    #runs;

    /**
     * @param {string} text
     * @param {Run[]} runs in order
     * @param {[number, number][]} context in order, apart from each other
     */
    constructor(text, runs, context) {
      this.text = text;
      this.context = context;
      this.#runs = runs;
    }

    /**
     * The place of a stretch of text in the document.
     *
     * @param {number} start
     * @param {number} end
     * @returns {Range | null} live, so it moves along with edits; null where no text stands there any more
     */
    range(start, end) {
      const firstIndex = this.#indexFrom(start);
      let lastIndex = this.#indexFrom(end - 1);
      // An end among line breaks between blocks goes back to the block before.
      if (!(this.#runs[lastIndex]?.start < end)) lastIndex -= 1;
      if (lastIndex < firstIndex) return null;
      const first = this.#runs[firstIndex];
      const last = this.#runs[lastIndex];
      const from = first.offset + Math.max(0, start - first.start);
      const until = last.offset + Math.min(last.length, end - last.start);
      // Edits may have shortened the nodes since.
      if (from > first.node.length || until > last.node.length) return null;
      const range = first.node.ownerDocument.createRange();
      range.setStart(first.node, from);
      range.setEnd(last.node, until);
      return range.collapsed ? null : range;
    }

    /** The first run that ends behind an offset, by halving. */
    #indexFrom(offset) {
      let low = 0;
      let high = this.#runs.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        const { start, length } = this.#runs[middle];
        if (start + length <= offset) low = middle + 1;
        else high = middle;
      }
      return low;
    }
  }

  return {
    /**
     * @param {Element} root
     * @returns {Flat} a `Reading` with the way back
     */
    read: (root) => new Reader().read(root),

    /** Of an editor that has not been read yet. */
    empty: new Flat("", [], []),
  };
})();
