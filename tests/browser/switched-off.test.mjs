/**
 * Once the extension is switched off, nothing of it is left for a person to see on any webmail's page or on one that
 * no adapter knows, and each goes on.
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

/** Pages that no adapter knows: the editor in each. */
const UNKNOWN_PAGES = { rich: '.editor', plain: 'textarea' };

let server;
before(async () => {
  server = await serve(new URL('pages/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  test('mails that are being written stay, panels and underlines go', async () => {
    const { browser } = given;
    const mails = [];
    for (const [name, { box }] of Object.entries(WEBMAIL_PAGES)) {
      const page = await browser.open(webmailPage(`${server.url}webmails/`, name));
      await isBegun(page);
      const editor = `${box} :is(iframe, .editor)`;
      mails.push({ name, page, editor, toEnd: () => toOwnText(page, box) });
    }
    for (const [name, editor] of Object.entries(UNKNOWN_PAGES)) {
      const page = await browser.open(`${server.url}${name}.html`);
      mails.push({ name, page, editor, toEnd: () => page.click(editor) });
    }
    for (const mail of mails) {
      await mail.page.bringToFront();
      await write(mail, ' We hit a small hiccup, so the launch moves two weeks, to 28 May.');
      await until(`words to be underlined on ${mail.name}`, () => isUnderlined(browser, mail.page));
    }

    await browser.switchOff();
    for (const mail of mails) {
      const { name, page, editor } = mail;
      await page.bringToFront();
      await write(mail, ' More.');
      await untilEqual(`nothing to be left on ${name}`, NONE, () => traces(page));
      assert.match(await page.evaluate(textOf, editor), /28 May\.\sMore\./, name);
    }
  });
});

async function write({ page, editor, toEnd }, words) {
  await toEnd();
  await keyboardIn(page, editor);
  await page.keyboard.type(words);
}

/** In the editor's document, or in the layer over a plain text field. */
async function isUnderlined(browser, page) {
  const { underlines } = await traces(page);
  return underlines || browser.inShadow(page, 'candor-panel', (shadow) => shadow.querySelector('mark') !== null);
}

/** Runs in the page. */
function textOf(editor) {
  const field = document.querySelector(editor);
  return field.value ?? (field.contentDocument?.body ?? field).textContent;
}
