/**
 * A site that no line of the manifest names, and that the user allowed: Candor reads there as anywhere. The
 * browser's own question cannot be answered by a test, so the permission comes with the installation here.
 */

import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { builtExtension, launch } from './harness/browser.mjs';
import { NAMES } from './harness/for-both-browsers.mjs';
import { temporaryFolder } from './harness/owned.mjs';
import { serve } from './harness/static-server.mjs';

const SITE = 'http://127.0.0.1/*';

let server;
before(async () => {
  server = await serve(new URL('pages/', import.meta.url));
});
after(() => server.close());

for (const name of NAMES) {
  describe(name, () => {
    let browser;
    let folder;
    before(async () => {
      folder = await temporaryFolder('candor-sites-');
      browser = await launch(name, { extension: await allowed(name, folder.path) });
    });
    after(async () => {
      await browser?.close();
      await folder.remove();
    });

    test('a site that the user allowed is read, underlined and judged', async () => {
      const options = await browser.extensionPage('options.html');
      const registered = await options.waitFor('the site to be registered', async () => {
        const scripts = await chrome.scripting.getRegisteredContentScripts();
        return scripts.length > 0 && scripts;
      });
      assert.deepEqual(
        registered.map(({ matches, persistAcrossSessions }) => [matches, persistAcrossSessions]),
        registered.map(() => [[SITE], true]),
      );
      const page = await browser.open(`${server.url}rich.html`);
      await page.type('[name=to]', 'Cathy Andre <cathy@andrelighting.example>');
      await page.click('.editor');
      await page.keyboard.type('We hit a small hiccup, so the launch moves two weeks.');
      const panel = await browser.panel(page);
      await panel.waitForText('“a small hiccup”');
      const style = await page.evaluate(
        () => getComputedStyle(document.querySelector('.editor'), '::highlight(candor-warn)').textDecorationStyle,
      );
      assert.equal(style, 'wavy', 'the styles of underlines are there as well');
      assert.deepEqual(await browser.errors(), []);
    });
  });
}

/** A build whose manifest does not name the site, but has been given it. */
async function allowed(name, folder) {
  const extension = path.join(folder, 'extension');
  await cp(builtExtension(name), extension, { recursive: true });
  const file = path.join(extension, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  for (const script of manifest.content_scripts) script.matches = script.matches.filter((one) => one !== SITE);
  manifest.host_permissions = [SITE];
  await writeFile(file, JSON.stringify(manifest));
  return extension;
}
