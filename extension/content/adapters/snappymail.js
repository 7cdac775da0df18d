/** SnappyMail and its forebear RainLoop, after the source of the former (the-djmaze/snappymail), November 2026. */
candor.webmails.push({
  name: "snappymail",
  title: "SnappyMail",
  editors: [".squire-wysiwyg", ".squire-plain"],
  subjects: ["input[name=subject]"],
  sends: ["a.btn[data-bind*=sendCommand]", "button[data-bind*=sendCommand]"],
  recipients: {
    there: ["ul.emailaddresses"],
    chips: ["ul.emailaddresses > li[title]"],
    typed: ["ul.emailaddresses > li:not([title]) input"],
  },
});
