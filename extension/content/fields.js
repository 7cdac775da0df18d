/**
 * What a page itself says its controls are for: by names, labels and roles, in the languages that most
 * webmail is used in. For pages that nobody has described to us, and for what a description leaves out.
 */
candor.fields = (() => {
  const EDITOR = '[contenteditable]:not([contenteditable="false" i]), textarea, iframe';
  const BUTTON = 'button, [role="button"], input[type="submit"], input[type="button"], a[href="#"]';
  const FIELD =
    'input:not([type]), input[type="text"], input[type="email"], input[type="search"], input[type="hidden"], textarea';
  const CHIP =
    '[role="option"], [role="listitem"], li, [class*="chip" i], [class*="pill" i], [class*="token" i]';

  /** What a name says, in the languages that most webmail is used in: English ones first. */
  const SUBJECT = anyOf(
    "subject|betreff|asunto|assunto|oggetto|onderwerp|předmět|tárgy",
    "(?<!\\p{L})(objet|temat|tema|ämne|emne|aihe|konu|тема)(?!\\p{L})",
    "件名|主题|主旨|제목|الموضوع|נושא",
  );
  const SEND = anyOf(
    "^(send|senden|envoyer|enviar|invia|verzenden|versturen|wyślij|skicka|lähetä|gönder|odeslat|küldés" +
      "|отправить|надіслати|送信|发送|傳送|보내기|إرسال|שליחה|שלח)(?!\\p{L})(?!\\s+(feedback|invite|later))",
  );
  const RECIPIENT = anyOf(
    "^(_|compose[-_ ])?(to|cc|bcc|an|kopie|blindkopie|à|cci|para|cco|a|aan|naar|do|dw|udw|til|till|кому|копия|إلى|אל)(?!\\p{L})",
    "recipient|empfänger|destinat|odbiorc|mottagar",
    "^(宛先|收件人|받는사람)",
  );
  const SENDER = anyOf("^(_|compose[-_ ])?(from|von|de|da|van|od|från|fra|от)(?!\\p{L})", "sender|差出人|发件人");

  /** Larger than any field for one line. */
  const LEAST_HEIGHT = 60;

  const { isShown } = candor.geometry;

  function anyOf(...patterns) {
    return new RegExp(patterns.join("|"), "iu");
  }

  /** Everything that a page says about what a control is for. */
  function* names(element) {
    for (const attribute of [
      "aria-label",
      "placeholder",
      "name",
      "id",
      "title",
      "data-testid",
      "data-test-id",
    ]) {
      const value = element.getAttribute(attribute)?.trim();
      if (value) yield value;
    }
    for (const label of element.labels ?? []) yield label.textContent.trim();
    for (const id of element.getAttribute("aria-labelledby")?.split(/\s+/) ?? []) {
      yield element.ownerDocument.getElementById(id)?.textContent.trim() ?? "";
    }
  }

  const isNamed = (element, pattern) => names(element).some((name) => pattern.test(name));

  function isEditor(element) {
    if (
      !isShown(element) ||
      element.parentElement?.closest('[contenteditable]:not([contenteditable="false" i])')
    )
      return false;
    if (element.localName === "iframe") return candor.editableIn(element) !== null;
    return element.localName === "textarea" ? element.clientHeight >= LEAST_HEIGHT : element.isContentEditable;
  }

  function isSubject(input) {
    return (
      input.type !== "hidden" && isShown(input) && input.localName === "input" && isNamed(input, SUBJECT)
    );
  }

  function isSend(button) {
    if (!isShown(button) || button.getAttribute("aria-haspopup") === "true") return false;
    const texts = [button.textContent, button.getAttribute("aria-label"), button.title, button.value];
    return texts.some((text) => text && SEND.test(text.trim()));
  }

  /** Every editor on the page. */
  const editors = (root = document) => [...root.querySelectorAll(EDITOR)].filter(isEditor);

  const subjectIn = (root) => [...root.querySelectorAll("input")].find(isSubject) ?? null;

  const sendsIn = (root) => [...root.querySelectorAll(BUTTON)].filter(isSend);

  /** The smallest part of the page around an editor that makes it a mail; null where nothing does. */
  function mailAround(field) {
    for (let root = field.parentElement; root && root !== document.documentElement; root = root.parentElement)
      if (subjectIn(root) && sendsIn(root).length > 0) return root;
    return null;
  }

  /** @returns {Recipient[] | null} */
  function recipientsIn(root, subject, field) {
    const isElsewhere = (element) =>
      element !== subject && !field.contains(element) && !isOfSender(element, root);
    const fields = [...root.querySelectorAll(FIELD)].filter(
      (one) => isElsewhere(one) && isNamed(one, RECIPIENT),
    );
    const rows = fields.map((one) => rowOf(one, root, [subject, field]));
    const chips = [...outside(field, root)].filter(
      (one) => candor.recipients.listOn(one) && isElsewhere(one) && !fields.includes(one),
    );
    const nameless = rows.flatMap((row) =>
      [...row.querySelectorAll(CHIP)].filter(
        (one) =>
          isElsewhere(one) &&
          isChip(one) &&
          !chips.some((chip) => one.contains(chip) || chip.contains(one)),
      ),
    );
    if (fields.length + chips.length === 0) return null;
    return candor.recipients.unique([
      ...[...chips, ...nameless].flatMap((chip) => candor.recipients.ofChip(chip)),
      ...fields.flatMap(({ value }) => candor.recipients.parse(value)),
    ]);
  }

  /** Every element of the compose box apart from the text, which may be long. */
  function* outside(field, root) {
    const isField = (element) => (element === field ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT, isField);
    while (walker.nextNode()) yield walker.currentNode;
  }

  const isChip = (element) =>
    !element.querySelector("input, textarea") &&
    candor.recipients.nameOn(element) !== "" &&
    isShown(element);

  function isOfSender(element, root) {
    for (let each = element; each && each !== root; each = each.parentElement) {
      if (each.localName === "select" || isNamed(each, SENDER)) return true;
    }
    return false;
  }

  /** The part around a recipient field that nothing else of the mail shares. */
  function rowOf(field, root, others) {
    let row = field;
    while (row.parentElement !== root && !others.some((other) => row.parentElement.contains(other)))
      row = row.parentElement;
    return row;
  }

  return { editors, isEditor, mailAround, recipientsIn, sendsIn, subjectIn };
})();
