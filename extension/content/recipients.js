/** Reads what people and programs write into recipient fields. */
candor.recipients = (() => {
  const ADDRESS = /[^\s<>"',;:()[\]]+@[^\s<>"',;:()[\]]+/;

  /**
   * A list such as `"Andre, Cathy" <cathy@example.org>, Bob`.
   *
   * @param {string} list
   * @returns {Recipient[]} one without an address has an empty one
   */
  function parse(list) {
    return split(list).map(one).filter(({ name, address }) => name || address);
  }

  /** Splits at commas, semicolons and line ends that stand outside of quotes and brackets. */
  function split(list) {
    const parts = [""];
    let quoted = false;
    let bracketed = false;
    for (const letter of list) {
      if (letter === '"') quoted = !quoted;
      if (letter === "<") bracketed = true;
      if (letter === ">") bracketed = false;
      if (!quoted && !bracketed && /[,;\n]/.test(letter)) parts.push("");
      else parts[parts.length - 1] += letter;
    }
    return parts;
  }

  /** @returns {Recipient} */
  function one(text) {
    const address = text.match(ADDRESS)?.[0] ?? "";
    const name = text.replace(address, "").replace(/[<>"]/g, " ").replace(/\s+/g, " ").trim();
    return { name, address };
  }

  /**
   * @param {Recipient[]} recipients
   * @returns {Recipient[]} each address once, the entry with a name first
   */
  function unique(recipients) {
    const seen = new Map();
    for (const recipient of recipients) {
      const key = (recipient.address || recipient.name).toLowerCase();
      if (!seen.has(key) || (recipient.name && !seen.get(key).name)) seen.set(key, recipient);
    }
    return [...seen.values()];
  }

  return { parse, unique };
})();
