/**
 * iCloud Mail, which runs in a frame of www.icloud.com and has its editor in a further one. Its classes are
 * known from one third-party extension only, so the rest is read as on any page, and Send is never held.
 */
candor.webmails.push({
  name: "icloud",
  title: "iCloud Mail",
  editors: [".cw-pane-container .editor-wrapper iframe", ".cw-pane-container .editor-content[contenteditable=true]"],
  roots: [".cw-pane-container"],
});
