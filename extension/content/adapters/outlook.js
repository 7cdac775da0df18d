/**
 * Outlook on the web: office.com, office365.com, live.com and cloud.microsoft, as of November 2026. Nothing
 * holds a mail by a name of its own, so it is found by its parts. A recipient from the directory shows no
 * address.
 */
candor.webmails.push({
  name: "outlook",
  title: "Outlook",
  editors: ["[id^=editorParent_] [contenteditable=true][role=textbox]"],
  subjects: [
    // Recipients have inputs, too.
    "input[aria-label][maxlength='255']",
    "input[type=text][aria-label]:not([role=group] input)",
  ],
  sends: ["button[id*=primaryActionButton]", "[id*=primaryActionButton] button", "button[title*='Ctrl+Enter']"],
  isSendKey: ({ key, altKey, ctrlKey, metaKey }) => altKey && !ctrlKey && !metaKey && key.toLowerCase() === "s",
  recipients: {
    there: ["[role=group][id$=_TO]", "[id$=_TO]"],
    chips: [":is([id$=_TO], [id$=_CC], [id$=_BCC]) ._EType_RECIPIENT_ENTITY"],
    typed: [":is([id$=_TO], [id$=_CC], [id$=_BCC]) :is(input, [contenteditable=true])"],
  },
});
