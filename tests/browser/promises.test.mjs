/**
 * From a sent mail to the client's list of promises, and what comes of those: offered without keeping the mail
 * waiting, asked where only the writer knows the day, kept over a restart, reminded of. Clocks are the test's.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { records } from './harness/notebook.mjs';
import { writeToCathy } from './harness/reply.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';

/** A Friday; the clocks of Europe go back nine days later. */
const SENT = '2026-10-16T17:15:00';

let server;
before(async () => {
  server = await serve(new URL('pages/webmails/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  before(async () => {
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Add three demo clients');
    await clients.waitForText('3 clients');
    await clients.evaluate(() => chrome.storage.local.set({ settings: { careful: false, hold: false } }));
    await clients.close();
  });

  const write = (words) => writeToCathy(given.browser, server.url, words, SENT);

  /** The promises in Cathy's record. */
  async function promisesToCathy(page) {
    const { promises = [] } = (await page.evaluate(records, 'clients')).find(({ name }) => name === 'Cathy Andre');
    return promises.map(({ text, made, due }) => ({ text, made, due }));
  }

  const sends = async (page) => {
    await page.click('#popup [data-send]');
    assert.equal(await page.evaluate(() => globalThis.sent.length), 1, 'the mail does not wait');
  };

  test('what a sent mail promises is asked about in the popup, and kept on its day', async () => {
    const { page } = await write(' I will send the mock-ups by Thursday. We met on Monday. I will file the deed by 03/04.');
    await sends(page);
    const popup = await given.browser.extensionPage('popup.html');
    const text = await popup.waitForText('Did you promise this?');
    assert.match(text, /“I will send the mock-ups by Thursday”\s+To Cathy Andre in a mail without a subject/);
    assert.doesNotMatch(text, /Monday/);
    await popup.press('Keep: due 22 October 2026');
    await popup.waitFor('one question', () => document.querySelectorAll('#offer-list li').length === 1);
    const asked = await popup.waitForText('file the deed');
    assert.match(asked, /Keep: 4 March 2027/);
    await popup.press('Keep: 3 April 2027');
    await popup.waitFor('no question', () => document.getElementById('promised').hidden);
    assert.deepEqual(await promisesToCathy(popup), [
      { text: 'I will file the deed by 03/04', made: '2026-10-16', due: '2027-04-03' },
      { text: 'I will send the mock-ups by Thursday', made: '2026-10-16', due: '2026-10-22' },
    ]);
  });

  test('the client page and the next panel ask as well, and one answer is enough', async () => {
    const { page } = await write(' Will post the swatches tomorrow.');
    await sends(page);
    const clients = await given.browser.extensionPage('clients.html');
    await clients.waitForText('Will post the swatches tomorrow');
    const next = await write('');
    await next.panel.waitForText('Keep: due 17 October 2026');
    await next.panel.press('Not a promise');
    await clients.waitFor('no question', () => document.getElementById('promised').hidden);
    const kept = await promisesToCathy(clients);
    assert.ok(kept.every(({ text }) => !text.includes('swatches')));
  });

  test('a mail that is written on was not sent: what it promised is taken back', async () => {
    const { page } = await write(' I will ring you on Tuesday.');
    await sends(page);
    const popup = await given.browser.extensionPage('popup.html');
    await popup.waitForText('I will ring you on Tuesday');
    await page.bringToFront();
    await page.evaluate(() => (document.getElementById('popup').hidden = false));
    await page.click('#popup .editor');
    await page.keyboard.type('Or not. ');
    await popup.waitFor('no question', () => document.getElementById('promised').hidden);
  });

  test('nothing is asked of a mail without promises, or to somebody unknown', async () => {
    const { page } = await write(' Could you send me the logo by Friday?');
    await sends(page);
    const popup = await given.browser.extensionPage('popup.html');
    await popup.waitForText('Cathy Andre');
    await until('all to be read', () =>
      popup.evaluate(() => performance.getEntriesByName('complete').length > 0),
    );
    assert.equal(await popup.evaluate(() => document.getElementById('promised').hidden), true);
  });
});
