/**
 * Finds the compose box in use and keeps one watch on it. Whatever goes wrong here ends in silence on
 * the page: the mail is the user's, and we only read it.
 */
(() => {
  // Some webmails run in a frame of their page, which has further ones: editors, and mails that are read.
  if (window !== top && (parent !== top || !frameElement)) return;

  /** @type {candor.Host | null} */
  let host = null;
  /** @type {candor.Compose | null} */
  let compose = null;
  let looking = 0;

  /**
   * How long after a look that found nothing to look again, milliseconds: what was no editor then may have become one,
   * by an attribute or in a frame, without a sign that is heard here.
   */
  const AGAIN = [300, 1_000, 3_000];
  let lookingAgain = 0;
  let looks = 0;

  /** While nothing is watched, a compose box may appear anywhere. */
  const appearing = new MutationObserver(candor.guarded(() => lookSoon()));

  /** Gathers what happens at once into one look; a page that never rests is looked at all the same. */
  function lookSoon() {
    clearTimeout(lookingAgain);
    looks = 0;
    looking ||= setTimeout(candor.guarded(look), 100);
  }

  function look() {
    looking = 0;
    if (!candor.isAlive()) return candor.leave();
    const focused = document.activeElement;
    if (compose?.stands() && (focused === document.body || compose.place.root.contains(focused))) return;
    const found = candor.findPlace(focused);
    if (compose?.stands()) {
      // What is being written stays watched until another mail has the focus.
      if (!found || !found.root.contains(focused) || found.field === compose.place.field) return;
    }
    if (found) return watch(found);
    if (compose) forget();
    lookAgain();
  }

  function lookAgain() {
    if (looks < AGAIN.length) lookingAgain = setTimeout(candor.guarded(look), AGAIN[looks]);
    looks += 1;
  }

  function watch(place) {
    compose?.release();
    appearing.disconnect();
    host ??= new candor.Host((message) => compose?.hear(message));
    compose = new candor.Compose(place, host, candor.guarded(gone));
  }

  function gone() {
    if (!compose) return;
    forget();
    // Webmails often put a new editor where one was.
    lookSoon();
  }

  function forget() {
    compose.release();
    compose = null;
    host.beside(null);
    candor.guarded(() => host.tell({ kind: "nothing" }))();
    appear();
  }

  function appear() {
    appearing.observe(document.documentElement, { childList: true, subtree: true });
  }

  const heard = candor.guarded(() => (candor.isAlive() ? lookSoon() : candor.leave()));
  const signs = [
    [document, "focusin"],
    [document, "input"],
    [document, "visibilitychange"],
    // Moving into an editor's frame shows here only as leaving this window.
    [window, "blur"],
    [window, "focus"],
  ];

  /** After the extension was updated or switched off this script is an orphan. */
  candor.leave = () => {
    clearTimeout(looking);
    clearTimeout(lookingAgain);
    appearing.disconnect();
    for (const [target, type] of signs) target.removeEventListener(type, heard, true);
    // Forgotten first: what fails while we leave leads here once more.
    const [left, shown] = [compose, host];
    compose = host = null;
    left?.release();
    candor.sending.end();
    shown?.remove();
  };

  for (const [target, type] of signs) target.addEventListener(type, heard, { capture: true, passive: true });
  appear();
  lookSoon();
})();
