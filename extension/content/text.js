/**
 * An editor's document as plain text, and the way back from offsets in it to places in the document.
 *
 * The text reads as the mail looks: blocks stand on lines of their own, paragraphs apart, list items
 * behind a dash. Only white space and dashes are added, and those lead back to no place.
 */
candor.text = (() => {
  /** Quotes and signatures as mail programs mark them: read as context, never judged. */
  const CONTEXT = [
    "blockquote[type=cite]",
    ".gmail_quote",
    ".gmail_attr",
    ".gmail_extra",
    ".gmail_signature",
    ".yahoo_quoted",
    ".protonmail_quote",
    ".protonmail_signature_block",
    ".moz-cite-prefix",
    ".moz-signature",
    ".zmail_extra",
    ".tutanota_quote",
    "#reply-intro",
    "#_rc_sig",
    "#divRplyFwdMsg",
    "#appendonsend",
    "#Signature",
    "[id^=x_divRplyFwdMsg]",
    "#mail-editor-reference-message-container",
  ].join(",");

  const PARAGRAPH = /^(p|blockquote|ul|ol|table|h[1-6]|pre|hr)$/;
  const LINE = /^(div|li|tr|section|article|header|footer|address|dl|dt|dd|figure|form|fieldset|main|nav|aside|center)$/;
  const UNREAD = /^(script|style|noscript|template|head|title|object|iframe|select|textarea)$/;

  /**
   * @typedef {object} Reading
   * @property {string} text
   * @property {[number, number][]} context ranges that are quote or signature
   * @property {{ start: number, node: Text }[]} pieces text nodes in order, with where each begins
   */

  /**
   * @param {Element} root
   * @returns {Reading}
   */
  function read(root) {
    const reading = { text: "", context: [], pieces: [] };
    readChildren(root, reading, false);
    return reading;
  }

  function readChildren(parent, reading, preformatted) {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (node.nodeType === Node.TEXT_NODE) readText(node, reading, preformatted);
      else if (node.nodeType === Node.ELEMENT_NODE) readElement(node, reading, preformatted);
    }
  }

  function readText(node, reading, preformatted) {
    // The length stays the same, so that offsets lead straight back into the node.
    const text = preformatted ? node.data : node.data.replace(/[\n\r\t]/g, " ");
    if (!preformatted && text.trim() === "" && (reading.text === "" || reading.text.endsWith("\n"))) return;
    reading.pieces.push({ start: reading.text.length, node });
    reading.text += text;
  }

  function readElement(element, reading, preformatted) {
    const name = element.localName;
    if (UNREAD.test(name)) return;
    if (name === "br") {
      reading.text += "\n";
      return;
    }
    const apart = PARAGRAPH.test(name) ? 2 : LINE.test(name) ? 1 : 0;
    breakLines(reading, apart);
    if (name === "li") reading.text += "- ";
    const start = reading.text.length;
    const space = element.style?.whiteSpace;
    readChildren(element, reading, name === "pre" || (space ? space.startsWith("pre") : preformatted));
    if (element.matches(CONTEXT)) reading.context.push([start, reading.text.length]);
    breakLines(reading, apart);
  }

  /** Sees to it that the text so far ends in this many line breaks, unless it is empty. */
  function breakLines(reading, wanted) {
    if (reading.text === "") return;
    const had = reading.text.length - reading.text.replace(/\n+$/, "").length;
    reading.text += "\n".repeat(Math.max(0, wanted - had));
  }

  /**
   * @param {Reading} reading
   * @param {number} start
   * @param {number} end
   * @returns {Range | null} live, so it moves along with edits; null where no text stands there any more
   */
  function range({ pieces }, start, end) {
    const from = locate(pieces, start);
    const to = locate(pieces, end - 1);
    if (!from?.node.isConnected || !to?.node.isConnected) return null;
    if (from.offset > from.node.length || to.offset + 1 > to.node.length) return null;
    const range = from.node.ownerDocument.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset + 1);
    return range;
  }

  /** The piece that an offset stands in, by halving. */
  function locate(pieces, offset) {
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pieces[middle].start <= offset) low = middle + 1;
      else high = middle;
    }
    const piece = pieces[low - 1];
    return piece && { node: piece.node, offset: offset - piece.start };
  }

  return { read, range };
})();
