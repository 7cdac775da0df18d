/** What Candor can read of a site is said in the panel and on the options page, and never what it read. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { keyboardIn } from './harness/keyboard.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';

let server;
before(async () => {
  server = await serve(new URL('pages/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  const kept = (options) =>
    options.evaluate(async () => {
      const items = await chrome.storage.local.get(null);
      return Object.fromEntries(Object.entries(items).filter(([key]) => key.startsWith('health:')));
    });

  /** What somebody gets who pastes. */
  async function pasted() {
    const page = await given.browser.open(`${server.url}no-mail.html`);
    await page.click('textarea');
    await page.keyboard.down('Control');
    await page.keyboard.press('v');
    await page.keyboard.up('Control');
    return until('something to be pasted', () => page.$eval('textarea', ({ value }) => value));
  }

  test('a site that can be read, and then only in part', async () => {
    const { host } = new URL(server.url);
    const page = await given.browser.open(`${server.url}webmails/proton.html`);
    await page.click('iframe');
    await keyboardIn(page, 'iframe');
    await page.keyboard.type('A secret word. ');
    const panel = await given.browser.panel(page);
    await panel.waitForText('In this draft');
    await panel.press('Fold Candor away');
    const pill = () => panel.evaluate(() => document.getElementById('pill').title);
    await until('the pill to say that it reads', async () => (await pill()) === 'Reading', { seen: pill });

    const options = await given.browser.extensionPage('options.html');
    await options.waitForText('Reading, as Proton Mail');
    const entry = (await kept(options))[`health:${host}`];
    assert.deepEqual(Object.keys(entry).sort(), ['adapter', 'at', 'missing', 'title', 'version']);
    assert.equal(entry.adapter, 'proton');
    assert.deepEqual(entry.missing, []);
    await options.close();

    await page.bringToFront();
    await page.evaluate(() => {
      document.getElementById('folded').classList.remove('folded-away');
      document.querySelector('[data-send]').remove();
    });
    await until('the pill to say what is missing', async () => (await pill()) === 'Partly: cannot see recipients and the button to send', { seen: pill });

    const again = await given.browser.extensionPage('options.html');
    await again.waitForText('Partly: cannot see recipients and the button to send, as Proton Mail');
    assert.doesNotMatch(JSON.stringify(await kept(again)), /secret|cathy/i);
    await again.press('Copy a report');
    await again.waitForText('Copied');
    assert.match(await pasted(), new RegExp(`^${host}: adapter proton, missing recipients, send, [-0-9]{10}, Candor [.0-9]+$`));
    // The panel keeps how it was left.
    await again.evaluate(() => chrome.storage.local.remove('folded'));
  });
});
