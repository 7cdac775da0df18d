/**
 * What the documents of pages hold, as each browser counts it; what was let go of last may still be among it.
 *
 *     await browser.held(pages);                  // one { listeners } or { listeners, nodes } for each
 */

/**
 * @param {import('puppeteer-core').Page[]} pages
 * @returns {Promise<{listeners: number, nodes: number}[]>} nodes that only a script still knows included
 */
export function heldInChromium(pages) {
  return Promise.all(
    pages.map(async (page) => {
      const session = await page.createCDPSession();
      await session.send('HeapProfiler.collectGarbage');
      await session.detach();
      const { JSEventListeners: listeners, Nodes: nodes } = await page.metrics();
      return { listeners, nodes };
    }),
  );
}

/**
 * @param {import('./marionette.mjs').Marionette} marionette
 * @param {import('puppeteer-core').Page[]} pages each at an address of its own
 * @returns {Promise<{listeners: number}[]>} without those of frames that the page has thrown away, which Firefox
 *   collects in its own time
 */
export function heldInFirefox(marionette, pages) {
  return marionette.alone(async (send) => {
    await send('Marionette:SetContext', { value: 'chrome' });
    try {
      const script = `return (${listenersAt}).apply(null, arguments);`;
      const args = [pages.map((page) => page.url())];
      const { value } = await send('WebDriver:ExecuteScript', { script, args });
      return value.map((listeners) => ({ listeners }));
    } finally {
      await send('Marionette:SetContext', { value: 'content' });
    }
  });
}

/** Runs in Firefox's own window: adds up what its report on memory says of the windows of each address. */
async function listenersAt(addresses) {
  const counts = addresses.map(() => 0);
  const manager = Cc['@mozilla.org/memory-reporter-manager;1'].getService(Ci.nsIMemoryReporterManager);
  const take = (_process, path, _kind, _units, amount) => {
    // A path's own slashes are turned in an address.
    const [, address] = path.match(/\/active\/window\(([^)]*)\)\/dom\/event-listeners$/) ?? [];
    const at = addresses.indexOf(address?.replaceAll('\\', '/'));
    if (at >= 0) counts[at] += amount;
  };
  await new Promise((done) => manager.getReports(take, null, done, null, false));
  return counts;
}
