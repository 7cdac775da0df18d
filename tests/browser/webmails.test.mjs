/**
 * Every webmail that has an adapter, in two languages of its interface: whom the mail goes to, the writer's
 * own words and no others, marks on the right ones, words replaced and taken back by the editor's own undo,
 * and a mail that leaves as if Candor were not there. The pages say where they come from.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { openFinding } from './harness/findings.mjs';
import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { keyboardIn } from './harness/keyboard.mjs';
import { toOwnText } from './harness/own-text.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';
import { WEBMAIL_PAGES, isBegun, webmailPage } from './harness/webmail-pages.mjs';

const EXTENSION = new URL('../../extension/', import.meta.url);

const CATHY = { name: 'Cathy Andre', address: 'cathy@andrelighting.example' };
const DESK = { name: '', address: 'desk@example.org' };
const MARCUS = { name: 'Marcus Okafor', address: 'marcus@okafordental.example' };

/** What is another on some pages: elsewhere the mail goes to Cathy and to the desk. */
const OWN_WAYS = {
  'gmail-2020': { adapter: 'gmail', recipients: [CATHY], prepare: typeRecipient },
  outlook: { recipients: [CATHY, { name: 'Dana of the board', address: '' }] },
};

/** Adapters that know the buttons of their webmail; the others guess. */
const CERTAIN = ['gmail', 'outlook', 'yahoo', 'proton', 'nextcloud', 'sogo', 'snappymail'];

const OWN =
  ' We move to a headless CMS. We hit a small hiccup with the photos, so the launch moves two weeks, to 28 May.';
const TERM = 'headless CMS';
const TWIN = 'content system that is separate from the site visitors see';
const MARKED = [TERM, 'a small hiccup', 'the launch moves two weeks'];

let server;
let scripts;
before(async () => {
  server = await serve(new URL('pages/webmails/', import.meta.url));
  const manifest = JSON.parse(await readFile(new URL('manifest.json', EXTENSION), 'utf8'));
  scripts = manifest.content_scripts
    .flatMap(({ js = [] }) => js)
    .filter((path) => !path.endsWith('/main.js') && !path.endsWith('/sending.js'))
    .map((path) => fileURLToPath(new URL(path, EXTENSION)));
});
after(() => server.close());

forBothBrowsers((given) => {
  before(async () => {
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Add three demo clients');
    await clients.waitForText('3 clients');
    // Quick to answer, and the same in both browsers.
    await clients.evaluate(() => chrome.storage.local.set({ settings: { careful: false, hold: false } }));
    await clients.close();
  });

  async function open(name, language) {
    const page = await given.browser.open(webmailPage(server.url, name, language));
    await isBegun(page);
    await OWN_WAYS[name]?.prepare?.(page);
    return page;
  }

  /** What the adapters make of a page, which they run in as its own scripts would. */
  async function read(page, focused) {
    await loadScripts(page);
    return page.evaluate((focused) => {
      const found = focused ? document.querySelector(focused) : document.body;
      const place = candor.findPlace(found);
      return {
        adapter: place.adapter,
        recipients: place.recipients(),
        sends: place.sends().length,
        isCertain: place.isSendKey !== null,
        hasSubject: place.hasSubject,
        box: place.root.closest('.box').id,
      };
    }, focused);
  }

  async function loadScripts(page) {
    if (await page.evaluate(() => Boolean(globalThis.candor))) return;
    for (const path of scripts) await page.addScriptTag({ path });
  }

  for (const [name, { languages, box }] of Object.entries(WEBMAIL_PAGES)) {
    const { adapter = name, recipients = [CATHY, DESK] } = OWN_WAYS[name] ?? {};

    for (const language of languages) {
      test(`${name}, in “${language}”: read, marked, replaced, undone and sent`, async () => {
        const page = await open(name, language);
        const before = await body(page, box);
        await write(page, box, OWN);
        const written = await body(page, box);
        const panel = await given.browser.panel(page);
        await panel.waitForText('“a small hiccup”');
        await panel.waitForText('About Cathy');
        await until('the words to be marked', async () => holdsAll(await marks(page, box, given), MARKED), {
          seen: async () => JSON.stringify(await marks(page, box, given)),
        });
        for (const words of await marks(page, box, given)) assert.ok(OWN.includes(words), words);
        assert.equal(await body(page, box), written);
        assert.equal(written.replace(OWN, ''), before);

        await openFinding(panel, `“${TERM}” may be unknown to Cathy. Plainly: a ${TWIN}.`);
        await panel.press(`Replace with “${TWIN}”`);
        await panel.waitForText('Replaced.');
        const holds = (wanted) =>
          until('the draft to change', async () => plain(await body(page, box)) === plain(wanted), {
            seen: () => body(page, box),
          });
        await holds(written.replace(TERM, TWIN));
        await keyboardIn(page, `${box} :is(iframe, .editor)`, panel);
        await page.keyboard.down('Control');
        await page.keyboard.press('z');
        await page.keyboard.up('Control');
        await holds(written);

        const { adapter: by, ...seen } = await read(page);
        assert.equal(by, adapter);
        assert.deepEqual(seen.recipients, recipients);
        assert.equal(seen.hasSubject, true);
        assert.equal(seen.sends, 1);
        assert.equal(seen.isCertain, CERTAIN.includes(adapter));

        await page.click(`${box} [data-send]`);
        const sent = await page.evaluate(() => globalThis.sent);
        assert.deepEqual(sent.map(({ by }) => by), ['send']);
        assert.equal(plain(sent[0].body), plain(written));
      });
    }
  }

  test('of two mails in Gmail the one with the focus is judged, and a reply has its own recipients', async () => {
    const page = await open('gmail', 'en');
    await write(page, '#popup', ' We hit a small hiccup, so the launch moves two weeks.');
    const panel = await given.browser.panel(page);
    await panel.waitForText('About Cathy');
    await write(page, '#inline', ' All is well.');
    await panel.waitForText('About Marc');
    await panel.waitFor('the reply alone', () => !document.body.innerText.includes('hiccup'));
    const { box, recipients, sends } = await read(page, '#inline .editor');
    assert.deepEqual({ box, recipients, sends }, { box: 'inline', recipients: [MARCUS], sends: 2 });
    await page.click('#popup .editor');
    await panel.waitForText('About Cathy');
  });

  for (const name of ['proton', 'nextcloud']) {
    test(`${name}: recipients that are folded away are unknown, not guessed`, async () => {
      const page = await open(name, 'en');
      await page.evaluate(() => document.getElementById('folded').classList.remove('folded-away'));
      assert.equal((await read(page)).recipients, null);
      await write(page, '#compose', OWN);
      await (await given.browser.panel(page)).waitForText('The recipients cannot be read here');
    });
  }

  test('what is typed and is no chip yet counts as well', async () => {
    for (const [name, field] of [
      ['gmail', '#popup .anm[name=to] input'],
      ['yahoo', '#message-to-field'],
      ['proton', '[data-testid="composer:to"]'],
      ['nextcloud', '#to'],
      ['sogo', 'md-chips input'],
      ['snappymail', '.emailaddresses input'],
    ]) {
      const page = await open(name, 'en');
      await page.type(field, 'new@example.org');
      const { recipients } = await read(page);
      assert.deepEqual(recipients.map(({ address }) => address).sort(), [CATHY, DESK, { address: 'new@example.org' }].map(({ address }) => address).sort(), name);
    }
  });
});

const holdsAll = (found, wanted) => wanted.every((words) => found.includes(words));

/** Browsers write a space at the end of a line as one that does not break. */
const plain = (html) => html.replaceAll('&nbsp;', ' ').replaceAll('\u00a0', ' ');

async function typeRecipient(page) {
  await page.evaluate(() => {
    document.querySelector('table.GS').closest('.fX').style.display = '';
  });
  await page.type('textarea[name=to]', 'Cathy Andre <cathy@andrelighting.example>');
}

async function write(page, box, text) {
  await toOwnText(page, box);
  await page.keyboard.type(text);
}

function body(page, box) {
  return page.evaluate((box) => {
    const field = document.querySelector(`${box} :is(iframe, .editor)`);
    const editor = field.contentDocument?.body ?? field;
    return editor.value ?? editor.innerHTML;
  }, box);
}

/** The words that are underlined. */
async function marks(page, box, { browser }) {
  const overlaid = await browser.inShadow(page, 'candor-panel', (shadow) =>
    [...shadow.querySelectorAll('mark')].map(({ textContent }) => textContent),
  );
  const painted = await page.evaluate((box) => {
    const field = document.querySelector(`${box} :is(iframe, .editor)`);
    const { CSS } = field.contentWindow ?? window;
    return ['candor-warn', 'candor-hint'].flatMap((name) => [...(CSS.highlights.get(name) ?? [])].map(String));
  }, box);
  return [...overlaid, ...painted];
}
