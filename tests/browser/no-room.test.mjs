/**
 * A browser that has no more room for the notebook, and refuses by itself what is to be written.
 *
 * Firefox is told how much room there is for all sites together. Chromium can be told how much there is for one
 * origin, but not of one that may store without limit: the extension goes without that permission there.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { launch } from './harness/browser.mjs';
import { changedExtension, inManifest } from './harness/changed-extension.mjs';
import { NAMES } from './harness/for-both-browsers.mjs';
import { records } from './harness/notebook.mjs';
import { temporaryFolder } from './harness/owned.mjs';

/** In kilobytes. */
const ROOM = 2048;

for (const name of NAMES) {
  describe(name, () => {
    let browser;
    let folder;
    before(async () => {
      folder = await temporaryFolder('candor-no-room-');
      browser = await (name === 'firefox' ? smallFirefox() : smallChromium(folder.path));
    });
    after(async () => {
      await browser?.close();
      await folder.remove();
    });

    test('what the browser has no room for stays in the form, and less of it can be saved', async () => {
      const page = await browser.extensionPage('clients.html');
      await page.press('Add three demo clients');
      await page.waitForText('3 clients');
      await page.press('Priya Raman Raman Architects');
      await page.fill('Role', 'Owner of a full disk');
      await page.evaluate(fillWithNoise, 'about', 4 * ROOM * 1024);
      await page.press('Save');
      await page.waitForText('This could not be saved: there is no room left on this disk.');
      const typed = (id) => page.evaluate((id) => document.getElementById(id).value, id);
      assert.equal(await typed('role'), 'Owner of a full disk');
      assert.equal((await typed('about')).length, 4 * ROOM * 1024);
      const priya = async () => {
        const clients = await page.evaluate(records, 'clients');
        return clients.find((client) => client.name === 'Priya Raman');
      };
      assert.notEqual((await priya()).role, 'Owner of a full disk', 'none of it was written');

      await page.fill('Who they are', 'Has little room');
      await page.press('Save');
      await page.waitForText('Saved.');
      const { role, about } = await priya();
      assert.deepEqual([role, about], ['Owner of a full disk', 'Has little room']);
      assert.deepEqual(await browser.errors(), []);
    });
  });
}

function smallFirefox() {
  return launch('firefox', { preferences: { 'dom.quotaManager.temporaryStorage.fixedLimit': ROOM } });
}

async function smallChromium(folder) {
  const extension = await changedExtension('chromium', folder, {
    'manifest.json': inManifest((manifest) => {
      manifest.permissions = manifest.permissions.filter((one) => one !== 'unlimitedStorage');
    }),
  });
  const browser = await launch('chromium', { extension });
  // It holds for as long as somebody who asked for it is there.
  const session = await (await browser.puppeteer.newPage()).createCDPSession();
  await session.send('Storage.overrideQuotaForOrigin', { origin: browser.origin, quotaSize: ROOM * 1024 });
  return browser;
}

/**
 * Runs in the client page: fills a field with text that no browser can make smaller.
 *
 * @param {string} id
 * @param {number} length
 */
function fillWithNoise(id, length) {
  const most = 65_536;
  let text = '';
  while (text.length < length) {
    const bytes = crypto.getRandomValues(new Uint8Array(most));
    text += btoa(String.fromCharCode(...bytes));
  }
  document.getElementById(id).value = text.slice(0, length);
}
