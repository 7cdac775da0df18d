/**
 * What the content scripts share. They run in a world of their own, which the page cannot see into.
 *
 * @typedef {object} Recipient
 * @property {string} name empty when the page shows none
 * @property {string} address empty when the page hides it
 *
 * @typedef {object} Reading an editor's text at one moment
 * @property {string} text
 * @property {[number, number][]} context ranges of it that the page's markup shows to be quote or signature
 *
 * @typedef {object} Mark
 * @property {number} id
 * @property {"subject" | "body"} field
 * @property {number} start in UTF-16 units of the text read last
 * @property {number} end
 * @property {"warn" | "hint"} tone
 *
 * @typedef {"done" | "changed" | "refused"} Outcome of writing words into a draft: they stand there, others
 *   stood there than were judged, or the editor does not take them
 *
 * @typedef {object} Rewriting
 * @property {number} id under which it can be taken back
 * @property {number} start in UTF-16 units of the text read last
 * @property {number} end
 * @property {string} words that stand there
 * @property {string} by others
 *
 * @typedef {object} Editor what `RichEditor` and `PlainEditor` have in common
 * @property {HTMLElement} element
 * @property {() => Reading} read
 * @property {(marks: Mark[]) => void} mark replaces all marks
 * @property {(id: number | null) => void} point emphasises one mark, or none
 * @property {(id: number) => void} reveal scrolls a mark into view and lets it pulse; the caret stays
 * @property {() => void} edited keeps marks on their words, right after an edit
 * @property {() => DOMRect | null} caret where the next letter goes, in the top window's viewport
 * @property {(id: number, words: string, by: string) => Promise<Outcome>} replace writes other words in the
 *   place of a mark's, as one step that the editor's own undo takes back; the caret stays where it was
 * @property {(rewriting: Rewriting) => Promise<Outcome>} rewrite the same for words that have no mark
 * @property {(id: number) => Promise<Outcome>} takeBack writes back what stood there before
 * @property {() => void} release takes every trace away
 *
 * @typedef {object} Place where a mail is written, found by an adapter
 * @property {string} adapter its name
 * @property {string} title what people call the webmail; empty where the adapter does not know
 * @property {Element} root holds everything that belongs to the mail
 * @property {HTMLElement | HTMLIFrameElement} field the editor, or the frame that holds it
 * @property {HTMLInputElement | null} subject null where none is shown
 * @property {boolean} hasSubject whether there is one, shown or hidden
 * @property {() => Element[]} sends the buttons that send it now, the plain one first
 * @property {((event: KeyboardEvent) => boolean) | null} isSendKey whether these keys send it; null where
 *   the adapter guesses what sends
 * @property {() => Recipient[] | null} recipients null where they cannot be read, or only some of them
 *
 * @typedef {object} Surroundings of the panel, in the viewport
 * @property {DOMRect} box the compose box
 * @property {DOMRect} field the editor in it
 * @property {() => DOMRect[]} kept what a panel without room of its own never covers
 */
globalThis.candor = {
  /** @type {Webmail[]} what each adapter says of its webmail */
  webmails: [],

  /** Whether the extension that this script came with is still there. */
  isAlive: () => Boolean(chrome.runtime?.id),

  /** Set by `main.js`: takes everything away that Candor put on the page. */
  leave: () => {},

  /**
   * Wraps whatever the browser or the page calls: nothing we do may ever throw there.
   *
   * @template {any[]} A
   * @param {(...given: A) => any} step
   * @returns {(...given: A) => void}
   */
  guarded(step) {
    const failed = (error) => {
      if (candor.isAlive()) console.debug("Candor:", error);
      else candor.leave();
    };
    return (...given) => {
      try {
        step(...given)?.catch?.(failed);
      } catch (error) {
        failed(error);
      }
    };
  },
};
