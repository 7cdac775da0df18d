/**
 * Two hundred presses of Send in a real Roundcube, in every way there is, on mails that Candor holds: what
 * was meant to be sent arrives once, and what was not does not arrive.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { RICH_EDITOR, SEND, composeAddress, logIn, send, write } from '../webmail/roundcube-composing.mjs';
import { startRoundcube } from '../webmail/roundcube.mjs';
import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { keyboardIn } from './harness/keyboard.mjs';
import { until } from './harness/wait.mjs';

const MAILS = 20;
const PRESSES = 200;
const LAST = 'The last one';

const CLIENT = 'Cathy Andre <cathy@andrelighting.example>';
const BAD_NEWS = 'We hit a small hiccup with the photos, so the launch moves two weeks, to 28 May.';

/** The words of it that come last of what Candor marks. */
const LAST_WORDS = 'the launch moves two weeks';

describe('Roundcube', () => {
  let roundcube;
  before(async () => {
    roundcube = await startRoundcube({ editor: 'rich' });
  });
  after(() => roundcube?.stop());

  forBothBrowsers((given) => {
    before(async () => {
      const clients = await given.browser.extensionPage('clients.html');
      await clients.press('Add three demo clients');
      await clients.waitForText('3 clients');
      await clients.evaluate(() => chrome.storage.local.set({ settings: { careful: false } }));
      await clients.close();
    });

    test(`of ${PRESSES} presses each mail that was meant to be sent arrives once, and no other`, async () => {
      roundcube.sink.forget();
      let presses = 0;
      const meant = [];
      for (let number = 0; number < MAILS; number += 1) {
        const subject = `Mail ${number}`;
        const { page, panel } = await compose(subject, BAD_NEWS);
        await panel.waitForText('A call is advised.');
        await until('the page to know what the panel says', () => page.evaluate(isMarked, RICH_EDITOR, LAST_WORDS));
        for (const { ways, answer } of rounds(number)) {
          for (const way of ways) presses += await PRESS[way](page);
          await asks(panel);
          await ANSWER[answer](page, panel);
          if (answer === 'send' || answer === 'never') {
            await page.waitForSelector('#compose-subject', { hidden: true });
            meant.push(subject);
          }
        }
        await page.close();
      }
      assert.equal(presses, PRESSES);

      const { page } = await compose(LAST, 'All is well with the shop.');
      await send(page);
      assert.deepEqual(await arrived(), [...meant, LAST]);
    });

    async function compose(subject, body) {
      const page = await given.browser.open(composeAddress(roundcube, { to: CLIENT }));
      if (await page.$('#rcmloginuser')) await logIn(page, roundcube);
      await page.waitForSelector('#compose-subject');
      await write(page, roundcube, { subject, body });
      const panel = await given.browser.panel(page);
      await panel.waitForText('About Cathy');
      return { page, panel };
    }

    /** The subjects of what has arrived until the last mail did. */
    async function arrived() {
      const subjects = [];
      while (subjects.at(-1) !== LAST) {
        const { bytes } = await roundcube.sink.next();
        subjects.push(bytes.toString('latin1').match(/^Subject: (.+)\r$/m)[1]);
      }
      return subjects;
    }
  });
});

/** Half of the mails are sent in the end. Ten presses each. */
function rounds(number) {
  const last = { 0: 'send', 1: 'write', 2: 'never', 3: 'escape' }[number % 4];
  return [
    { ways: ['click', 'twice', 'click'], answer: number % 2 ? 'type' : 'write' },
    { ways: ['enter', 'space', 'enter'], answer: 'escape' },
    { ways: ['shortcut', 'shortcut in the text', 'click'], answer: last },
  ];
}

/** Each way to press Send, and how many presses it counts for. */
const PRESS = {
  async click(page) {
    await page.click(SEND);
    return 1;
  },
  async twice(page) {
    await page.click(SEND, { count: 2 });
    return 2;
  },
  async enter(page) {
    await page.focus(SEND);
    await page.keyboard.press('Enter');
    return 1;
  },
  async space(page) {
    await page.focus(SEND);
    await page.keyboard.press(' ');
    return 1;
  },
  async shortcut(page) {
    await page.focus('#compose-subject');
    return controlEnter(page);
  },
  async 'shortcut in the text'(page) {
    const frame = await (await page.$(RICH_EDITOR)).contentFrame();
    await frame.focus('body');
    return controlEnter(page);
  },
};

async function controlEnter(page) {
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  return 1;
}

const ANSWER = {
  send: (page, panel) => panel.press('Send anyway'),
  never: (page, panel) => panel.press('Send, and do not ask again in this mail'),
  async write(page, panel) {
    await panel.press('Keep writing');
    await isBack(page, panel);
  },
  async escape(page, panel) {
    await panel.key('Escape');
    await isBack(page, panel);
  },
  async type(page, panel) {
    await page.focus('#compose-subject');
    await page.keyboard.type('.');
    await isQuiet(panel);
    await page.keyboard.press('Backspace');
  },
};

/** Runs in the page. Marks come before the verdict, and both at once. */
function isMarked(frame, words) {
  const { CSS } = document.querySelector(frame).contentWindow;
  return [...(CSS.highlights.get('candor-warn') ?? [])].map(String).includes(words);
}

function asks(panel) {
  return panel.waitFor(
    'the question',
    () => document.hasFocus() && document.activeElement.id === 'held' && !document.activeElement.hidden,
  );
}

/** The page has heard of the answer, and has the keyboard. */
function isBack(page, panel) {
  return keyboardIn(page, RICH_EDITOR, panel);
}

function isQuiet(panel) {
  return panel.waitFor('no question', () => document.getElementById('held').hidden);
}
