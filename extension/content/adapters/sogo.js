/** SOGo 5, after its own templates (Alinto/sogo), November 2026. */
candor.webmails.push({
  name: "sogo",
  title: "SOGo",
  editors: [
    "#mailEditor sg-ckeditor#message-content iframe",
    "#mailEditor sg-ckeditor#message-content [contenteditable=true]",
    "#mailEditor textarea[name=content]",
  ],
  roots: ["#mailEditor.sg-mail-editor", "#mailEditor"],
  subjects: ["input[name=subject]"],
  sends: ['[ng-click="editor.send()"]'],
  recipients: {
    there: ['md-chips[ng-model$=".to"]'],
    chips: ['md-chips:is([ng-model$=".to"], [ng-model$=".cc"], [ng-model$=".bcc"]) md-chip'],
    typed: ['md-chips:is([ng-model$=".to"], [ng-model$=".cc"], [ng-model$=".bcc"]) input'],
  },
});
