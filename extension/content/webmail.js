/**
 * A webmail that somebody has described: what its adapter says, put to work. Selectors stand best first:
 * those that are the same in every language of its interface before those that may be renamed. The first
 * of a list that finds anything counts.
 *
 * @typedef {object} Webmail
 * @property {string} name the file's
 * @property {string} title what people call it
 * @property {string[]} editors all of them count, as several mails may be open at once
 * @property {string[]} [roots] what holds a whole mail, around its editor; without it, the smallest part
 *   of the page that holds a button to send and the recipients
 * @property {string[]} [subjects]
 * @property {string[]} [sends] every button that sends, the plain one first; all of them count
 * @property {string[]} [sendsElsewhere] such buttons in menus and tool bars that stand apart from the mail
 * @property {(event: KeyboardEvent) => boolean} [isSendKey] where keys of its own send, besides Ctrl+Enter
 * @property {Recipients} [recipients]
 *
 * @typedef {object} Recipients
 * @property {string[]} there what is there wherever recipients can be read, even if there are none yet
 * @property {string[]} [folded] what is seen while only some of them are on the page
 * @property {string[]} chips what stands for one of them
 * @property {(chip: Element) => string} [list] the addresses that a chip stands for, if no attribute or
 *   text of its own says them
 * @property {string[]} [typed] fields of what is no chip yet
 */
candor.findPlace = (() => {
  const { isShown } = candor.geometry;

  /** A field that the adapter leaves out is looked for as on any page; such a guess never holds Send. */
  const { isEditor, mailAround, recipientsIn, sendsIn, subjectIn } = candor.fields;

  const all = (root, selectors = []) =>
    selectors.length > 0 ? [...root.querySelectorAll(selectors.join(","))] : [];

  /** What each of the selectors finds, in their order. */
  const each = (root, selectors = []) => [
    ...new Set(selectors.flatMap((selector) => [...root.querySelectorAll(selector)])),
  ];

  /** What the first of the selectors finds that finds anything. */
  function best(root, selectors = []) {
    for (const selector of selectors) {
      const found = root.querySelectorAll(selector);
      if (found.length > 0) return [...found];
    }
    return [];
  }

  /** What is typed beside the chips of an element that holds both. */
  function textBeside(element, chips) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) {
      const node = walker.currentNode;
      text += chips.some((chip) => chip.contains(node)) ? "\n" : node.data;
    }
    return text;
  }

  const isControlEnter = (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey;

  /** @param {Webmail} webmail */
  function finder({ name, title, editors, roots, subjects, sends, sendsElsewhere, isSendKey, recipients }) {
    const isDescribed = Boolean(sends && recipients);

    function rootOf(field) {
      for (const selector of roots ?? []) {
        const root = field.closest(selector);
        if (root) return root;
      }
      return isDescribed ? (around(field, [sends, recipients.there]) ?? around(field, [sends])) : mailAround(field);
    }

    /** The smallest part around an editor in which each of the lists finds something, and no other editor. */
    function around(field, lists) {
      for (let root = field.parentElement; root && root !== document.documentElement; root = root.parentElement) {
        if (all(root, editors).some((other) => other !== field && isEditor(other))) return null;
        if (lists.every((list) => best(root, list).length > 0)) return root;
      }
      return null;
    }

    /** @returns {Place | null} */
    function placeOf(field, root = rootOf(field)) {
      if (!root) return null;
      const named = subjects ? best(root, subjects) : [subjectIn(root)].filter(Boolean);
      return {
        adapter: name,
        title,
        root,
        field,
        // A reply keeps its subject hidden until one asks for it.
        subject: named.find(isShown) ?? null,
        hasSubject: named.length > 0,
        sends: () =>
          sends
            ? [...each(root, sends), ...each(document, sendsElsewhere)].filter(isShown)
            : sendsIn(root),
        isSendKey: isDescribed ? (event) => isControlEnter(event) || Boolean(isSendKey?.(event)) : null,
        recipients: () =>
          recipients ? read(root, field) : recipientsIn(root, named[0] ?? null, field),
      };
    }

    /** @returns {Recipient[] | null} null rather than only some of them */
    function read(root, field) {
      const isElsewhere = (element) => !field.contains(element);
      const { there, folded, chips, list, typed } = recipients;
      if (!best(root, there).some(isElsewhere)) return null;
      if (all(root, folded).some((one) => isShown(one) && isElsewhere(one))) return null;
      const found = best(root, chips).filter(isElsewhere);
      const typing = all(root, typed).filter(isElsewhere);
      return candor.recipients.unique([
        ...found.flatMap((chip) => candor.recipients.ofChip(chip, list?.(chip))),
        ...typing.flatMap((one) => candor.recipients.parse(one.value ?? textBeside(one, found))),
      ]);
    }

    /** @returns {Place | null} where the user writes, or else a mail that is open */
    return (focused) => {
      const fields = all(document, editors).filter(isEditor);
      const own = fields.find((field) => field.contains(focused));
      if (own) return placeOf(own);
      const places = fields.map((field) => placeOf(field)).filter(Boolean);
      return places.find(({ root }) => root.contains(focused)) ?? places[0] ?? null;
    };
  }

  /** Made once all adapters are there. */
  let finds = null;

  /**
   * @param {Element | null} focused
   * @returns {Place | null} the compose box in use, by the first adapter that knows one
   */
  return (focused) => {
    finds ??= [...candor.webmails.map(finder), candor.generic.find];
    for (const find of finds) {
      const place = find(focused);
      if (place) return place;
    }
    return null;
  };
})();
