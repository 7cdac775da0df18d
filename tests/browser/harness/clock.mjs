/**
 * Clocks under a test's control.
 *
 *     await setClock(panel, '2026-10-25T00:30:00Z');
 *
 * From then on the document's clock stands at this moment until it is set again, forward or back. What
 * is shown already changes with the next thing that happens in the document.
 *
 * @param {import('./extension-document.mjs').ExtensionDocument} document
 * @param {string} instant
 */
export function setClock(document, instant) {
  return document.evaluate((milliseconds) => {
    // Firefox's driver has a window of its own around the page's.
    const page = window.wrappedJSObject ?? window;
    page.realDate ??= page.Date;
    page.Date = new Proxy(page.realDate, {
      construct: (RealDate, given) => new RealDate(...(given.length > 0 ? given : [milliseconds])),
      get: (RealDate, key) => (key === 'now' ? () => milliseconds : RealDate[key]),
    });
  }, Date.parse(instant));
}

/**
 * The same for the clock that counts from when the document was loaded, and is never put back.
 *
 * @param {import('./extension-document.mjs').ExtensionDocument} document
 * @param {number} minutes
 */
export function setUptime(document, minutes) {
  return document.evaluate((milliseconds) => {
    const page = window.wrappedJSObject ?? window;
    page.performance.now = () => milliseconds;
  }, minutes * 60_000);
}
