/**
 * What becomes of the notebook when its browser is killed, or loses a part of it.
 *
 * A browser says nothing of a database that it has lost, so each test damages the files of a real
 * profile between two starts and looks at what the pages make of it.
 */

import assert from 'node:assert/strict';
import { open, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';

import { NAMES } from './harness/for-both-browsers.mjs';
import { addNotes, isCopied } from './harness/notebook.mjs';
import { keepProfile } from './harness/profile.mjs';
import { until } from './harness/wait.mjs';

const DAMAGES = {
  chromium: {
    'one of its tables is deleted': async (files) => {
      const tables = files.filter((file) => /\.(ldb|log)$/.test(file));
      await Promise.all(tables.map((file) => rm(file)));
    },
    'its CURRENT is deleted': (files) => rm(files.find((file) => file.endsWith('/CURRENT'))),
    'bytes of it are flipped': async (files) => {
      for (const file of files.filter((file) => /\.(ldb|log)$|MANIFEST/.test(file))) {
        const bytes = await readFile(file);
        await writeFile(file, bytes.map((byte, at) => (at % 7 ? byte : ~byte)));
      }
    },
    'all of it is deleted': (files) => rm(path.dirname(files[0]), { recursive: true }),
  },
  firefox: {
    'its header is overwritten': async (files) => {
      await withoutLogs(files);
      for (const file of databases(files)) await overwrite(file, 0, Buffer.alloc(100, 0x58));
    },
    'it is truncated': async (files) => {
      await withoutLogs(files);
      for (const file of databases(files)) await truncate(file, 0);
    },
    'its pages are zeroed': async (files) => {
      await withoutLogs(files);
      for (const file of databases(files)) {
        const { length } = await readFile(file);
        await overwrite(file, 4096, Buffer.alloc(Math.max(length - 4096, 0)));
      }
    },
    'all of it is deleted': (files) => Promise.all(files.map((file) => rm(file))),
  },
};

const databases = (files) => files.filter((file) => file.endsWith('.sqlite'));

const withoutLogs = (files) =>
  Promise.all(files.filter((file) => /-(wal|shm)$/.test(file)).map((file) => rm(file)));

async function overwrite(file, position, bytes) {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, position);
  await handle.close();
}

/** Runs in the client page: the notes that it shows, which are those that were acknowledged. */
function shownNotes() {
  return [...document.querySelectorAll('#notes [data-part=text]')].map((note) => note.textContent);
}

async function withProfile(name, work) {
  const profile = await keepProfile(name);
  const browsers = [];
  const start = async () => {
    const browser = await profile.launch();
    browsers.push(browser);
    return browser;
  };
  try {
    await work(profile, start);
  } finally {
    await Promise.all(browsers.map((browser) => browser.kill().catch(() => undefined)));
    await profile.remove();
  }
}

/** Three clients, one of them edited and one deleted, all of it in the second copy too. */
async function fill(browser) {
  const page = await browser.extensionPage('clients.html');
  await page.waitForText('Your notebook is empty');
  await page.press('Add three demo clients');
  await page.waitForText('3 clients');
  await page.press('Marcus Okafor Okafor Dental');
  await page.waitForText('Runs marathons');
  await page.fill('Role', 'Senior partner');
  await page.press('Save');
  await page.waitForText('Saved.');
  await page.press('Priya Raman Raman Architects');
  await page.press('Delete');
  await page.press('Delete this client');
  await page.waitForText('2 clients');
  await page.waitFor('the second copy is up to date', isCopied);
}

/** The backup that was saved into a folder; fails while there is none, or not all of it. */
async function backup(folder) {
  const [name] = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const file = path.join(folder, name);
  return { file, ...JSON.parse(await readFile(file, 'utf8')) };
}

/** Whether the browser has mended the damage itself; then the notebook is whole. */
async function opens(browser) {
  const page = await browser.extensionPage('clients.html');
  const text = await page.waitForText(/2 clients|cannot be opened/);
  if (text.includes('cannot be opened')) return false;
  const recovery = await browser.extensionPage('recovery.html');
  await recovery.waitForText('Your notebook is whole: 2 clients.');
  await page.press('Marcus Okafor Okafor Dental');
  await page.waitForText('Runs marathons');
  assert.equal(await page.evaluate(() => document.getElementById('role').value), 'Senior partner');
  return true;
}

/** Neither page takes what is lost for a new user's notebook. */
async function refuses(browser) {
  for (const name of ['clients.html', 'popup.html']) {
    const page = await browser.extensionPage(name);
    await page.waitForText('Your notebook cannot be opened');
    assert.match(await page.text(), /See what can be restored/);
    assert.doesNotMatch(await page.text(), /notebook is empty|Add your first client/);
  }
}

for (const name of NAMES) {
  describe(name, () => {
    for (const [what, damage] of Object.entries(DAMAGES[name])) {
      test(`a notebook is restored when ${what}`, (t) =>
        withProfile(name, async (profile, start) => {
          const before = await start();
          await fill(before);
          await before.close();
          const files = await profile.files('notebook');
          assert.ok(files.length > 0, 'the profile has a notebook');
          await damage(files);

          const browser = await start();
          if (await opens(browser)) {
            t.diagnostic(`${name} has mended it`);
            return;
          }
          await refuses(browser);
          const recovery = await browser.extensionPage('recovery.html');
          await recovery.waitForText('All of it can be restored, as it was written last.');
          assert.match(await recovery.text(), /Your notebook held 2 clients/);
          await recovery.press('Save what is there');
          const saved = await until('what is there is saved', () => backup(browser.downloads));
          assert.deepEqual(saved.clients.map(({ name }) => name).sort(), ['Cathy Andre', 'Marcus Okafor']);
          await recovery.press('Restore 2 clients');
          await recovery.waitForText('Your notebook is whole: 2 clients.');

          const clients = await browser.extensionPage('clients.html');
          await clients.waitForText('2 clients');
          await clients.press('Marcus Okafor Okafor Dental');
          await clients.waitForText('Runs marathons');
          assert.equal(await clients.evaluate(() => document.getElementById('role').value), 'Senior partner');
          const popup = await browser.extensionPage('popup.html');
          await popup.fill('Look up a client', 'senior partner');
          await popup.waitForText('Marcus Okafor');
          await popup.fill('Look up a client', 'priya');
          await popup.waitForText('Nobody by “priya”.');

          // What was saved is a backup like any other.
          await clients.upload('Import', saved.file);
          await clients.waitForText('2 clients are in your notebook just so.');
          await clients.press('Cancel');
          await clients.press('Marcus Okafor Okafor Dental');
          await clients.fill('Role', 'Owner');
          await clients.press('Save');
          await clients.waitForText('Saved.');
          assert.deepEqual(await browser.errors(), []);
        }));
    }

    test('a notebook is restored from its copy alone, when database and settings are lost together', () =>
      withProfile(name, async (profile, start) => {
        const before = await start();
        await fill(before);
        await before.close();
        for (const what of ['notebook', 'settings']) {
          await Promise.all((await profile.files(what)).map((file) => rm(file)));
        }

        const browser = await start();
        await refuses(browser);
        const recovery = await browser.extensionPage('recovery.html');
        await recovery.waitForText('It is not known how much your notebook held.');
        await recovery.press('Save what is there');
        await recovery.press('Restore 2 clients');
        await recovery.waitForText('Your notebook is whole: 2 clients.');
        const clients = await browser.extensionPage('clients.html');
        await clients.waitForText('2 clients');
      }));

    test('a notebook of which nothing is left is said to be lost, and begins anew only when asked to', () =>
      withProfile(name, async (profile, start) => {
        const before = await start();
        await fill(before);
        await before.close();
        for (const what of ['notebook', 'copy']) {
          await Promise.all((await profile.files(what)).map((file) => rm(file)));
        }

        const browser = await start();
        await refuses(browser);
        const recovery = await browser.extensionPage('recovery.html');
        await recovery.waitForText('Your notebook held 2 clients.');
        await recovery.waitForText('0 clients can be restored.');
        await recovery.evaluate(() => document.querySelector('details').setAttribute('open', ''));
        await recovery.fill('Type “start anew”; what is there is kept below', 'start anew');
        await recovery.press('Start anew');
        await recovery.waitForText('Your notebook begins anew.');
        await recovery.waitForText('before-starting-anew');
        const clients = await browser.extensionPage('clients.html');
        await clients.waitForText('Your notebook is empty');
      }));

    test('many files of changes become one snapshot, which brings back as much', () =>
      withProfile(name, async (profile, start) => {
        const before = await start();
        await fill(before);
        const page = await before.extensionPage('clients.html');
        await page.evaluate(async (files) => {
          const notebook = await (await navigator.storage.getDirectory()).getDirectoryHandle('notebook');
          const changes = await notebook.getDirectoryHandle('changes');
          for (let number = 0; number < files; number += 1) {
            await changes.getFileHandle(`empty-${number}`, { create: true });
          }
        }, 64);
        const tidying = await before.extensionPage('clients.html');
        await tidying.waitFor('a snapshot', async () => {
          const notebook = await (await navigator.storage.getDirectory()).getDirectoryHandle('notebook');
          const snapshots = await notebook.getDirectoryHandle('snapshots');
          for await (const name of snapshots.keys()) {
            const file = await (await snapshots.getFileHandle(name)).getFile();
            if (file.size > 0) return true;
          }
          return false;
        });
        await page.evaluate(async () => {
          const notebook = await (await navigator.storage.getDirectory()).getDirectoryHandle('notebook');
          await notebook.removeEntry('changes', { recursive: true });
        });
        await before.close();
        await Promise.all((await profile.files('notebook')).map((file) => rm(file)));

        const browser = await start();
        await refuses(browser);
        const recovery = await browser.extensionPage('recovery.html');
        await recovery.waitForText('All of it can be restored, as it was written last.');
      }));

    test('everything is undone, change by change, back to the empty notebook', () =>
      withProfile(name, async (_, start) => {
        const browser = await start();
        await fill(browser);
        const page = await browser.extensionPage('clients.html');
        await page.waitForText('2 clients');
        const recovery = await browser.extensionPage('recovery.html');
        await recovery.waitForText('Your notebook is whole: 2 clients.');
        for (const undone of [
          'Priya Raman: deleted today, taken back',
          'Marcus Okafor: changed today, taken back',
          'Priya Raman and 2 more: imported today, taken back',
        ]) {
          await recovery.press('Undo the last change');
          await recovery.waitForText(undone);
        }
        await recovery.waitFor('nothing is left to undo', () => document.getElementById('undo').hidden);
        await page.waitForText('Your notebook is empty');
        assert.deepEqual(await browser.errors(), []);
      }));

    for (const [what, damage] of Object.entries(DAMAGES[name])) {
      test(`lost settings are no lost notebook: ${what}`, () =>
        withProfile(name, async (profile, start) => {
          const before = await start();
          await fill(before);
          await before.close();
          const files = await profile.files('settings');
          assert.ok(files.length > 0, 'the profile has settings');
          await damage(files);
          const browser = await start();
          const clients = await browser.extensionPage('clients.html');
          await clients.waitForText('2 clients');
          await clients.press('Marcus Okafor Okafor Dental');
          await clients.fill('Role', 'Owner');
          await clients.press('Save');
          await clients.waitForText('Saved.');
          const again = await browser.extensionPage('clients.html');
          await again.waitForText('2 clients');
        }));
    }

    test('a browser killed in the middle of a thousand writes has lost none that it acknowledged', () =>
      withProfile(name, async (_, start) => {
        const before = await start();
        const page = await before.extensionPage('clients.html');
        await page.waitForText('Your notebook is empty');
        await page.press('Add three demo clients');
        await page.waitForText('3 clients');
        await page.press('Marcus Okafor Okafor Dental');
        await page.waitForText('Runs marathons');
        await page.evaluate(addNotes, 'note', 1000);
        await page.waitForCount('many of them are written', 100, () => document.querySelectorAll('#notes li').length);
        const acknowledged = await page.evaluate(shownNotes);
        await before.kill();

        const browser = await start();
        const again = await browser.extensionPage('clients.html');
        await again.waitForText('3 clients');
        await again.press('Marcus Okafor Okafor Dental');
        await again.waitForText('Runs marathons');
        const notes = new Set(await again.evaluate(shownNotes));
        assert.ok(acknowledged.length >= 100);
        assert.deepEqual(acknowledged.filter((note) => !notes.has(note)), []);
      }));
  });
}
