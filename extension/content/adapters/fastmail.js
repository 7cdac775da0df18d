/**
 * Fastmail. No description of its pages is public but that of its editor, Squire; the rest is read as on any
 * page, and Send is never held.
 */
candor.webmails.push({
  name: "fastmail",
  title: "Fastmail",
  editors: [".v-Compose .v-RichText-input[contenteditable=true]", ".v-Compose textarea.v-Text-input"],
  roots: [".v-Compose"],
});
