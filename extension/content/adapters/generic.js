/**
 * Any other webmail, and the demo mailbox: the smallest part of the page that holds an editor, a field
 * for the subject and a button to send. Where one of them is missing there is no compose box.
 */
candor.adapters.push(
  (() => {
    const EDITOR = '[contenteditable]:not([contenteditable="false" i]), textarea, iframe';
    const SUBJECT = ["name", "aria-label", "placeholder", "id", "data-testid", "data-test-id"]
      .map((attribute) => `input[${attribute}*="subject" i]`)
      .concat(["betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp"].map((word) => `input[aria-label*="${word}" i], input[placeholder*="${word}" i]`))
      .join(",");
    const BUTTON = 'button, [role="button"], input[type="submit"], input[type="button"]';
    const SEND = /^\s*(send|senden|envoyer|enviar|invia|verzenden|wyślij|skicka|send e-?mail|send message)\b/i;
    const TO = ["to", "cc", "bcc"]
      .flatMap((field) => [`[name="${field}" i]`, `[aria-label="${field}" i]`, `[aria-label^="${field} " i]`, `[placeholder="${field}" i]`, `[id="${field}" i]`])
      .concat(['[aria-label*="recipient" i]', '[placeholder*="recipient" i]'])
      .map((attribute) => `input${attribute}, textarea${attribute}`)
      .join(",");
    const CHIP = '[email], [data-email], [data-address], [data-hovercard-id*="@"], [title*="@"], [aria-label*="@"]';

    function isShown(element) {
      return element.getClientRects().length > 0;
    }

    function isEditor(element) {
      if (!isShown(element)) return false;
      if (element.localName === "iframe") return candor.editableIn(element) !== null;
      // A recipient field of several lines is no editor.
      return element.localName !== "textarea" || element.clientHeight > 60;
    }

    function isSend(button) {
      const names = [button.getAttribute("aria-label"), button.title, button.value, button.textContent];
      return isShown(button) && names.some((name) => name && SEND.test(name));
    }

    function around(field) {
      for (let root = field.parentElement; root; root = root.parentElement) {
        const subject = [...root.querySelectorAll(SUBJECT)].find(isShown);
        if (!subject) continue;
        const send = [...root.querySelectorAll(BUTTON)].find(isSend);
        if (send) return { root, subject, send };
      }
      return null;
    }

    function recipients(root, field) {
      const fields = [...root.querySelectorAll(TO)];
      const typed = fields.flatMap(({ value }) => candor.recipients.parse(value));
      const chips = [...root.querySelectorAll(CHIP)].filter((chip) => !field.contains(chip) && !fields.includes(chip));
      const shown = chips.flatMap((chip) => {
        const { email, address, hovercardId } = chip.dataset;
        const text = [chip.getAttribute("email"), email, address, hovercardId, chip.title, chip.getAttribute("aria-label")];
        const found = candor.recipients.parse(text.find((value) => value?.includes("@")) ?? "");
        return found.map((one) => ({ ...one, name: one.name || chip.dataset.name || "" }));
      });
      return fields.length + chips.length === 0 ? null : candor.recipients.unique([...shown, ...typed]);
    }

    return {
      name: "generic",

      fits: () => true,

      find(focused) {
        const used = focused?.closest(EDITOR);
        const all = [...document.querySelectorAll(EDITOR)];
        for (const field of used ? [used, ...all] : all) {
          if (!isEditor(field)) continue;
          const found = around(field);
          if (found) return { adapter: "generic", field, ...found, recipients: () => recipients(found.root, field) };
        }
        return null;
      },
    };
  })(),
);
