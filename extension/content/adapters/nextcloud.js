/** Nextcloud Mail, after its own source (nextcloud/mail, src/components/Composer.vue), November 2026. */
candor.webmails.push({
  name: "nextcloud",
  title: "Nextcloud Mail",
  editors: [".message-composer .message-body .ck-editor__editable", ".message-composer textarea.message-body"],
  roots: [".message-composer"],
  subjects: ["input#subject", "input[name=subject]"],
  sends: [".composer-actions button[type=submit]"],
  recipients: {
    there: [".to-select", "#to"],
    // Stands for all recipients but the first.
    folded: [".recipient-overflow"],
    chips: [".ncselect__tag--recipient"],
    list: (chip) => candor.recipients.listOn(chip.querySelector("[title*='@']") ?? chip),
    typed: [".composer-fields:not(.composer-fields__from) input.vs__search"],
  },
});
