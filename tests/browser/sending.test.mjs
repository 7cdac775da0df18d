/**
 * Send, held: what a person presses is stopped once where a call is advised, and the mail leaves once when
 * they say so. What is not known for sure is never held.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { GMAIL_FORMS } from './harness/gmail-forms.mjs';
import { keyboardIn } from './harness/keyboard.mjs';
import { toOwnText } from './harness/own-text.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';
import { isBegun } from './harness/webmail-pages.mjs';

const BAD_NEWS = ' We hit a small hiccup with the photos, so the launch moves two weeks, to 28 May.';

/** The words of it that come last of what Candor marks. */
const LAST = 'the launch moves two weeks';

const CERTAIN = {
  gmail: '#popup',
  outlook: '#compose',
  yahoo: '#compose',
  proton: '#compose',
  nextcloud: '#compose',
  sogo: '#mailEditor',
  snappymail: '#compose',
};

/** A webmail that is only guessed at. */
const GUESSED = { fastmail: '#compose', icloud: '#compose', zoho: '#compose' };

let server;
before(async () => {
  server = await serve(new URL('pages/webmails/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  before(async () => {
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Add three demo clients');
    await clients.waitForText('3 clients');
    await clients.close();
    await settings({ careful: false });
  });

  async function settings(chosen) {
    const options = await given.browser.extensionPage('options.html');
    await options.evaluate((settings) => chrome.storage.local.set({ settings }), chosen);
    await options.close();
  }

  /** A page with bad news in its mail, and a panel that advises a call. */
  async function write(name, box, { prepare, text = BAD_NEWS } = {}) {
    const page = await given.browser.open(`${server.url}${name}.html`);
    await isBegun(page);
    if (prepare) await page.evaluate(prepare);
    await toOwnText(page, box);
    await page.keyboard.type(text);
    const panel = await given.browser.panel(page);
    if (text === BAD_NEWS) {
      await panel.waitForText('A call is advised.');
      await until('the page to know what the panel says', () => isMarked(page, box));
    }
    return { page, panel };
  }

  /** Marks come before the verdict, and both at once. */
  async function isMarked(page, box) {
    const painted = await page.evaluate((box) => {
      const { CSS } = document.querySelector(`${box} :is(iframe, .editor)`).contentWindow ?? window;
      return [...(CSS.highlights.get('candor-warn') ?? [])].map(String);
    }, box);
    const { isShown, overlaid } = await given.browser.inShadow(page, 'candor-panel', (shadow) => ({
      isShown: shadow.querySelector('iframe.shown') !== null,
      overlaid: [...shadow.querySelectorAll('mark')].map((mark) => mark.textContent),
    }));
    return isShown && [...painted, ...overlaid].includes(LAST);
  }

  const sent = (page) => page.evaluate(() => globalThis.sent.map(({ by }) => by));
  const isSent = (page, wanted) =>
    until(`${wanted} to be sent`, async () => (await sent(page)).join() === wanted.join(), {
      seen: async () => (await sent(page)).join(),
    });
  /** The question, with the keyboard on it. */
  const asks = (panel) =>
    panel.waitFor(
      'the question',
      () => document.hasFocus() && document.activeElement.id === 'held' && !document.activeElement.hidden,
    );
  const isQuiet = (panel) => panel.waitFor('no question', () => document.getElementById('held').hidden);

  /** The page has heard of the answer, and has the keyboard. */
  const isBack = (page, panel, box) => keyboardIn(page, `${box} :is(iframe, .editor)`, panel);

  async function press(page, ...keys) {
    const [key, ...held] = keys.reverse();
    for (const one of held) await page.keyboard.down(one);
    await page.keyboard.press(key);
    for (const one of held) await page.keyboard.up(one);
  }

  for (const [name, box] of Object.entries(CERTAIN)) {
    test(`${name}: a click is held, and the mail leaves once when the user says so`, async () => {
      const { page, panel } = await write(name, box);
      const send = `${box} [data-send]`;
      await page.click(send);
      await asks(panel);
      assert.match(await panel.text(), /Not sent yet\. Call Cathy first\?/);
      await page.click(send, { count: 2 });
      await asks(panel);
      assert.deepEqual(await sent(page), []);
      await panel.press('Send anyway');
      await isSent(page, ['send']);
      assert.match(await page.evaluate(() => globalThis.sent[0].body.replaceAll('&nbsp;', ' ')), /to 28 May\./);
    });

    test(`${name}: keys are held in the text and on the button, and the user may write on`, async () => {
      const { page, panel } = await write(name, box);
      await press(page, 'Control', 'Enter');
      await asks(panel);
      await panel.press('Keep writing');
      await isBack(page, panel, box);
      await page.keyboard.type(' So much for now.');
      for (const key of ['Enter', ' ']) {
        await page.focus(`${box} [data-send]`);
        await press(page, key);
        await asks(panel);
        await panel.key('Escape');
        await isQuiet(panel);
        await isBack(page, panel, box);
      }
      assert.deepEqual(await sent(page), []);
      const body = await page.evaluate((box) => {
        const field = document.querySelector(`${box} :is(iframe, .editor)`);
        return field.value ?? (field.contentDocument?.body ?? field).textContent;
      }, box);
      assert.match(body.replaceAll('\u00a0', ' '), /28 May\. So much for now\./);
    });
  }

  test('send and archive is held as well, and that button is pressed in the end', async () => {
    const { page, panel } = await write('gmail', '#inline');
    await page.click('#inline .Uo');
    await asks(panel);
    await panel.press('Send anyway');
    await isSent(page, ['archive']);
  });

  for (const [form, prepare] of Object.entries(GMAIL_FORMS)) {
    test(`gmail, ${form}: a click and the keys are held, and the mail leaves once`, async () => {
      const { page, panel } = await write('gmail', '#popup', { prepare });
      await press(page, 'Control', 'Enter');
      await asks(panel);
      await panel.press('Keep writing');
      await isBack(page, panel, '#popup');
      await page.click('#popup [data-send]');
      await asks(panel);
      assert.deepEqual(await sent(page), []);
      await panel.press('Send anyway');
      await isSent(page, ['send']);
    });
  }

  test('sending at a later hour is held as well, and the menu is pressed in the end', async () => {
    const { page, panel } = await write('gmail-2020', '#compose', { prepare: addressAndOpenMenu });
    await page.click('[selector=scheduledSend]');
    await asks(panel);
    assert.deepEqual(await sent(page), []);
    await panel.press('Send anyway');
    await isSent(page, ['schedule']);
  });

  test('typing instead of answering takes the question away', async () => {
    const { page, panel } = await write('gmail', '#popup');
    await page.click('#popup [data-send]');
    await asks(panel);
    await page.click('#popup [name=subjectbox]');
    await page.keyboard.type('A');
    await isQuiet(panel);
    await page.click('#popup [data-send]');
    await asks(panel);
    assert.deepEqual(await sent(page), []);
  });

  test('calling first keeps the mail, and shows what to say', async () => {
    const { page, panel } = await write('gmail', '#popup', {
      // Nobody whom a number is noted for.
      prepare: () => {
        for (const chip of document.querySelectorAll('#popup [data-hovercard-id]'))
          chip.dataset.hovercardId = 'somebody@example.org';
      },
    });
    await page.click('#popup [data-send]');
    await asks(panel);
    await panel.press('Call first');
    await isQuiet(panel);
    await panel.waitFor('what to say', () => !document.getElementById('talk').hidden);
    assert.deepEqual(await sent(page), []);
  });

  test('one mail is not asked about again when the user wants that', async () => {
    const { page, panel } = await write('gmail', '#popup');
    await page.evaluate(() => (document.getElementById('popup').dataset.stays = ''));
    await page.click('#popup [data-send]');
    await asks(panel);
    await panel.press('Send, and do not ask again in this mail');
    await isSent(page, ['send']);
    await toOwnText(page, '#popup');
    await page.keyboard.type(' We cannot deliver at all, and the budget is gone.');
    await panel.waitForText('cannot deliver');
    await panel.waitForText('A call is advised.');
    await page.click('#popup [data-send]');
    await isSent(page, ['send', 'send']);
  });

  for (const [name, box] of Object.entries(GUESSED)) {
    test(`${name}: where Send is guessed at, nothing is held`, async () => {
      const { page } = await write(name, box);
      await page.click(`${box} [data-send]`);
      await isSent(page, ['send']);
    });
  }

  test('what a script presses is not held', async () => {
    const { page } = await write('gmail', '#popup');
    await page.evaluate(() => document.querySelector('#popup [data-send]').click());
    assert.deepEqual(await sent(page), ['send']);
  });

  test('without a call to advise nothing is held', async () => {
    const { page, panel } = await write('gmail', '#popup', { text: ' All is well with the shop.' });
    await panel.waitForText('About Cathy');
    await page.click('#popup [data-send]');
    await isSent(page, ['send']);
  });

  test('where recipients are unknown nothing is held', async () => {
    const { page } = await write('nextcloud', '#compose', {
      prepare: () => document.getElementById('folded').classList.remove('folded-away'),
    });
    await page.click('#compose [data-send]');
    await isSent(page, ['send']);
  });

  const HIDDEN = {
    'lies over the panel': () => {
      const cover = document.createElement('div');
      const { right } = document.getElementById('popup').getBoundingClientRect();
      cover.style.cssText = `position: fixed; inset: 0 0 0 ${right}px; z-index: 2147483647; background: white`;
      document.documentElement.append(cover);
    },
    'is transparent': () => document.documentElement.style.setProperty('opacity', '0'),
  };
  for (const [what, hide] of Object.entries(HIDDEN)) {
    test(`where the page ${what}, nothing is held`, async () => {
      const { page } = await write('gmail', '#popup');
      await page.evaluate(hide);
      await page.click('#popup [data-send]');
      await isSent(page, ['send']);
    });
  }

  test('it can be turned off', async () => {
    await settings({ careful: false, hold: false });
    const { page } = await write('gmail', '#popup');
    await page.click('#popup [data-send]');
    await isSent(page, ['send']);
    await settings({ careful: false });
  });
});

/** Runs in the page: a recipient, who is asked for there, and Gmail's menu beside Send as it is once it is open. */
function addressAndOpenMenu() {
  document.querySelector('table.GS').closest('.fX').style.display = '';
  document.querySelector('textarea[name=to]').value = 'Cathy Andre <cathy@andrelighting.example>';
  const item = document.querySelector('[selector=scheduledSend]');
  item.dataset.send = 'schedule';
  item.closest('[role=menu]').style.display = 'block';
}
