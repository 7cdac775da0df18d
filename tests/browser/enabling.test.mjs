/**
 * The button in the popup, pressed in the popup over a site: it takes the site's permission and its scripts away, and
 * asks the browser for them again. What the browser then asks the user no test can answer, so that one step is ours;
 * what follows from a permission is in `sites.test.mjs`.
 *
 * In Chromium alone: Firefox lets no test press anything in a popup.
 */

import assert from 'node:assert/strict';
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { builtExtension, launch } from './harness/browser.mjs';
import { changedExtension, inManifest } from './harness/changed-extension.mjs';
import { NAMES } from './harness/for-both-browsers.mjs';
import { temporaryFolder } from './harness/owned.mjs';
import { until } from './harness/wait.mjs';

const HOST = 'mail.site.example';
const SITE = `https://${HOST}/*`;

if (NAMES.includes('chromium')) {
  let folder;
  let browser;
  before(async () => {
    folder = await temporaryFolder('candor-enabling-');
    browser = await launchAllowed(folder.path);
  });
  after(async () => {
    await browser?.close();
    await folder.remove();
  });

  test('a site is turned off, and asked for, by the button in the popup', async () => {
    const page = await browser.open('about:blank');
    await answer(page, new URL('pages/rich.html', import.meta.url));
    await page.goto(`https://${HOST}/`);
    const popup = await openPopup(page);

    await says(popup, `Active on ${HOST}.`);
    await until('its scripts to be there', async () => (await scriptsOfSite(popup)).length > 0);
    await popup.click('#site-turn');
    await says(popup, `Not active on ${HOST}.`);
    await until('its scripts to be taken away', async () => (await scriptsOfSite(popup)).length === 0);

    await popup.evaluate(() => {
      chrome.permissions.request = async (wanted) => {
        globalThis.asked = { wanted, isPress: navigator.userActivation.isActive };
        return true;
      };
    });
    await popup.click('#site-turn');
    await says(popup, `Active on ${HOST} once its page is loaded anew.`);
    assert.deepEqual(await popup.evaluate(() => globalThis.asked), { wanted: { origins: [SITE] }, isPress: true });
    assert.deepEqual(await browser.errors(), []);
  });
}

/** With the extension as it is built, after one that had the site's permission from its installation. */
async function launchAllowed(folder) {
  const extension = await changedExtension('chromium', path.join(folder, 'extension'), {
    'manifest.json': inManifest((manifest) => manifest.host_permissions.push(SITE)),
  });
  const browser = await launch('chromium', { extension });
  await copyFile(path.join(builtExtension('chromium'), 'manifest.json'), path.join(extension, 'manifest.json'));
  await browser.puppeteer.installExtension(extension);
  return browser;
}

/** Answers for a site that there is not. */
async function answer(page, file) {
  const body = await readFile(file, 'utf8');
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const { host } = new URL(request.url());
    if (host === HOST) request.respond({ contentType: 'text/html; charset=utf-8', body });
    else request.continue();
  });
}

/** @returns {Promise<import('puppeteer-core').Page>} the popup, as if the extension's button had been pressed */
async function openPopup(page) {
  const extension = [...(await page.browser().extensions()).values()].find(({ name }) => name === 'Candor');
  await page.bringToFront();
  await page.triggerExtensionAction(extension);
  const target = await page.browser().waitForTarget((one) => one.url().endsWith('/popup.html'));
  return target.asPage();
}

function says(popup, words) {
  const said = () => popup.$eval('#site-state', ({ textContent }) => textContent);
  return until(`“${words}” in the popup`, async () => (await said()) === words, { seen: said });
}

function scriptsOfSite(popup) {
  return popup.evaluate(
    async (site) => {
      const scripts = await chrome.scripting.getRegisteredContentScripts();
      return scripts.filter(({ matches }) => matches.includes(site));
    },
    SITE,
  );
}
