/**
 * Roundcube 1.4 and later. The names are the ones of its own templates and scripts (skins elastic and
 * larry), which its plugins rely on, too.
 */
candor.webmails.push({
  name: "roundcube",
  title: "Roundcube",
  // While the HTML editor is on, its frame stands in for the hidden text field.
  editors: ["iframe#composebody_ifr", "textarea#composebody"],
  roots: ["#compose-content", "form[name=form]"],
  subjects: ["input#compose-subject"],
  sends: [".formbuttons button.send"],
  sendsElsewhere: ["a.send"],
  recipients: {
    there: ["#_to"],
    // Hidden fields hold what became a chip.
    chips: ["#_to, #_cc, #_bcc"],
    list: ({ value }) => value,
    typed: [".recipient-input input"],
  },
});
