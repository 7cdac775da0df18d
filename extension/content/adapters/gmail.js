/**
 * Gmail, as of November 2026, after InboxSDK and gmail.js; the older recipient field after a page kept in
 * October 2020. A compose box in a corner, a reply in its thread, full screen and a window of its own hold
 * the same parts.
 */
candor.webmails.push({
  name: "gmail",
  title: "Gmail",
  editors: ["div[role=textbox][g_editable=true]"],
  roots: [".M9", ".ip.adB", "[role=dialog]:has(form)", "body.xE.xp"],
  subjects: ["input[name=subjectbox]"],
  sends: [
    ".IZ .Up div > div[role=button]:not(.Uo):not([aria-haspopup=true])",
    // Send and archive.
    ".IZ .Up div > div[role=button].Uo",
  ],
  sendsElsewhere: ["[role=menu] [selector=scheduledSend]"],
  recipients: {
    there: [".GS .anm[name=to]", "[name=to]", ".az9"],
    chips: [
      ".GS .anm:is([name=to], [name=cc], [name=bcc]) [role=listbox] [role=option][data-name]",
      "div.az9 span[email]",
      ".vR",
    ],
    list: (chip) =>
      chip.getAttribute("data-hovercard-id") ?? chip.getAttribute("email") ?? chip.querySelector("input")?.value,
    typed: [".GS .anm input", "textarea:is([name=to], [name=cc], [name=bcc])"],
  },
});
