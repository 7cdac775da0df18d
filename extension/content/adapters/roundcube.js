/**
 * Roundcube 1.4 and later. The names are the ones of its own templates and scripts (skins elastic and
 * larry), which its plugins rely on, too.
 */
candor.adapters.push({
  name: "roundcube",

  fits: () => document.querySelector("#compose-content, form[name=form] #composebody") !== null,

  find() {
    const plain = document.querySelector("textarea#composebody");
    if (!plain) return null;
    // While the HTML editor is on, its frame stands in for the hidden text field.
    const frame = document.querySelector("iframe#composebody_ifr");
    const field = frame && candor.geometry.isShown(frame) ? frame : plain;
    if (!candor.geometry.isShown(field)) return null;
    return {
      adapter: "roundcube",
      root: document.querySelector("#compose-content") ?? plain.form ?? document.body,
      field,
      subject: document.querySelector("input#compose-subject"),
      sends: [...document.querySelectorAll(".formbuttons button.send, a.send")],
      recipients,
    };

    /** The hidden fields hold what became a box; what is still being typed stands beside the boxes. */
    function recipients() {
      const fields = ["#_to", "#_cc", "#_bcc"].map((id) => document.querySelector(id)).filter(Boolean);
      if (fields.length === 0) return null;
      const typing = [...document.querySelectorAll(".recipient-input input")];
      return candor.recipients.unique(
        [...fields, ...typing].flatMap(({ value }) => candor.recipients.parse(value)),
      );
    }
  },
});
