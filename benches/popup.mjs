/**
 * The real popup over ten thousand clients, in a real browser: when it can be used, and how long a keystroke takes.
 *
 *     const { usable, keystrokes } = await measurePopup('firefox', ['a', 'an', 'ann']);
 *
 * It wants the extension built and the browsers named, as the tests do.
 */

import { launch } from '../tests/browser/harness/browser.mjs';
import { lookUp, writeCrowd } from '../tests/browser/harness/crowd.mjs';

const CLIENTS = 10_000;
/** The first opening makes what the lookup reads; those after it are what a user has. */
const OPENINGS = 9;

/**
 * @param {import('../tests/browser/harness/browser.mjs').Name} name
 * @param {string[]} queries as they stand after each key
 * @returns {Promise<{usable: number[], keystrokes: number[]}>} milliseconds: from the opening to the first list, and
 *   from each key to its list, laid out
 */
export async function measurePopup(name, queries) {
  const browser = await launch(name);
  try {
    const page = await browser.extensionPage('options.html');
    await page.evaluate(writeCrowd, CLIENTS);
    const usable = [];
    const keystrokes = [];
    for (let opening = 0; opening <= OPENINGS; opening += 1) {
      const popup = await browser.extensionPage('popup.html');
      await popup.waitFor('everybody', () => performance.getEntriesByName('complete').length > 0);
      if (opening > 0) {
        usable.push(await popup.evaluate(() => performance.getEntriesByName('usable')[0].startTime));
        for (const query of queries) keystrokes.push((await popup.evaluate(lookUp, query)).milliseconds);
      }
      await popup.close();
    }
    return { usable, keystrokes };
  } finally {
    await browser.close();
  }
}
