/** Restoring a notebook takes nothing away, whoever else has it open and whatever fails meanwhile. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { isCopied, records } from './harness/notebook.mjs';
import { until } from './harness/wait.mjs';

/** Runs in an extension page: loses a record, as browsers do, without a word. */
async function lose(name) {
  const database = await new Promise((resolve) => {
    indexedDB.open('candor-notebook').onsuccess = ({ target }) => resolve(target.result);
  });
  const transaction = database.transaction('clients', 'readwrite');
  const clients = transaction.objectStore('clients');
  clients.getAll().onsuccess = ({ target }) => clients.delete(target.result.find((client) => client.name === name).id);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
}

/** Runs in an extension page: a change as a page writes it that knows nothing of the damage. */
async function writeRole(name, role) {
  const database = await new Promise((resolve) => {
    indexedDB.open('candor-notebook').onsuccess = ({ target }) => resolve(target.result);
  });
  const transaction = database.transaction(['clients', 'journal', 'meta'], 'readwrite');
  const [clients, journal, meta] = ['clients', 'journal', 'meta'].map((store) => transaction.objectStore(store));
  const got = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const holdings = await got(meta.get('notebook'));
  const before = (await got(clients.getAll())).find((client) => client.name === name);
  const after = { ...before, role };
  const number = holdings.generation + 1;
  clients.put(after);
  journal.put({ number, at: new Date().toISOString(), what: 'edit', client: before.id, before, after });
  meta.put({ ...holdings, generation: number }, 'notebook');
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
}

/**
 * Runs in the recovery page: once the notebook is restored and is looked at again, somebody is deleted
 * from it, as by another page, between what is read first and what is read next.
 */
function deleteWhileRead(name) {
  const { getAll } = IDBObjectStore.prototype;
  const fingerprint = (text) =>
    new TextEncoder()
      .encode(text)
      .reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n), 0xcbf29ce484222325n);
  IDBObjectStore.prototype.getAll = function (...range) {
    const request = getAll.apply(this, range);
    if (this.name !== 'clients' || document.getElementById('done').hidden) return request;
    IDBObjectStore.prototype.getAll = getAll;
    const transaction = this.transaction.db.transaction(['clients', 'journal', 'meta'], 'readwrite');
    const [clients, journal, meta] = ['clients', 'journal', 'meta'].map((store) => transaction.objectStore(store));
    clients.getAll().onsuccess = ({ target }) => {
      const before = target.result.find((client) => client.name === name);
      meta.get('notebook').onsuccess = ({ target: { result: holdings } }) => {
        const sum = BigInt(`0x${holdings.checksum}`) - fingerprint(JSON.stringify(before));
        const generation = holdings.generation + 1;
        const checksum = BigInt.asUintN(64, sum).toString(16).padStart(16, '0');
        const at = new Date().toISOString();
        clients.delete(before.id);
        journal.put({ number: generation, at, what: 'delete', client: before.id, before, after: null });
        meta.put({ generation, count: holdings.count - 1, checksum }, 'notebook');
      };
    };
    return request;
  };
}

forBothBrowsers((given) => {
  const open = (page) => given.browser.extensionPage(page);
  const openDamaged = async () => {
    const recovery = await open('recovery.html');
    await recovery.waitForText('Your browser has lost a part of your notebook.');
    await recovery.press('Save what is there');
    return recovery;
  };

  test('a full disk stops a restoration, and nothing is deleted for it', async () => {
    const page = await open('clients.html');
    await page.press('Add three demo clients');
    await page.waitForText('3 clients');
    await page.evaluate(lose, 'Priya Raman');
    const recovery = await openDamaged();
    const journal = await page.evaluate(records, 'journal');
    await recovery.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
    });
    await recovery.press('Restore 3 clients');
    await recovery.waitForText('This did not succeed: there is no room left on this disk.');
    assert.deepEqual(await recovery.evaluate(records, 'journal'), journal);
    assert.equal((await recovery.evaluate(records, 'clients')).length, 2);
  });

  test('what another page has written since is restored with the rest', async () => {
    const recovery = await openDamaged();
    await recovery.evaluate(writeRole, 'Cathy Andre', 'Written meanwhile');
    await recovery.press('Restore 3 clients');
    await recovery.waitForText('Your notebook is whole: 3 clients.');
    const cathy = (await recovery.evaluate(records, 'clients')).find(({ name }) => name === 'Cathy Andre');
    assert.equal(cathy.role, 'Written meanwhile');
  });

  test('a lookup of which records are missing says so, and takes no note', async () => {
    const before = await open('popup.html');
    await before.waitForText('Priya Raman');
    await before.evaluate(lose, 'Priya Raman');
    const popup = await open('popup.html');
    await popup.waitForText('Your notebook cannot be opened: this browser has lost a part of it');
    await popup.waitForText('See what can be restored');
    // A page that was open already, and shows what it has read, has heard of it.
    await before.fill('Look up a client', 'cathy');
    await before.waitForText('Cathy Andre');
    await before.press('Note');
    await before.fill('Note about Cathy Andre, dated today', 'Owns a zeppelin');
    await before.press('Keep');
    await before.waitForText('This could not be saved: this browser has lost a part of it');

    const recovery = await openDamaged();
    await recovery.press('Restore 3 clients');
    await recovery.waitForText('Your notebook is whole: 3 clients.');
    await before.press('Keep');
    await until('the note is written', async () =>
      (await recovery.evaluate(records, 'clients')).some(({ notes }) => notes.some(({ text }) => text === 'Owns a zeppelin')),
    );
  });

  test('a notebook that is written to while it is looked at is whole', async () => {
    const page = await open('clients.html');
    await page.waitForText('3 clients');
    await page.evaluate(lose, 'Marcus Okafor');
    const recovery = await openDamaged();
    await recovery.evaluate(deleteWhileRead, 'Priya Raman');
    await recovery.press('Restore 3 clients');
    await recovery.waitForText('Your notebook is restored.');
    await recovery.waitForText(/Your notebook is whole: [23] clients\./);
    await recovery.waitForText('Priya Raman: deleted');
  });

  test('a copy of which a file cannot be read is no empty copy, and what is kept of it comes back', async () => {
    const page = await open('clients.html');
    await page.waitForText('2 clients');
    await page.waitFor('the second copy is up to date', isCopied);
    const before = await page.evaluate(records, 'clients');
    await page.evaluate(async () => {
      const notebook = await (await navigator.storage.getDirectory()).getDirectoryHandle('notebook');
      const snapshots = await notebook.getDirectoryHandle('snapshots', { create: true });
      await snapshots.getDirectoryHandle('4000000000.json', { create: true });
    });
    await page.evaluate(lose, 'Marcus Okafor');
    const recovery = await openDamaged();
    await recovery.waitForText('The second copy has 2 clients.');
    await recovery.evaluate(() => document.querySelector('details').setAttribute('open', ''));
    await recovery.fill('Type “start anew”; what is there is kept below', 'start anew');
    await recovery.press('Start anew');
    await recovery.waitForText('Your notebook begins anew.');
    await recovery.waitForText('before-starting-anew');
    await recovery.evaluate(() => [...document.querySelectorAll('[data-kept$=anew]')].at(-1).click());
    const [kept] = await until('what is kept is saved', async () => {
      const names = (await readdir(given.browser.downloads)).filter((name) => name.endsWith('before-starting-anew.json'));
      for (const name of names) JSON.parse(await readFile(path.join(given.browser.downloads, name), 'utf8'));
      return names.length > 0 && names;
    });

    const anew = await open('clients.html');
    await anew.waitForText('Your notebook is empty');
    await anew.upload('Import', path.join(given.browser.downloads, kept));
    await anew.press('Import 2 clients');
    await anew.waitForText('2 clients');
    const keys = (clients) => clients.map(({ id }) => id).sort();
    assert.deepEqual(keys(await anew.evaluate(records, 'clients')), keys(before));
    const { copy } = JSON.parse(await readFile(path.join(given.browser.downloads, kept), 'utf8'));
    assert.ok(Object.keys(copy).some((name) => name.startsWith('changes/')), 'the files of the copy are in it');
  });

  test('the history is a press away from the clients', async () => {
    const page = await open('clients.html');
    await page.waitForText('2 clients');
    await page.waitFor('the link', () =>
      [...document.querySelectorAll('a[href="recovery.html"]')].some(
        (link) => link.textContent === 'History' && link.checkVisibility(),
      ),
    );
    const history = await open('recovery.html');
    await history.waitForText('What was changed');
  });

  test('a copy that cannot be looked at is not taken for that of a new user', async () => {
    const page = await open('clients.html');
    await page.waitForText('2 clients');
    // Whoever still writes to it would keep it from being taken away.
    await page.waitFor('the second copy is up to date', isCopied);
    await page.evaluate(async () => {
      await new Promise((resolve) => (indexedDB.deleteDatabase('candor-notebook').onsuccess = resolve));
      const storage = (globalThis.browser ?? globalThis.chrome).storage.local;
      await storage.remove('notebook');
      const origin = await navigator.storage.getDirectory();
      await origin.removeEntry('notebook', { recursive: true });
      await origin.getFileHandle('notebook', { create: true });
    });
    for (const name of ['clients.html', 'popup.html']) {
      const refused = await open(name);
      await refused.waitForText('Your notebook cannot be opened: the browser says');
      assert.doesNotMatch(await refused.text(), /notebook is empty|Add your first client/);
    }
    const recovery = await open('recovery.html');
    await recovery.waitForText('The second copy cannot be read');
  });

  test('a notebook of a newer version is not offered to be restored', async () => {
    const page = await open('options.html');
    await page.evaluate(async () => {
      const opening = indexedDB.open('candor-notebook', 99);
      const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
      database.close();
    });
    const recovery = await open('recovery.html');
    await recovery.waitForText('Your notebook cannot be opened: a newer version of Candor wrote it');
    assert.doesNotMatch(await recovery.text(), /Restore|Start anew/);
  });
});
