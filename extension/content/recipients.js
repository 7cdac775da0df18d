/** Reads what people and programs write into recipient fields. */
candor.recipients = (() => {
  const ADDRESS = /[^\s<>"',;:()[\]]+@[^\s<>"',;:()[\]]+/;

  /** One entry: quoted strings and what stands in brackets may hold the separators. */
  const ENTRY = /(?:"(?:\\.|[^"\\])*"|<[^>]*>|\([^)]*\)|[^,;\n])+/g;

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

  return { parse, unique };
})();
