/**
 * Finds the compose box in use and keeps one watch on it. Whatever goes wrong here ends in silence on
 * the page: the mail is the user's, and we only read it.
 */
(() => {
  /** @type {candor.Host | null} */
  let host = null;
  /** @type {candor.Compose | null} */
  let compose = null;
  let looking = 0;

  /** Runs when the page has come to rest after it was built up or changed. */
  const onChange = new MutationObserver(lookSoon);

  function lookSoon() {
    clearTimeout(looking);
    looking = setTimeout(guarded(look), 200);
  }

  function look() {
    if (!chrome.runtime?.id) return leave();
    const focused = document.activeElement;
    // What is being written in stays watched, whatever else appears.
    if (compose && stands() && (focused === document.body || compose.place.root.contains(focused))) return;
    const found = candor.adapters.find(({ fits }) => fits()).find(focused);
    if (compose && found && found.field === compose.place.field) return;
    if (!found) return compose && !stands() ? forget() : undefined;
    compose?.release();
    host ??= new candor.Host(guarded((message) => compose?.hear(message)));
    compose = new candor.Compose(found, host, guarded(gone));
    // From here on its own watch tells when it closes.
    onChange.disconnect();
  }

  function stands() {
    const { root, field } = compose.place;
    return root.isConnected && field.isConnected && field.getClientRects().length > 0;
  }

  function gone() {
    forget();
    lookSoon();
  }

  function forget() {
    compose?.release();
    compose = null;
    host?.beside(null);
    host?.tell({ kind: "nothing" });
    onChange.observe(document.documentElement, { childList: true, subtree: true });
  }

  /** After the extension was updated or switched off, this script is an orphan and takes itself away. */
  function leave() {
    onChange.disconnect();
    removeEventListener("focusin", lookSoon, true);
    removeEventListener("blur", lookSoon);
    compose?.release();
    host?.remove();
    compose = host = null;
  }

  function guarded(step) {
    return (...given) => {
      try {
        const outcome = step(...given);
        outcome?.catch?.((error) => console.debug("Candor:", error));
      } catch (error) {
        if (chrome.runtime?.id) console.debug("Candor:", error);
        else leave();
      }
    };
  }

  addEventListener("focusin", lookSoon, true);
  // Moving into an editor's frame shows here only as leaving this window.
  addEventListener("blur", lookSoon);
  onChange.observe(document.documentElement, { childList: true, subtree: true });
  lookSoon();
})();
