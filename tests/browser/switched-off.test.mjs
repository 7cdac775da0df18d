/** Once the extension is switched off, nothing of it is left for a person to see, and the page goes on. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';

forBothBrowsers((given) => {
  test('a mail that is being written stays, panel and underlines go', async () => {
    const server = await serve(new URL('pages/', import.meta.url));
    const { browser } = given;
    const page = await browser.open(`${server.url}rich.html`);
    await page.click('.editor');
    await page.keyboard.type('We hit a small hiccup, so the launch moves two weeks, to 28 May.');
    await (await browser.panel(page)).waitForText('“a small hiccup”');
    assert.deepEqual(await page.evaluate(seen), { panel: true, underlines: true });

    // Firefox knows an extension by the name it gives itself, Chromium by its address.
    const id = given.name === 'firefox' ? 'candor@candor.example' : new URL(browser.origin).host;
    await browser.puppeteer.uninstallExtension(id);
    await page.keyboard.type(' More.');
    await until('nothing of it is seen', async () => {
      const { panel, underlines } = await page.evaluate(seen);
      return !panel && !underlines;
    });
    assert.match(
      await page.$eval('.editor', ({ textContent }) => textContent),
      /28 May\.\sMore\.$/,
    );
    await server.close();
  });
});

/** Runs in the page. */
function seen() {
  const marks = [...CSS.highlights].filter(
    ([name, { size }]) => name.startsWith('candor-') && size > 0,
  );
  const style = getComputedStyle(document.querySelector('.editor'), '::highlight(candor-warn)');
  return {
    panel: document.querySelector('candor-panel')?.checkVisibility() ?? false,
    underlines: marks.length > 0 && style.textDecorationStyle === 'wavy',
  };
}
