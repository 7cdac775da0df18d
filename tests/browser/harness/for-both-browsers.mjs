/**
 * Declares the same tests for both real browsers.
 *
 *     import { test } from 'node:test';
 *     import { forBothBrowsers } from './harness/for-both-browsers.mjs';
 *
 *     forBothBrowsers((given) => {
 *       test('the panel names the bad news', async () => {
 *         const page = await given.browser.open(url);
 *         const panel = await given.browser.panel(page);
 *         await panel.waitForText('Call Cathy instead');
 *       });
 *     });
 *
 * Each call starts each browser once, with a fresh profile, and ends it after its tests; tests of
 * one call share the notebook. `given.name` is known when tests are declared, `given.browser` (see
 * `browser.mjs`) when they run. After each test the pages are closed, and the test fails when
 * anything was thrown on a page or in the extension.
 *
 * `CANDOR_BROWSERS=firefox` runs one browser only.
 */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe } from 'node:test';

import { launch } from './browser.mjs';

/** The browsers to test in. */
export const NAMES = (process.env.CANDOR_BROWSERS ?? 'chromium,firefox').split(',');

/**
 * @typedef {object} Given
 * @property {import('./browser.mjs').Name} name
 * @property {import('./browser.mjs').Browser} browser
 */

/**
 * @param {(given: Given) => void} declare
 * @param {Parameters<typeof launch>[1]} [options] such as another extension to load
 */
export function forBothBrowsers(declare, options) {
  for (const name of NAMES) {
    describe(name, () => {
      const given = { name, browser: undefined };
      before(async () => {
        given.browser = await launch(name, options);
      });
      afterEach(async () => {
        const errors = await given.browser.errors();
        await given.browser.closePages();
        // What is thrown as the pages go is this test's as well.
        errors.push(...(await given.browser.errors()));
        assert.deepEqual(errors, [], 'nothing is thrown on a page or in the extension');
      });
      after(() => given.browser?.close());
      declare(given);
    });
  }
}
