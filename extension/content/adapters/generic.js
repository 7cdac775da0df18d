/**
 * Any other webmail, and the demo mailbox: the smallest part of the page that holds an editor, a field
 * for the subject and a button to send. Where one of them is missing there is no compose box: better to
 * stay away from a mail than to read what is none. It guesses, so it never holds Send.
 */
candor.generic = (() => {
  const { editors, mailAround, recipientsIn, sendsIn, subjectIn } = candor.fields;

  /** @returns {Place | null} null where another editor in the same part of the page is larger */
  function placeOf(field) {
    const root = mailAround(field);
    if (!root) return null;
    const extent = ({ clientWidth, clientHeight }) => clientWidth * clientHeight;
    if (editors(root).some((other) => extent(other) > extent(field))) return null;
    const subject = subjectIn(root);
    return {
      adapter: "generic",
      title: "",
      root,
      field,
      subject,
      hasSubject: true,
      sends: () => sendsIn(root),
      isSendKey: null,
      recipients: () => recipientsIn(root, subject, field),
    };
  }

  return {
    /** @returns {Place | null} */
    find(focused) {
      const places = editors().map(placeOf).filter(Boolean);
      return places.find(({ root }) => root.contains(focused)) ?? places[0] ?? null;
    },
  };
})();
