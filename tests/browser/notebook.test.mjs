/** The notebook under several pages at once, and when it cannot be opened. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { addNotes, records } from './harness/notebook.mjs';
import { untilCounted } from './harness/wait.mjs';

forBothBrowsers((given) => {
  const open = () => given.browser.extensionPage('clients.html');

  test('forty notes from two pages at once are forty notes and forty journal entries', async () => {
    const one = await open();
    await one.waitForText('Your notebook is empty');
    await one.press('Add three demo clients');
    const other = await open();
    for (const page of [one, other]) {
      await page.waitForText('3 clients');
      await page.press('Marcus Okafor Okafor Dental');
      await page.waitForText('Runs marathons');
    }
    await Promise.all([one.evaluate(addNotes, 'one', 20), other.evaluate(addNotes, 'other', 20)]);
    for (const page of [one, other]) {
      await page.waitForCount('all notes on both pages', 41, () => document.querySelectorAll('#notes li').length);
    }

    const marcus = (await one.evaluate(records, 'clients')).find(({ name }) => name === 'Marcus Okafor');
    const written = new Set(marcus.notes.map(({ text }) => text));
    assert.equal(written.size, 41, 'each note is there once');
    const journal = await one.evaluate(records, 'journal');
    assert.deepEqual(
      journal.map(({ what }) => what),
      [...Array(3).fill('import'), ...Array(40).fill('edit')],
    );
    for (const [at, { number, client, before, after }] of journal.slice(3).entries()) {
      assert.equal(client, marcus.id);
      assert.equal(after.notes.length, before.notes.length + 1, `entry ${number}`);
      assert.equal(after.notes.length, at + 2, 'each change stands on the one before');
    }
  });

  test('what is undone is restored from the journal, which keeps that too', async () => {
    const page = await open();
    await page.waitForText('3 clients');
    const [before] = (await page.evaluate(records, 'clients')).filter(({ name }) => name === 'Priya Raman');
    await page.press('Priya Raman Raman Architects');
    await page.press('Delete');
    await page.press('Delete this client');
    await page.waitForText('2 clients');
    await page.press('Undo');
    await page.waitForText('3 clients');
    const [after] = (await page.evaluate(records, 'clients')).filter(({ name }) => name === 'Priya Raman');
    assert.deepEqual(after, before);
    const last = (await page.evaluate(records, 'journal')).slice(-2);
    assert.deepEqual(last.map(({ what }) => what), ['delete', 'undo']);
    assert.deepEqual(last[0].before, before);
    assert.equal(last[0].after, null);
  });

  test('twenty tabs that write at once lose nothing', async () => {
    const TABS = 20;
    const NOTES = 5;
    const page = await open();
    await page.waitForText('3 clients');
    const find = (all) => all.find(({ name }) => name === 'Cathy Andre');
    const before = find(await page.evaluate(records, 'clients'));
    const tabs = [];
    for (let tab = 0; tab < TABS; tab += 1) {
      const one = await given.browser.extensionPage(`clients.html#${before.id}`);
      await one.waitForText('Cathy Andre');
      tabs.push(one);
    }
    await Promise.all(tabs.map((tab, at) => tab.evaluate(addNotes, `tab ${at} note`, NOTES)));
    const all = before.notes.length + TABS * NOTES;
    await untilCounted(
      'all notes are in the notebook',
      all,
      async () => find(await page.evaluate(records, 'clients')).notes.length,
    );
    const after = find(await page.evaluate(records, 'clients'));
    assert.equal(new Set(after.notes.map(({ text }) => text)).size, all, 'each note is there once');
    const again = await open();
    await again.waitForText('3 clients');
  });

  test('the browser does not clear the notebook away when it wants room', async () => {
    const page = await open();
    await page.waitForText('3 clients');
    // Chromium promises nothing, but spares extensions that may store without limit.
    await (given.name === 'firefox'
      ? page.waitFor('its promise', () => navigator.storage.persisted())
      : page.waitFor('the permission', () => chrome.permissions.contains({ permissions: ['unlimitedStorage'] })));
  });

  test('a page makes way for a newer version and says so; older ones do not take it for empty', async () => {
    const page = await open();
    await page.waitForText('3 clients');
    await page.press('Cathy Andre Andre Lighting');
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          indexedDB.open('candor-notebook', 99).onsuccess = ({ target: { result: database } }) => {
            database.close();
            resolve();
          };
        }),
    );
    await page.fill('Role', 'Owner');
    await page.press('Save');
    await page.waitForText('This could not be saved: another page has updated or restored it; open this page again.');

    for (const name of ['clients.html', 'popup.html']) {
      const refused = await given.browser.extensionPage(name);
      await refused.waitForText(
        'Your notebook cannot be opened: a newer version of Candor wrote it; update Candor in this browser.',
      );
      assert.doesNotMatch(await refused.text(), /empty/);
    }
  });
});
