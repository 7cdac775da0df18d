/** Yahoo Mail and AOL Mail, which are one program, as of November 2026. */
candor.webmails.push({
  name: "yahoo",
  title: "Yahoo Mail or AOL Mail",
  editors: ["#editor-container [data-test-id=rte] [contenteditable=true]", "#editor-container [data-test-id=rte]"],
  subjects: ["[data-test-id=compose-subject]"],
  sends: ["button[data-test-id=compose-send-button]"],
  recipients: {
    there: ["[data-test-id=container-to]", "#message-to-field"],
    chips: [
      ":is([data-test-id=container-to], [data-test-id=container-cc], [data-test-id=container-bcc])" +
        " :is([data-test-id=pill], [data-test-id=email-pill], y-pill)",
    ],
    typed: [
      ":is([data-test-id=container-to], [data-test-id=container-cc], [data-test-id=container-bcc]) input",
      "#message-to-field",
    ],
  },
});
