/**
 * Three hundred words typed as fast as the browser takes them: no letter is lost, and nothing that Candor does
 * in the page's thread keeps it for 50 ms, the length at which people notice.
 *
 * Counted is the processor time of each task in which a content script of ours runs, whatever else runs in it,
 * as Chromium's own trace has it: on a busy machine the clock on the wall says how busy it is. Firefox tells of
 * no such tasks, so there the letters alone are looked at.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { toOwnText } from './harness/own-text.mjs';
import { serve } from './harness/static-server.mjs';

/** In milliseconds. */
const LONGEST = 50;

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

      const longest = given.name === 'chromium' ? await longestTask(page) : undefined;
      await page.keyboard.type(TEXT);
      await panel.waitForText(/moves two weeks/);
      if (longest) {
        const { tasks, milliseconds } = await longest();
        assert.ok(tasks > 300, 'what Candor does is in the trace');
        assert.ok(milliseconds < LONGEST, `${milliseconds} ms`);
      }
      const written = await page.evaluate((box) => {
        const field = document.querySelector(`${box} :is(iframe, .editor)`);
        return field.value ?? (field.contentDocument?.body ?? field).textContent;
      }, box);
      assert.ok(written.replaceAll('\u00a0', ' ').includes(TEXT), written);
    });
  }
});

/**
 * Begins to trace a page in Chromium.
 *
 * @returns {Promise<() => Promise<{tasks: number, milliseconds: number}>>} ends it, and tells how many tasks
 *   there were in which content scripts ran, and how much processor time the longest took
 */
async function longestTask(page) {
  await page.tracing.start({ categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'] });
  return async () => {
    const { traceEvents: events } = JSON.parse(Buffer.from(await page.tracing.stop()).toString());
    const isOurs = ({ name, args }) =>
      name === 'FunctionCall' && /^chrome-extension:.*\/content\//.test(args.data?.url);
    const calls = events.filter(isOurs);
    const tasks = events.filter(
      ({ name, pid, tid, ts, dur }) =>
        name === 'RunTask' &&
        calls.some((call) => call.pid === pid && call.tid === tid && call.ts >= ts && call.ts < ts + dur),
    );
    return { tasks: tasks.length, milliseconds: Math.max(...tasks.map(({ tdur }) => tdur)) / 1000 };
  };
}

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
