/**
 * Three hundred words typed as fast as the browser takes them, on every webmail's page: no letter is lost, and
 * nothing that Candor does in the page's thread keeps it for 50 ms, the length at which people notice.
 *
 * Counted is the processor time of each task in which a content script of ours runs: see `harness/tasks.mjs`.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { toOwnText } from './harness/own-text.mjs';
import { serve } from './harness/static-server.mjs';
import { WORDS, assertShort, typeAtSpeed } from './harness/typing.mjs';
import { WEBMAIL_PAGES, isBegun, webmailPage } from './harness/webmail-pages.mjs';

const MAILS = [
  ...Object.entries(WEBMAIL_PAGES).map(([name, webmail]) => ({ title: name, name, ...webmail })),
  { title: 'gmail, beside five thousand recipients', name: 'gmail', ...WEBMAIL_PAGES.gmail, recipients: 5_000 },
];

let server;
before(async () => {
  server = await serve(new URL('pages/webmails/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  for (const { title, name, box, languages, recipients = 0 } of MAILS) {
    test(`300 words in ${title}`, async (context) => {
      const page = await given.browser.open(webmailPage(server.url, name, languages.at(-1)));
      await isBegun(page);
      await page.evaluate(addRecipients, recipients);
      await toOwnText(page, box);
      await page.keyboard.type(' We hit a small hiccup. ');
      const panel = await given.browser.panel(page);
      await panel.waitForText('“a small hiccup”');

      const tasks = await typeAtSpeed(given.browser, page, () => panel.waitForText(/moves two weeks/));
      context.diagnostic(`the longest task: ${Math.max(...tasks)} ms`);
      assertShort(given.browser, tasks);
      const written = await page.evaluate((box) => {
        const field = document.querySelector(`${box} :is(iframe, .editor)`);
        return field.value ?? (field.contentDocument?.body ?? field).textContent;
      }, box);
      assert.ok(written.replaceAll('\u00a0', ' ').includes(WORDS), written);
    });
  }
});

/** Runs in the page. */
function addRecipients(count) {
  const list = document.querySelector('#popup .anm[name=to] [role=listbox]');
  const chip = list?.querySelector('[role=option]');
  for (let number = 0; number < count; number += 1) {
    const next = chip.cloneNode(true);
    next.dataset.hovercardId = `client-${number}@example.org`;
    next.textContent = next.dataset.name = `Client ${number}`;
    list.append(next);
  }
}
