/**
 * Scripts that the background registers: for a site that no line of the manifest names, and that the user
 * allowed, and for a webmail in a frame of its page. The browser's own question cannot be answered by a test, so
 * the permission comes with the installation here.
 */

import assert from 'node:assert/strict';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';

import { launch } from './harness/browser.mjs';
import { changedExtension, inManifest } from './harness/changed-extension.mjs';
import { NAMES } from './harness/for-both-browsers.mjs';
import { pressIn } from './harness/keyboard.mjs';
import { temporaryFolder } from './harness/owned.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';

const SITE = 'http://127.0.0.1/*';

/** A page that stands for the program of a webmail. */
const FRAME = 'http://127.0.0.1/webmails/icloud.html';

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
    });
    afterEach(() => browser?.close());
    after(() => folder.remove());

    test('a site that the user allowed is read, underlined and judged', async () => {
      const extension = await changedExtension(name, path.join(folder.path, 'allowed'), {
        'manifest.json': allowing((manifest) => {
          for (const script of manifest.content_scripts)
            script.matches = script.matches.filter((one) => one !== SITE);
        }),
      });
      browser = await launch(name, { extension });
      const options = await browser.extensionPage('options.html');
      const registered = await options.waitFor('the site to be registered', async () => {
        const scripts = await chrome.scripting.getRegisteredContentScripts();
        const ofSite = scripts.filter(({ id }) => id.includes('127.0.0.1'));
        return ofSite.length > 0 && ofSite;
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

    test('a webmail in a frame of its page is read there', async () => {
      const extension = await changedExtension(name, path.join(folder.path, 'framed'), {
        'manifest.json': allowing(),
        'background.js': (script) => script.replace('https://www.icloud.com/applications/mail2/*', `${FRAME}*`),
      });
      browser = await launch(name, { extension });
      const options = await browser.extensionPage('options.html');
      await options.waitFor('the frame to be registered', async () => {
        const scripts = await chrome.scripting.getRegisteredContentScripts();
        return scripts.length === 2 && scripts.every(({ allFrames }) => allFrames);
      });
      const page = await browser.open(`${server.url}webmails/icloud-page.html`);
      const app = await (await page.$('#app')).contentFrame();
      const editor = await (await app.$('iframe')).contentFrame();
      await pressIn(editor, '[data-write]');
      // What a press does to the keyboard may be heard of late in a frame.
      const writes = () =>
        editor.evaluate(() => ({
          hasFocus: document.hasFocus(),
          isIn: Boolean(document.querySelector('[data-write]').contains(getSelection().focusNode)),
          active: document.activeElement.localName,
        }));
      await until(
        'the keyboard to be in the editor',
        async () => {
          const { hasFocus, isIn } = await writes();
          return hasFocus && isIn;
        },
        { seen: async () => JSON.stringify(await writes()) },
      );
      await page.keyboard.type(' We hit a small hiccup, so the launch moves two weeks. ');
      await until('the words to be marked', () =>
        editor.evaluate(() => [...(CSS.highlights.get('candor-warn') ?? [])].map(String).includes('a small hiccup')),
      );
      assert.deepEqual(
        await Promise.all([page, app, editor].map((one) => one.evaluate(() => document.querySelectorAll('#candor-panel').length))),
        [0, 1, 0],
      );
      await options.evaluate(() => location.reload());
      await options.waitForText('Reading, as iCloud Mail');
      assert.deepEqual(await browser.errors(), []);
    });
  });
}

/** Gives this machine to the extension's permissions, and changes more. */
function allowing(change = () => undefined) {
  return inManifest((manifest) => {
    manifest.host_permissions = [SITE];
    change(manifest);
  });
}
