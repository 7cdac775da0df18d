/**
 * A day's work without a network, with 10,000 clients, after the browser was ended and started again: the call card
 * and its log, a promise, its reminder, and who has heard nothing for long.
 */

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';

import { launch } from './harness/browser.mjs';
import { writeCrowd } from './harness/crowd.mjs';
import { NAMES } from './harness/for-both-browsers.mjs';
import { temporaryFolder } from './harness/owned.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';

const SOMEBODY = '00000000-0000-4000-8000-000000004242';

/** Runs in an extension page: one record of the notebook. */
async function record(id) {
  const database = await new Promise((resolve) => {
    indexedDB.open('candor-notebook').onsuccess = ({ target }) => resolve(target.result);
  });
  const found = await new Promise((resolve) => {
    database.transaction('clients').objectStore('clients').get(id).onsuccess = ({ target }) => resolve(target.result);
  });
  database.close();
  return found;
}

for (const name of NAMES) {
  describe(name, () => {
    let profile;
    let browser;
    let server;
    after(async () => {
      await browser?.close();
      await server?.close();
      await profile?.remove();
    });

    const popup = async () => {
      const page = await browser.extensionPage('popup.html');
      await page.waitFor('everybody', () => performance.getEntriesByName('complete').length > 0);
      return page;
    };

    test('calls, promises, reminders and silence need neither a network nor a small notebook', async () => {
      profile = await temporaryFolder('candor-offline-');
      browser = await launch(name, { profile: profile.path });
      const options = await browser.extensionPage('options.html');
      await options.evaluate(() => chrome.storage.local.set({ settings: { hold: false } }));
      await options.evaluate(writeCrowd, 10_000);
      const first = await popup();
      const plan = await first.waitFor('a plan of who hears nothing', async () => {
        const { reminders } = await chrome.storage.local.get('reminders');
        return reminders && Object.keys(reminders.silent).length > 100 && JSON.stringify(reminders);
      });
      assert.ok(plan.length < 50_000, `${plan.length} characters`);
      await browser.close();

      browser = await launch(name, { profile: profile.path });
      server = await serve(new URL('pages/webmails/', import.meta.url));
      const page = await browser.open(`${server.url}gmail.html`);
      await server.close();
      server = undefined;
      const before = await popup();
      const client = await before.evaluate(record, SOMEBODY);
      await before.close();
      await page.bringToFront();
      await page.evaluate(({ name, emails }) => {
        const to = document.querySelector('#popup [name=to] [role=option]');
        to.dataset.name = name;
        to.dataset.hovercardId = emails[0];
        to.textContent = name;
      }, client);
      const gone = await page.evaluate(() => fetch(location.href, { cache: 'no-store' }).then(() => false, () => true));
      assert.equal(gone, true, 'there is no network');

      const called = client.name.split(' ')[0];
      await page.click('#popup .editor');
      await page.evaluate(() => {
        const line = document.querySelector('#popup [data-write]');
        getSelection().collapse(line.firstChild, line.firstChild.length);
      });
      const panel = await browser.panel(page);
      await panel.waitForText(`About ${called}`);
      await page.keyboard.type(' We missed the 14 May date. I will send the new plan tomorrow. ');
      await panel.waitForText(`Call ${called} instead`);
      await panel.waitForText(client.phones[0]);
      await panel.press('What to say');
      await panel.waitForText('I will send the new plan tomorrow.');
      await panel.press('I called');
      await panel.waitForText('The call is noted among your conversations.');
      await page.click('#popup [data-send]');
      assert.equal(await page.evaluate(() => globalThis.sent.length), 1);

      const asking = await popup();
      await asking.waitForText('“I will send the new plan tomorrow”');
      const keep = await asking.evaluate(
        () => [...document.querySelectorAll('#offer-list button')].find((one) => one.textContent.startsWith('Keep')).textContent,
      );
      await asking.press(keep.trim());
      await until('the number on the icon', async () =>
        (await asking.evaluate(() => chrome.action.getBadgeText({}))) === '1',
      );
      const again = await popup();
      await again.waitForText('Promised for tomorrow: I will send the new plan tomorrow');
      await again.waitForText('Heard nothing for long');
      const kept = await asking.evaluate(record, SOMEBODY);
      assert.deepEqual(kept.promises.map(({ text }) => text), ['I will send the new plan tomorrow']);
      assert.equal(kept.contacts.length, client.contacts.length + 1);
      assert.deepEqual(await browser.errors(), []);
    });
  });
}
