/** One notebook, open in many places: each shows what the others change, and markup in it stays text. */

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { temporaryFolder } from './harness/owned.mjs';
import { serve } from './harness/static-server.mjs';

const MARKUP = `<img src=x onerror="window.executed=1"><script>window.executed=1</script>`;

let server;
let folder;
before(async () => {
  server = await serve(new URL('../../extension/demo/mailbox/', import.meta.url));
  folder = await temporaryFolder('candor-together-');
});
after(() => Promise.all([server.close(), folder.remove()]));

/** A record with markup in every field that holds words. */
async function markedUp() {
  const [whole] = JSON.parse(await readFile(new URL('../fixtures/clients/whole.json', import.meta.url), 'utf8'));
  const exact = ['id', 'emails', 'domains', 'timezone', 'born', 'day', 'date', 'made', 'due', 'kind', 'relation'];
  const mark = (value, key) => {
    if (exact.includes(key)) return value;
    if (typeof value === 'string') return `${key} ${MARKUP}`;
    if (Array.isArray(value)) return value.map((one) => mark(one, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mark(inner, key)]));
  };
  return mark(whole, '');
}

/** Runs in a document: what of the markup became more than text. */
function executed() {
  return [window.executed, document.images.length, document.querySelectorAll('[onerror], body script').length];
}

forBothBrowsers((given) => {
  /** A mail to somebody in the demo mailbox, and the panel beside it. */
  async function compose(to) {
    const page = await given.browser.open(server.url);
    await page.locator('#new-message').click();
    await page.locator('input[name=to]').fill(to);
    await page.$eval('.editor', (editor) => {
      editor.textContent = 'All is on track for Tuesday.';
      editor.dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    return given.browser.panel(page);
  }

  test('a change made anywhere shows everywhere at once', async () => {
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Add three demo clients');
    await clients.waitForText('3 clients');
    await clients.press('Cathy Andre Andre Lighting');
    const one = await compose('cathy@andrelighting.example');
    const other = await compose('cathy@andrelighting.example');
    const popup = await given.browser.extensionPage('popup.html');
    await popup.waitForText('Cathy Andre');
    await popup.fill('Look up a client', 'zeppelin');
    await popup.waitForText('Nobody by “zeppelin”.');
    // Chromium lays out no result in a tab that is behind another, so what the popup holds is asked for there.
    const holds = (words) =>
      popup.waitFor(words, (words) => document.getElementById('results').textContent.includes(words), words);
    const shows = (words) =>
      Promise.all([...[clients, one, other].map((page) => page.waitForText(words)), holds(words)]);

    await one.waitForText('About Cathy');
    await one.fill('A note about Cathy', 'Flew in a zeppelin');
    await one.key('Enter');
    await shows('Flew in a zeppelin');

    await popup.press('Note');
    await popup.fill('Note about Cathy Andre, dated today', 'Owns a zeppelin umbrella');
    await popup.key('Enter');
    await Promise.all([clients, one, other].map((page) => page.waitForText('Owns a zeppelin umbrella')));

    await clients.fill('Called', 'Cat');
    await clients.press('Save');
    await Promise.all([one, other].map((panel) => panel.waitForText('About Cat')));
    await popup.fill('Look up a client', '');
    await clients.press('Remove “Owns a zeppelin umbrella”');
    for (const panel of [one, other]) {
      await panel.waitFor('the newest note is gone', () => !document.body.textContent.includes('umbrella'));
    }
    await popup.fill('Look up a client', 'zeppelin umbrella');
    await popup.waitForText('Nobody by “zeppelin umbrella”.');
    await clients.press('Undo');
    await shows('Owns a zeppelin umbrella');
  });

  test('markup in every field stays text: in the preview, the card, the popup and the panel', async () => {
    const record = await markedUp();
    const file = path.join(folder.path, 'marked-up.json');
    const backup = { format: 'candor-backup', version: 1, made: MARKUP, by: MARKUP, sha256: '', clients: [record] };
    await writeFile(file, JSON.stringify(backup));

    const clients = await given.browser.extensionPage('clients.html');
    await clients.waitForText('3 clients');
    await clients.upload('Import', file);
    await clients.waitForText('The checksum is wrong');
    await clients.waitForText(record.name);
    assert.deepEqual(await clients.evaluate(executed), [null, 0, 0]);
    await clients.press('Import 1 client');
    await clients.waitForText('4 clients');
    await clients.press(`${record.name} ${record.company}`);
    await clients.waitFor('the card', (name) => document.getElementById('heading').textContent === name, record.name);
    await clients.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
    assert.deepEqual(await clients.evaluate(executed), [null, 0, 0]);

    const popup = await given.browser.extensionPage('popup.html');
    await popup.waitForText('Cathy Andre');
    for (const query of ['img onerror', 'interests script', 'topic executed']) {
      await popup.fill('Look up a client', query);
      await popup.waitForText(record.name);
      assert.deepEqual(await popup.evaluate(executed), [null, 0, 0]);
    }

    for (const to of ['anna@foundation.example', 'somebody@foundation.example']) {
      const panel = await compose(to);
      await panel.waitForText(to.startsWith('anna') ? 'Personal (' : record.company);
      await panel.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
      assert.deepEqual(await panel.evaluate(executed), [null, 0, 0]);
    }
  });
});
