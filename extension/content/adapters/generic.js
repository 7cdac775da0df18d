/**
 * Any other webmail, and the demo mailbox: the smallest part of the page that holds an editor, a field
 * for the subject and a button to send. Where one of them is missing there is no compose box: better to
 * stay away from a mail than to read what is none.
 */
candor.adapters.push(
  (() => {
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
      "件名|主题|主旨|제목",
    );
    const SEND = anyOf(
      "^(send|senden|envoyer|enviar|invia|verzenden|versturen|wyślij|skicka|lähetä|gönder|odeslat|küldés" +
        "|отправить|надіслати|送信|发送|傳送|보내기)(?!\\p{L})(?!\\s+(feedback|invite|later))",
    );
    const RECIPIENT = anyOf(
      "^(_|compose[-_ ])?(to|cc|bcc|an|kopie|blindkopie|à|cci|para|cco|a|aan|naar|do|dw|udw|til|till|кому|копия)(?!\\p{L})",
      "recipient|empfänger|destinat|odbiorc|mottagar",
      "^(宛先|收件人|받는사람)",
    );
    const SENDER = anyOf(
      "^(_|compose[-_ ])?(from|von|de|da|van|od|från|fra|от)(?!\\p{L})",
      "sender|差出人|发件人",
    );

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
      return element.clientHeight >= LEAST_HEIGHT || element.localName !== "textarea";
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

    /** The smallest part of the page around an editor that makes it a mail. */
    function around(field) {
      for (
        let root = field.parentElement;
        root && root !== document.documentElement;
        root = root.parentElement
      ) {
        const subject = [...root.querySelectorAll("input")].find(isSubject);
        if (!subject) continue;
        const sends = [...root.querySelectorAll(BUTTON)].filter(isSend);
        if (sends.length > 0) return { root, subject, sends };
      }
      return null;
    }

    /** @returns {Place | null} null where another editor in the same part of the page is larger */
    function placeOf(field) {
      const found = around(field);
      if (!found) return null;
      const extent = ({ clientWidth, clientHeight }) => clientWidth * clientHeight;
      const others = [...found.root.querySelectorAll(EDITOR)].filter(
        (other) => other !== field && isEditor(other),
      );
      if (others.some((other) => extent(other) > extent(field))) return null;
      return { adapter: "generic", field, ...found, recipients: () => recipients(found, field) };
    }

    /** @returns {Recipient[] | null} */
    function recipients({ root, subject }, field) {
      const isElsewhere = (element) =>
        element !== subject && !field.contains(element) && !isOfSender(element, root);
      const fields = [...root.querySelectorAll(FIELD)].filter(
        (one) => isElsewhere(one) && isNamed(one, RECIPIENT),
      );
      const rows = fields.map((one) => rowOf(one, root, [subject, field]));
      const chips = [...outside(field, root)].filter(
        (one) => addressOn(one) && isElsewhere(one) && !fields.includes(one),
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
        ...chips.flatMap((chip) => named(candor.recipients.parse(addressOn(chip)), chip)),
        ...nameless.map((chip) => ({ name: textOf(chip), address: "" })),
        ...fields.flatMap(({ value }) => candor.recipients.parse(value)),
      ]);
    }

    /** Every element of the compose box apart from the text, which may be long. */
    function* outside(field, root) {
      const isField = (element) => (element === field ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT, isField);
      while (walker.nextNode()) yield walker.currentNode;
    }

    /** What an attribute of the element says of a mail address, or nothing. */
    function addressOn(element) {
      for (const { name, value } of element.attributes) {
        const mayHold = /^(email|title|aria-label|data-.+)$/.test(name);
        if (mayHold && value.length < 500 && /[^\s@]@[^\s@]+\.[^\s@]/.test(value)) return value;
      }
      return "";
    }

    /** Gives one recipient the name that its chip shows, where its address came without one. */
    function named(found, chip) {
      if (found.length !== 1 || found[0].name) return found;
      const [{ address }] = found;
      const name = textOf(chip)
        .replace(address, "")
        .replace(/[<>()]/g, "")
        .trim();
      return [{ name: name || (chip.dataset.name ?? ""), address }];
    }

    const isChip = (element) =>
      !element.querySelector("input, textarea") && textOf(element) !== "" && isShown(element);

    /** What an element says apart from its buttons. */
    function textOf(element) {
      const copy = element.cloneNode(true);
      for (const button of copy.querySelectorAll("button, [role=button], svg")) button.remove();
      const text = copy.textContent.replace(/\s+/g, " ").trim();
      return text.length <= 80 ? text : "";
    }

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

    return {
      name: "generic",

      fits: () => true,

      find(focused) {
        const places = [...document.querySelectorAll(EDITOR)].filter(isEditor).map(placeOf).filter(Boolean);
        return places.find(({ root }) => root.contains(focused)) ?? places[0] ?? null;
      },
    };
  })(),
);
