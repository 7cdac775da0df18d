/**
 * Once the extension is switched off, nothing of it is left for a person to see on any webmail's page, and each
 * goes on.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { keyboardIn } from './harness/keyboard.mjs';
import { toOwnText } from './harness/own-text.mjs';
import { serve } from './harness/static-server.mjs';
import { NONE, traces } from './harness/traces.mjs';
import { until, untilEqual } from './harness/wait.mjs';
import { WEBMAIL_PAGES, isBegun, webmailPage } from './harness/webmail-pages.mjs';

let server;
before(async () => {
  server = await serve(new URL('pages/webmails/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  test('mails that are being written stay, panels and underlines go', async () => {
    const { browser } = given;
    const pages = [];
    for (const [name, { box }] of Object.entries(WEBMAIL_PAGES)) {
      const page = await browser.open(webmailPage(server.url, name));
      await isBegun(page);
      await write(page, box, ' We hit a small hiccup, so the launch moves two weeks, to 28 May.');
      await until(`words to be underlined on ${name}`, () => isUnderlined(browser, page));
      pages.push({ name, box, page });
    }

    await browser.switchOff();
    for (const { name, box, page } of pages) {
      await page.bringToFront();
      await write(page, box, ' More.');
      await untilEqual(`nothing to be left on ${name}`, NONE, () => traces(page));
      assert.match(await page.evaluate(textOf, box), /28 May\.\sMore\./, name);
    }
  });
});

async function write(page, box, words) {
  await toOwnText(page, box);
  await keyboardIn(page, `${box} :is(iframe, .editor)`);
  await page.keyboard.type(words);
}

/** In the editor's document, or in the layer over a plain text field. */
async function isUnderlined(browser, page) {
  const { underlines } = await traces(page);
  return underlines || browser.inShadow(page, 'candor-panel', (shadow) => shadow.querySelector('mark') !== null);
}

/** Runs in the page. */
function textOf(box) {
  const field = document.querySelector(`${box} :is(iframe, .editor)`);
  return field.value ?? (field.contentDocument?.body ?? field).textContent;
}
