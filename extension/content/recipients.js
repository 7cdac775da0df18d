/** Reads what people and programs write into recipient fields. */
candor.recipients = (() => {
  const ADDRESS = /[^\s<>"',;:()[\]]+@[^\s<>"',;:()[\]]+/;

  /** One entry: quoted strings and what stands in brackets may hold the separators. */
  const ENTRY = /(?:"(?:\\.|[^"\\])*"|<[^>]*>|\([^)]*\)|[^,;\n])+/g;

  /** Editors keep a place for the caret beside chips by these. */
  const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;

  /** Parts of a chip that are none of its name. */
  const BUTTON = "button, [role=button], svg";

  /** What chips said when they were read last, and what was made of it. */
  const lastRead = new WeakMap();

  /** Longer than this is no name that people are called by, in UTF-16 units. */
  const LONGEST_NAME = 80;

  /**
   * A list such as `"Andre, Cathy" <cathy@example.org>, Bob; info@example.org`.
   *
   * @param {string} list
   * @returns {Recipient[]} an entry without an address has an empty one
   */
  function parse(list) {
    const entries = list.match(ENTRY) ?? [];
    return entries.map(one).filter(({ name, address }) => name || address);
  }

  /** @returns {Recipient} */
  function one(entry) {
    const bracketed = entry.match(/<([^>]*)>/);
    const address = (bracketed?.[1] ?? entry).match(ADDRESS)?.[0] ?? "";
    const rest = bracketed ? entry.replace(bracketed[0], " ") : entry.replace(address, " ");
    return { name: unquoted(rest), address };
  }

  /** A display name without the quotes, brackets and escapes that mail headers need. */
  function unquoted(name) {
    return name
      .replace(/"((?:\\.|[^"\\])*)"|["<>]/g, (_, quoted) => quoted?.replace(/\\(.)/g, "$1") ?? " ")
      .replace(INVISIBLE, "")
      .replace(/\s+/g, " ")
      .trim()
      .replace(/^'(.*)'$|^\((.*)\)$/, "$1$2");
  }

  /**
   * @param {Recipient[]} recipients
   * @returns {Recipient[]} each address once, in order, with a name where one of its entries has one
   */
  function unique(recipients) {
    const seen = new Map();
    for (const recipient of recipients) {
      const key = (recipient.address || recipient.name).toLowerCase();
      if (!seen.get(key)?.name) seen.set(key, recipient);
    }
    return [...seen.values()];
  }

  /** What an attribute of an element says of mail addresses, or nothing. */
  function listOn(element) {
    for (const { name, value } of element.attributes) {
      const mayHold = /^(email|title|aria-label|data-.+)$/.test(name);
      if (mayHold && value.length < 500 && /[^\s@]@[^\s@]+\.[^\s@]/.test(value)) return value;
    }
    return "";
  }

  /** What an element says apart from its buttons; nothing where that is too long for a name. */
  function nameOn(element) {
    let named = element;
    // There may be thousands, and most have no buttons.
    if (element.querySelector(BUTTON)) {
      named = element.cloneNode(true);
      for (const button of named.querySelectorAll(BUTTON)) button.remove();
    }
    const text = named.textContent.replace(/\s+/g, " ").trim();
    return text.length <= LONGEST_NAME ? text : "";
  }

  /**
   * @param {Element} chip that stands for a recipient
   * @param {string} [list] of addresses, where the webmail keeps it in a place of its own
   * @returns {Recipient[]}
   */
  function ofChip(chip, list) {
    if (list === undefined) return read(chip);
    // There may be thousands, and each pause in typing reads them all.
    const { textContent } = chip;
    const name = chip.getAttribute("data-name");
    const last = lastRead.get(chip);
    if (last && last.list === list && last.textContent === textContent && last.name === name) return last.found;
    const found = read(chip, list);
    lastRead.set(chip, { list, textContent, name, found });
    return found;
  }

  function read(chip, list) {
    const found = parse(list ?? listOn(chip));
    const known = found.filter(({ address }) => address);
    if (known.length === 1 && (found.length === 1 || list === undefined)) {
      const [{ name, address }] = known;
      const other = name || shownName(chip, address) || (chip.dataset.name ?? "");
      return [{ name: other === address ? "" : other, address }];
    }
    if (known.length > 0 || list) return found;
    const name = nameOn(chip);
    if (name.includes("@")) return parse(name);
    return name ? [{ name, address: "" }] : [];
  }

  /** The name that a chip shows, apart from the address. */
  function shownName(chip, address) {
    return nameOn(chip)
      .replace(address, "")
      .replace(/[<>()]/g, "")
      .trim();
  }

  return { listOn, nameOn, ofChip, parse, unique };
})();
