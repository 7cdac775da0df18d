/**
 * Zoho Mail. Its editor is the frame that all of Zoho's programs write in; the rest is read as on any page,
 * and Send is never held.
 */
candor.webmails.push({
  name: "zoho",
  title: "Zoho Mail",
  editors: ["iframe.ze_area", ".ze_area[contenteditable=true]"],
});
