/**
 * What the content scripts share. They run in a world of their own, which the page cannot see into.
 *
 * @typedef {object} Recipient
 * @property {string} name empty when the page shows none
 * @property {string} address empty when the page hides it
 *
 * @typedef {object} Mark
 * @property {number} id
 * @property {"subject" | "body"} field
 * @property {number} start in UTF-16 units
 * @property {number} end
 * @property {"warn" | "hint"} tone
 *
 * @typedef {object} Editor one that `rich-editor.js` or `plain-editor.js` makes
 * @property {Element} element
 * @property {Document} document
 * @property {() => { text: string, context: [number, number][] }} read
 * @property {(marks: Mark[]) => void} mark offsets count in the text that `read` gave last
 * @property {(id: number | null) => void} point emphasises one mark, or none
 * @property {(id: number) => void} reveal scrolls a mark into view
 * @property {() => void} follow keeps marks on their words after an edit, a scroll or a resize
 * @property {() => void} release takes every trace away
 *
 * @typedef {object} Place where a mail is written, found by an adapter
 * @property {string} adapter
 * @property {Element} root
 * @property {HTMLElement | HTMLIFrameElement} field the editor, or the frame that holds it
 * @property {HTMLInputElement | null} subject
 * @property {Element | null} send
 * @property {() => Recipient[] | null} recipients null where they cannot be read
 *
 * @typedef {object} Adapter
 * @property {string} name
 * @property {() => boolean} fits whether this page is of its kind
 * @property {(focused: Element | null) => Place | null} find the compose box in use
 */
globalThis.candor = {
  /** @type {Adapter[]} the first that fits a page is used; the generic one comes last */
  adapters: [],
};
