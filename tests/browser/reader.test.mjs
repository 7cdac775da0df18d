/**
 * The careful reader in both real browsers, with the small model of `tests/fixtures/reader`: it reads as it
 * does on the command line, the panel waits for it without a fuss, and goes on without it where it must.
 */

import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';

import { builtExtension, launch } from './harness/browser.mjs';
import { NAMES } from './harness/for-both-browsers.mjs';
import { serve } from './harness/static-server.mjs';

const FIXTURES = new URL('../fixtures/reader/', import.meta.url);
const BAD_NEWS = 'Hi Cathy, we missed the 14 May date. The launch moves two weeks.';

let server;
before(async () => {
  server = await serve(new URL('../../extension/demo/mailbox/', import.meta.url));
});
after(() => server.close());

/** Declares tests for both browsers, with the built extension and another model in it. */
function withModel(what, model, declare) {
  for (const name of NAMES) {
    describe(`${what}, ${name}`, () => {
      const given = {};
      let folder;
      before(async () => {
        folder = await mkdtemp(path.join(tmpdir(), 'candor-reader-'));
        await cp(builtExtension(name), folder, { recursive: true });
        await mkdir(path.join(folder, 'model'), { recursive: true });
        await writeFile(path.join(folder, 'model/reader.safetensors'), await model());
        given.browser = await launch(name, { extension: folder });
      });
      afterEach(async () => {
        const errors = await given.browser.errors();
        await given.browser.closePages();
        errors.push(...(await given.browser.errors()));
        assert.deepEqual(errors, [], 'nothing is thrown on a page or in the extension');
      });
      after(async () => {
        await given.browser?.close();
        await rm(folder, { recursive: true, force: true });
      });
      declare(given);
    });
  }
}

/** A new message in the demo mailbox with this text, and the panel beside it. */
async function compose(given, text) {
  const page = await given.browser.open(server.url);
  await page.locator('#new-message').click();
  await write(page, text);
  return { page, panel: await given.browser.panel(page) };
}

function write(page, text) {
  return page.$eval(
    '.editor',
    (editor, text) => {
      editor.textContent = text;
      editor.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    text,
  );
}

/**
 * Runs in the panel: keeps what it says of the careful reading from here on, and how high the heading is then. What
 * is said for a moment only may be gone before a test looks.
 */
function listen() {
  window.said = [];
  const reading = document.getElementById('reading');
  const heading = document.querySelector('.heading');
  new MutationObserver(() => {
    if (reading.textContent !== '') window.said.push([reading.textContent, heading.offsetHeight]);
  }).observe(reading, { childList: true, characterData: true, subtree: true });
}

/** What the panel has said once it has said that it still reads. */
function saysSo(panel) {
  return panel.waitFor('it to say that it still reads', () => window.said.length > 0 && window.said.splice(0));
}

/** Waits until the draft was read with care, or nobody reads it. */
function settled(panel) {
  return panel.waitFor('the draft is read', () => document.getElementById('reading').textContent === '');
}

async function json(name) {
  return JSON.parse(await readFile(new URL(name, FIXTURES), 'utf8'));
}

function assertClose(found, expected, at = 'the reading') {
  if (typeof expected === 'number' && !Number.isInteger(expected)) {
    assert.ok(Math.abs(found - expected) < 1e-5, `${at}: ${found} is not ${expected}`);
  } else if (expected !== null && typeof expected === 'object') {
    assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort(), at);
    for (const key of Object.keys(expected)) assertClose(found[key], expected[key], `${at}.${key}`);
  } else {
    assert.equal(found, expected, at);
  }
}

async function assertReads(given, expected) {
  const extensionPage = await given.browser.extensionPage('clients.html');
  await extensionPage.evaluate((request) => {
    const worker = new Worker('reader.js', { type: 'module' });
    worker.addEventListener('message', ({ data }) => {
      document.documentElement.dataset.answer = JSON.stringify(data);
      worker.terminate();
    });
    worker.postMessage({ id: 7, request });
  }, await json('request.json'));
  const answer = JSON.parse(
    await extensionPage.waitFor('an answer', () => document.documentElement.dataset.answer),
  );
  assert.equal(answer.id, 7);
  assertClose(answer.reading, await json(expected));
}

withModel('the shipped model', () => readFile(new URL('../../train/model/reader.safetensors', import.meta.url)), (given) => {
  test('the Worker reads as the command line does', () => assertReads(given, 'shipped.json'));
});

withModel('a small model', () => readFile(new URL('model.safetensors', FIXTURES)), (given) => {
  test('the Worker reads as the command line does', () => assertReads(given, 'reading.json'));

  test('the panel says that it still reads, and then no more', async () => {
    const { page, panel } = await compose(given, '');
    await panel.waitForText('Nothing written yet.');
    await panel.evaluate(listen);
    await write(page, BAD_NEWS);
    await saysSo(panel);
    await panel.waitForText('Call');
    await settled(panel);
    assert.doesNotMatch(await panel.text(), /quick reader/);
    const height = await panel.evaluate(() => document.querySelector('.heading').offsetHeight);
    await write(page, `${BAD_NEWS} I will call on Tuesday.`);
    assert.deepEqual(await saysSo(panel), [['Reading closely…', height]]);
    await settled(panel);
  });

  test('an empty draft is not read, and a switch turns the reader off while one writes', async () => {
    const { page, panel } = await compose(given, '');
    await panel.waitForText('Nothing written yet.');
    assert.doesNotMatch(await panel.text(), /Reading closely/);
    // Kept once the panel has heard of it, which listens since before.
    const turn = (careful) =>
      panel.evaluate(async (careful) => {
        const heard = new Promise((resolve) => {
          chrome.storage.onChanged.addListener(({ settings }) => settings && resolve());
        });
        await chrome.storage.local.set({ settings: { careful } });
        await heard;
      }, careful);
    await turn(false);
    await write(page, BAD_NEWS);
    await panel.waitForText('Call');
    assert.doesNotMatch(await panel.text(), /Reading closely/);
    await panel.evaluate(listen);
    await turn(true);
    await saysSo(panel);
    await turn(false);
    await settled(panel);
    await turn(true);
    await saysSo(panel);
    await settled(panel);
  });
});

withModel('a broken model', async () => 'no model at all', (given) => {
  test('the quick reader goes on, and the panel says so once', async () => {
    const { page, panel } = await compose(given, BAD_NEWS);
    const text = await panel.waitForText('Only the quick reader reads here');
    assert.match(text, /the file ends after 15 bytes/);
    assert.match(text, /Call/);
    await write(page, `${BAD_NEWS} I will call on Tuesday.`);
    await panel.waitForText('Call');
    await settled(panel);
    assert.equal((await panel.text()).match(/quick reader/g).length, 1);
  });
});
