/** Once the extension is switched off, nothing of it is left for a person to see, and the page goes on. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { serve } from './harness/static-server.mjs';
import { NONE, traces } from './harness/traces.mjs';
import { untilEqual } from './harness/wait.mjs';

let server;
before(async () => {
  server = await serve(new URL('pages/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  test('a mail that is being written stays, panel and underlines go', async () => {
    const { browser } = given;
    const page = await browser.open(`${server.url}rich.html`);
    await page.click('.editor');
    await page.keyboard.type('We hit a small hiccup, so the launch moves two weeks, to 28 May.');
    await (await browser.panel(page)).waitForText('“a small hiccup”');
    // The page draws what the panel says a moment after the panel says it.
    await untilEqual('all of it to be there', { element: true, panel: true, underlines: true }, () => traces(page));

    await browser.switchOff();
    await page.keyboard.type(' More.');
    await untilEqual('nothing to be left', NONE, () => traces(page));
    assert.match(
      await page.$eval('.editor', ({ textContent }) => textContent),
      /28 May\.\sMore\.$/,
    );
  });
});
