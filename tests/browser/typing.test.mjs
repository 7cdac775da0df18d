/**
 * Three hundred words typed as fast as the browser takes them: no letter is lost, and nothing that Candor does
 * in the page's thread keeps it for 50 ms, the length at which people notice.
 *
 * Counted is the processor time of each task in which a content script of ours runs: see `harness/tasks.mjs`.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { toOwnText } from './harness/own-text.mjs';
import { serve } from './harness/static-server.mjs';

/** In milliseconds. */
const LONGEST = 50;

/** How many tasks are seen at least; Firefox sees none of the shortest. */
const LEAST = { chromium: 300, firefox: 50 };

const SENTENCES = 'We hit a small hiccup with the photos, so the launch moves two weeks, to 28 May. All is well. ';
const TEXT = SENTENCES.repeat(15).split(' ').slice(0, 300).join(' ');

const MAILS = {
  'an editor in the page': { name: 'gmail', box: '#popup' },
  'an editor in a frame': { name: 'proton', box: '#compose' },
  'a plain text field': { name: 'sogo', box: '#mailEditor' },
  'an editor beside five thousand recipients': { name: 'gmail', box: '#popup', recipients: 5_000 },
};

let server;
before(async () => {
  server = await serve(new URL('pages/webmails/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  for (const [editor, { name, box, recipients = 0 }] of Object.entries(MAILS)) {
    test(`300 words in ${editor}`, async () => {
      const page = await given.browser.open(`${server.url}${name}.html`);
      await page.evaluate(addRecipients, recipients);
      await toOwnText(page, box);
      await page.keyboard.type(' We hit a small hiccup. ');
      const panel = await given.browser.panel(page);
      await panel.waitForText('“a small hiccup”');

      const ended = await given.browser.contentTasks(page);
      await page.keyboard.type(TEXT);
      await panel.waitForText(/moves two weeks/);
      const tasks = await ended();
      assert.ok(tasks.length > LEAST[given.name], `what Candor does is seen: ${tasks.length} tasks`);
      const longest = Math.max(...tasks);
      assert.ok(longest < LONGEST, `${longest} ms`);
      const written = await page.evaluate((box) => {
        const field = document.querySelector(`${box} :is(iframe, .editor)`);
        return field.value ?? (field.contentDocument?.body ?? field).textContent;
      }, box);
      assert.ok(written.replaceAll('\u00a0', ' ').includes(TEXT), written);
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
