/** What the lookup keeps beside the records shows nobody wrong, whatever becomes of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';

/**
 * Runs in an extension page: has its way with everything in the store.
 *
 * @param {string} way `keep`, `put back`, or what is done to each entry
 */
async function handle(way) {
  const database = await new Promise((resolve) => {
    indexedDB.open('candor-notebook').onsuccess = ({ target }) => resolve(target.result);
  });
  const transaction = database.transaction('shelves', 'readwrite');
  const store = transaction.objectStore('shelves');
  const ways = {
    keep: (value, key) => window.kept.set(key, value),
    'put back': (_, key) => store.put(window.kept.get(key), key),
    // Most of a text is letters: one turns into another.
    'flip a bit': (value, key) => {
      if (value.length > 60) store.put(value.map((byte, at) => (at === value.length - 20 ? byte ^ 1 : byte)), key);
    },
    'cut short': (value, key) => value.length && store.put(value.slice(0, value.length / 2), key),
    'lose every other': (_, key) => key % 2 && store.delete(key),
    'lose all but the stamp': (_, key) => key !== 'stamp' && store.delete(key),
    'lose the stamp': (_, key) => key === 'stamp' && store.delete(key),
    // As an older version left them: whole, and with less in them.
    'be of an older form': (value, key) =>
      key === 'stamp' ? store.put({ ...value, form: value.form - 1 }, key) : store.put(window.older.get(key), key),
  };
  if (way === 'keep') window.kept = new Map();
  window.values = new Map();
  const all = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const [keys, values] = await Promise.all([all(store.getAllKeys()), all(store.getAll())]);
  keys.forEach((key, at) => window.values.set(key, values[at]));
  keys.forEach((key, at) => ways[way](values[at], key));
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
}

forBothBrowsers((given) => {
  const open = async () => {
    const popup = await given.browser.extensionPage('popup.html');
    await popup.waitFor('everybody', () => performance.getEntriesByName('complete').length > 0);
    return popup;
  };
  const names = (popup) =>
    popup.evaluate(() => [...document.querySelectorAll('[role=option]')].map((option) => option.children[0].textContent));
  const finds = async (query, expected) => {
    const popup = await open();
    await popup.fill('Look up a client', query);
    await popup.waitFor(
      `${expected} in the list`,
      (expected) =>
        [...document.querySelectorAll('[role=option]')].map((option) => option.children[0].textContent).join() === expected,
      expected,
    );
    await popup.close();
  };
  const isTrue = async () => {
    const popup = await open();
    assert.deepEqual(await names(popup), ['Priya Raman', 'Marcus Okafor', 'Cathy Andre']);
    await popup.close();
    await finds('marcus chicago', 'Marcus Okafor');
    await finds('daughter', 'Cathy Andre');
  };

  test('the rows are there once somebody has looked', async () => {
    const page = await given.browser.extensionPage('clients.html');
    await page.press('Add three demo clients');
    await page.waitForText('3 clients');
    await isTrue();
  });

  for (const way of [
    'flip a bit',
    'cut short',
    'lose every other',
    'lose all but the stamp',
    'lose the stamp',
  ]) {
    test(`rows that were damaged are made anew: ${way}`, async () => {
      const page = await given.browser.extensionPage('options.html');
      await page.evaluate(handle, way);
      await isTrue();
    });
  }

  test('rows of an older form are made anew, though they are whole', async () => {
    const page = await given.browser.extensionPage('options.html');
    await page.evaluate(handle, 'keep');
    // Of nobody: what such rows do not tell is not to be missing from what is found.
    await page.evaluate(() => {
      const none = [...window.kept].find(([key, value]) => key !== 'stamp' && value.length < 60)[1];
      window.older = new Map([...window.kept.keys()].map((key) => [key, none]));
    });
    await page.evaluate(handle, 'be of an older form');
    await isTrue();
    await page.evaluate(() => (window.form = window.kept.get('stamp').form));
    await page.evaluate(handle, 'keep');
    assert.ok(await page.evaluate(() => window.kept.get('stamp').form === window.form));
  });

  test('a client whose rows are damaged can be written about, and is found by it', async () => {
    const popup = await open();
    const page = await given.browser.extensionPage('options.html');
    await page.evaluate(handle, 'flip a bit');
    await popup.fill('Look up a client', 'priya');
    await popup.waitForText('for them');
    await popup.press('Note');
    await popup.fill('Note about Priya Raman, dated today', 'Wears a zeppelin tie');
    await popup.key('Enter');
    await popup.waitForText('Noted.');
    await finds('zeppelin', 'Priya Raman');
  });

  test('rows of an older notebook are not shown in its stead', async () => {
    const page = await given.browser.extensionPage('options.html');
    await page.evaluate(handle, 'keep');
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Marcus Okafor Okafor Dental');
    await clients.fill('Name', 'Mark Okafor-Lee');
    await clients.press('Save');
    await clients.waitForText('Saved.');
    await finds('mark okafor lee', 'Mark Okafor-Lee');
    await page.evaluate(handle, 'put back');
    await finds('okafor', 'Mark Okafor-Lee');
  });
});
