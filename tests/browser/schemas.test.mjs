/** A notebook of every schema that was ever shipped opens, with all that is in it. */

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { describe, test } from 'node:test';

import { launch } from './harness/browser.mjs';
import { NAMES } from './harness/for-both-browsers.mjs';
import { records } from './harness/notebook.mjs';

const FIXTURES = new URL('../fixtures/notebook/', import.meta.url);

/** Runs in an extension page that does not open the notebook: makes one as an older version left it. */
function make({ version, stores }) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('candor-notebook', version);
    opening.onupgradeneeded = () => {
      for (const [name, { options, records, keys }] of Object.entries(stores)) {
        const store = opening.result.createObjectStore(name, options);
        records.forEach((record, at) => {
          const value = record.utf8 === undefined ? record : new TextEncoder().encode(record.utf8);
          return keys ? store.put(value, keys[at]) : store.put(value);
        });
      }
    };
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      opening.result.close();
      resolve();
    };
  });
}

const names = (await readdir(FIXTURES)).filter((name) => /^schema-\d+\.json$/.test(name));
const newest = Math.max(...names.map((name) => Number(name.match(/\d+/))));

for (const browserName of NAMES) {
  describe(browserName, () => {
    for (const name of names) {
      test(`a notebook of ${name} opens whole, is changed, and keeps what nobody knows`, async () => {
        const fixture = JSON.parse(await readFile(new URL(name, FIXTURES), 'utf8'));
        const browser = await launch(browserName);
        try {
          const maker = await browser.extensionPage('options.html');
          await maker.evaluate(make, fixture);

          const popup = await browser.extensionPage('popup.html');
          await popup.fill('Look up a client', 'daughter college');
          await popup.waitForText('Cathy Andre');

          const page = await browser.extensionPage('clients.html');
          await page.waitForText('2 clients');
          await page.press('Cathy Andre Andre Lighting');
          await page.waitForText('Her daughter starts college');
          await page.fill('Role', 'Founder');
          await page.press('Save');
          await page.waitForText('Saved.');
          await popup.fill('Look up a client', 'founder');
          await popup.waitForText('Role: Founder');
          const clients = await page.evaluate(records, 'clients');
          const [cathy] = clients.filter(({ name }) => name === 'Cathy Andre');
          assert.equal(cathy.role, 'Founder');
          assert.equal(cathy.birthday, '04-21');
          assert.deepEqual(cathy.pets, [{ name: 'Rex' }]);

          // Its addresses are known to be taken, whatever their case.
          await page.press('New client');
          await page.fill('Name', 'Somebody else');
          await page.fill('Email addresses', 'CATHY@andre-lighting.example');
          await page.press('Save');
          await page.waitForText('is in the notebook already, as Cathy Andre');
          await page.evaluate(() => document.getElementById('form').reset());

          const recovery = await browser.extensionPage('recovery.html');
          await recovery.waitForText('Your notebook is whole: 2 clients.');
          await recovery.waitForText('Zoë O’Brien: added');
          if (fixture.version < newest) {
            await recovery.waitForText(`Save before-schema-${fixture.version + 1}`);
          }
          assert.deepEqual(await browser.errors(), []);
        } finally {
          await browser.close();
        }
      });
    }
  });
}
