/** Roundcube: selectors from its own source (skins elastic and larry), read November 2026. */
candor.adapters.push({
  name: "roundcube",

  fits: () => document.querySelector("#composebody, #compose-content #_to") !== null,

  find() {
    const plain = document.querySelector("textarea#composebody");
    if (!plain) return null;
    const frame = document.querySelector("#composebody_ifr");
    return {
      adapter: "roundcube",
      root: document.querySelector("#compose-content") ?? plain.form ?? document.body,
      field: frame?.isConnected && frame.getClientRects().length > 0 ? frame : plain,
      subject: document.querySelector("#compose-subject"),
      send: document.querySelector(".formbuttons button.send, a.send"),
      recipients() {
        const fields = ["#_to", "#_cc", "#_bcc"].map((selector) => document.querySelector(selector));
        if (!fields[0]) return null;
        return fields.flatMap((field) => candor.recipients.parse(field?.value ?? ""));
      },
    };
  },
});
