/**
 * Whatever breaks in a page ends in its visible section `#stopped`, never in silence: a panic in the
 * wasm module traps, and arrives here as an error that nobody caught.
 *
 * @param {() => void} [then] what else is to be done, once
 */
export function showWhenStopped(then = () => {}) {
  const stop = (cause) => {
    if (!cause || document.documentElement.dataset.stopped) return;
    document.documentElement.dataset.stopped = "yes";
    then();
  };
  // Browsers report harmless things, such as a late ResizeObserver, as an error event without an error.
  addEventListener("error", (event) => stop(event.error));
  addEventListener("unhandledrejection", (event) => stop(event.reason));
}
