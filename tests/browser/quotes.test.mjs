/**
 * What the content script reads of replies and forwarded mails as webmails and mail programs write them. What
 * of it is the writer's own is then the core's to tell: `tests/quotes.rs` goes on from the same readings.
 *
 * `CANDOR_UPDATE=1` writes the readings anew.
 */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';

const FOLDER = new URL('../corpus/quotes/', import.meta.url);
const READINGS = new URL('readings.json', FOLDER);
const SCRIPTS = ['namespace', 'text'].map(
  (name) => new URL(`../../extension/content/${name}.js`, import.meta.url).pathname,
);

forBothBrowsers(
  (given) => {
    test('quotes and signatures of each mail program are read as context', async () => {
      const page = await given.browser.open('about:blank');
      for (const path of SCRIPTS) await page.addScriptTag({ path });
      const found = {};
      for (const name of readdirSync(FOLDER).filter((name) => name.endsWith('.html'))) {
        const html = readFileSync(new URL(name, FOLDER), 'utf8');
        found[name] = await page.evaluate(read, html);
      }
      if (process.env.CANDOR_UPDATE) writeFileSync(READINGS, `${JSON.stringify(found, null, 2)}\n`);
      assert.deepEqual(found, JSON.parse(readFileSync(READINGS, 'utf8')));
    });
  },
  { extension: null },
);

function read(html) {
  document.body.innerHTML = `<div id="editor">${html}</div>`;
  const { text, context } = candor.text.read(document.getElementById('editor'));
  return { text, context };
}
