/** Proton Mail, after its own source (ProtonMail/WebClients), November 2026. */
candor.webmails.push({
  name: "proton",
  title: "Proton Mail",
  editors: [
    "iframe[data-testid=rooster-iframe]",
    // Mail as plain text.
    "textarea[data-testid=editor-textarea]",
  ],
  roots: [".composer[data-id]", ".composer"],
  subjects: ['[data-testid="composer:subject"]'],
  sends: ['[data-testid="composer:send-button"]'],
  recipients: {
    there: ['[data-testid="composer:to"]', "[data-testid=composer-addresses-item]"],
    // One line of names stands for all of them until it is pressed.
    folded: [".composer-addresses-fakefield"],
    chips: ["[data-testid=composer-addresses-item]"],
    list(chip) {
      const PREFIX = "remove-address-button-";
      const button = chip.querySelector(`[data-testid^=${PREFIX}]`);
      return button?.dataset.testid.slice(PREFIX.length);
    },
    typed: ['input[data-testid^="composer:to"]'],
  },
});
