/**
 * A draft in real webmails, Roundcube and SOGo, in both of the editors of each: Candor finds what it should,
 * shows it in the draft, and the mail that arrives is byte for byte the one sent from a browser without
 * Candor. Words that Candor puts in the place of others arrive as if they had been typed. Three hundred words are
 * typed at speed, and switched off in their middle it leaves nothing behind.
 */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';

import * as roundcubeComposing from '../webmail/roundcube-composing.mjs';
import { startRoundcube } from '../webmail/roundcube.mjs';
import * as sogoComposing from '../webmail/sogo-composing.mjs';
import { startSogo } from '../webmail/sogo.mjs';
import { launch } from './harness/browser.mjs';
import { openFinding } from './harness/findings.mjs';
import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { keyboardIn } from './harness/keyboard.mjs';
import { records } from './harness/notebook.mjs';
import { NONE, traces } from './harness/traces.mjs';
import { WORDS, assertShort, typeAtSpeed } from './harness/typing.mjs';
import { until, untilEqual } from './harness/wait.mjs';

const WEBMAILS = {
  Roundcube: { start: startRoundcube, composing: roundcubeComposing },
  SOGo: { start: startSogo, composing: sogoComposing },
};

const MAIL = {
  to: 'Cathy Andre <cathy@andrelighting.example>',
  subject: 'Quick update',
  // Letters of more than one byte and of more than one UTF-16 unit stand before the findings.
  body: `Hi Cathy,

The window display you sent from the café looks wonderful \u{1F600}. Zoe\u0308 loves it too.

We decided to move the shop to a headless CMS.

We hit a small hiccup with the product photos, so the launch moves two weeks, to 28 May.

Best wishes,
Jonas`,
};

/** Bad news, to be told in a call, and what is promised with it. */
const NEWS = 'The launch moves two weeks, to 28 May.';
const PROMISE = 'I will send the new plan tomorrow';
const TROUBLE = `Hi Cathy,

${NEWS} ${PROMISE}.

Best wishes,
Jonas`;

/** What Candor offers to write instead of a term in it. */
const TERM = 'headless CMS';
const TWIN = 'content system that is separate from the site visitors see';

/** Words of the draft that Candor has something to say about. */
const MARKED = ['headless CMS', 'small hiccup'];

/** What a draft's editor holds, and which words of it are marked. */
const EDITORS = {
  rich: {
    selector: 'RICH_EDITOR',
    markedWords: (browser, page, { RICH_EDITOR }) => page.evaluate(highlightedWords, RICH_EDITOR),
    // Editors keep places for the caret by characters and breaks that they take away again by themselves.
    text: (page, { RICH_EDITOR }) =>
      page.$eval(RICH_EDITOR, ({ contentDocument }) =>
        contentDocument.body.innerText.replaceAll('\u200b', '').trimEnd(),
      ),
  },
  plain: {
    selector: 'PLAIN_EDITOR',
    markedWords: (browser, page) => browser.inShadow(page, 'candor-panel', overlaidWords),
    text: (page, { PLAIN_EDITOR }) => page.$eval(PLAIN_EDITOR, ({ value }) => value),
  },
};

for (const [name, { start, composing }] of Object.entries(WEBMAILS)) {
  for (const [editor, { markedWords, text }] of Object.entries(EDITORS)) {
    describe(`${name}, ${editor} editor`, () => {
      const { SEND, composeAddress, isSent, logIn, send, write } = composing;
      let webmail;
      before(async () => {
        webmail = await start({ editor });
      });
      after(() => webmail?.stop());

      forBothBrowsers((given) => {
        before(async () => {
          const clients = await given.browser.extensionPage('clients.html');
          await clients.press('Add three demo clients');
          await clients.waitForText('3 clients');
          await clients.close();
        });
        beforeEach(() => webmail.sink.forget());

        async function compose(mail = MAIL) {
          const page = await given.browser.open('about:blank');
          // Each mail is written after a login of its own: see `roundcube-composing.mjs`.
          await page.deleteCookie(...(await page.cookies(webmail.url)));
          await page.goto(composeAddress(webmail, mail));
          await logIn(page, webmail);
          await write(page, webmail, mail);
          const panel = await given.browser.panel(page);
          await unfold(panel);
          return { page, panel };
        }

        async function isMarked(page) {
          for (const words of MARKED) {
            const marks = () => markedWords(given.browser, page, composing);
            await until(
              `“${words}” to be marked in the draft`,
              async () => (await marks()).some((marked) => marked.includes(words)),
              { seen: async () => JSON.stringify(await marks()) },
            );
          }
        }

        /** A mail written in the same way, in the same browser without any extension. */
        async function sentWithoutCandor(mail) {
          const browser = await launch(given.name, { extension: null });
          try {
            const page = await browser.open(composeAddress(webmail, mail));
            await logIn(page, webmail);
            await write(page, webmail, mail);
            await send(page);
            return await webmail.sink.next();
          } finally {
            await browser.close();
          }
        }

        /** Sends a mail that Candor holds, as a call is advised. */
        async function sendAnyway(page, panel) {
          await page.click(SEND);
          await panel.press('Send anyway');
          await isSent(page);
        }

        test('a draft is judged and marked, and sent as if Candor were not there', async () => {
          const { browser } = given;
          const { page, panel } = await compose();
          await panel.waitForText('Call Cathy instead');
          for (const words of MARKED) await panel.waitForText(words);
          await isMarked(page);
          await panel.waitForText('About Cathy');
          await browser.screenshot(page, `${name.toLowerCase()}-${editor}`);

          await sendAnyway(page, panel);
          const sent = await webmail.sink.next();
          assert.deepEqual(sent.to, ['cathy@andrelighting.example']);
          assert.equal(comparable(sent), comparable(await sentWithoutCandor(MAIL)));
        });

        test('plain words take a term’s place, undone by the editor, and are sent as if typed', async () => {
          const { page, panel } = await compose();
          const begun = await text(page, composing);
          const holds = (wanted) =>
            until('the draft to change', async () => (await text(page, composing)) === wanted, {
              seen: () => text(page, composing),
            });
          const jargon = `“${TERM}” may be unknown to Cathy. Plainly: a ${TWIN}.`;
          await openFinding(panel, jargon);
          await panel.press(`Replace with “${TWIN}”`);
          await panel.waitForText('Replaced.');
          await holds(begun.replace(TERM, TWIN));
          await keyboardIn(page, composing[EDITORS[editor].selector], panel);
          await page.keyboard.down('Control');
          await page.keyboard.press('z');
          await page.keyboard.up('Control');
          await holds(begun);

          await openFinding(panel, jargon);
          await panel.press(`Replace with “${TWIN}”`);
          await holds(begun.replace(TERM, TWIN));
          await sendAnyway(page, panel);
          const sent = await webmail.sink.next();
          const plainer = { ...MAIL, body: MAIL.body.replace(TERM, TWIN) };
          assert.equal(comparable(sent), comparable(await sentWithoutCandor(plainer)));
          assert.ok(!sent.bytes.includes('headless'));
        });

        // What these two do is the same in every webmail: one real one shows it.
        if (name === 'Roundcube') {
          test('after the call the draft becomes what confirms it, and what it promised is asked about once it is sent', async () => {
            const { page, panel } = await compose({ ...MAIL, body: TROUBLE });
            await panel.waitFor('all of it to be read', (last) => document.body.textContent.includes(last), `${PROMISE}.`);
            // Of nobody who is known yet a call is not noted.
            await panel.waitForText('About Cathy');
            await panel.press('I called');
            await panel.press('Turn the draft into a follow-up');
            await panel.waitForText('Turned into a follow-up.');
            await until('the draft to confirm', async () => /To confirm what we said/.test(await text(page, composing)), {
              seen: () => text(page, composing),
            });
            await panel.waitForText('This draft confirms what you said.');
            await send(page);
            const sent = (await webmail.sink.next()).bytes.toString();
            for (const words of ['To confirm what we said', `- ${NEWS}`, `- ${PROMISE}.`, 'Did I get anything wrong']) {
              assert.ok(sent.includes(words), `${words} in\n${sent}`);
            }
            const popup = await given.browser.extensionPage('popup.html');
            await popup.waitForText(`“${PROMISE}”`);
            const keep = await popup.evaluate(() =>
              [...document.querySelectorAll('#offer-list button')].map((one) => one.textContent.trim()).find((one) => /^Keep/.test(one)),
            );
            await popup.press(keep);
            await popup.waitFor('no question', () => document.getElementById('promised').hidden);
            const cathy = (await popup.evaluate(records, 'clients')).find(({ name }) => name === 'Cathy Andre');
            assert.ok(cathy.promises.some(({ text }) => text === PROMISE));
            assert.ok(cathy.contacts.some(({ kind }) => kind === 'call'));
          });
        }

        test('300 words are typed at speed; switched off in their middle, nothing of it is left, and the mail is sent', async (context) => {
          const { browser } = given;
          const { page } = await compose();
          await isMarked(page);
          const toEditor = async () => {
            await (await composing.editorOf(page, webmail)).focus();
            await keyboardIn(page, composing[EDITORS[editor].selector]);
          };
          await toEditor();
          const tasks = await typeAtSpeed(browser, page, () =>
            until('what was typed to be marked', async () => {
              const marked = await markedWords(browser, page, composing);
              return marked.filter((words) => words.includes('small hiccup')).length > 1;
            }),
          );
          context.diagnostic(`the longest task: ${Math.max(...tasks)} ms`);
          assertShort(browser, tasks);
          const begun = await text(page, composing);
          assert.ok(begun.replaceAll('\u00a0', ' ').includes(WORDS), begun);
          await browser.switchOff();
          await toEditor();
          await page.keyboard.type(' More.');
          await untilEqual('nothing to be left', NONE, () => traces(page));
          assert.equal((await text(page, composing)).replaceAll('\u00a0', ' '), `${begun} More.`);
          await send(page);
          // As long a paragraph travels in several lines.
          const sent = (await webmail.sink.next()).bytes.toString().replaceAll('=\r\n', '');
          assert.match(sent, /(\s|=C2=A0)More\./);
        });
      });
    });
  }
}

/** Where a mail fills the window, the panel is a pill at first. */
function unfold(panel) {
  return panel.waitFor('findings in an open panel', () => {
    const pill = document.getElementById('pill');
    if (pill.checkVisibility()) pill.click();
    return document.querySelector('#findings li')?.checkVisibility();
  });
}

/**
 * The bytes of a mail, one character each, with a placeholder for what a webmail makes anew for every mail it
 * sends: the message's name, the second it was sent in, and the line that stands between its parts.
 */
function comparable({ bytes }) {
  const mail = bytes.toString('latin1');
  const [, boundary] = mail.match(/\bboundary="(.+)"\r$/m) ?? [];
  return mail
    .replace(/^Message-ID: .+\r$/m, 'Message-ID: …\r')
    .replace(/^Date: .+\r$/m, 'Date: …\r')
    .replaceAll(boundary ?? '\0', '…');
}

/** Runs in the page: what Candor's highlights cover in the document of a frame. */
function highlightedWords(frame) {
  const { CSS } = document.querySelector(frame).contentWindow;
  return [...CSS.highlights]
    .filter(([name]) => name.startsWith('candor-'))
    .flatMap(([, ranges]) => [...ranges].map(String));
}

/** Runs in the page: what Candor underlines in its layer over the plain editor. */
function overlaidWords(shadow) {
  return [...shadow.querySelectorAll('mark')].map((mark) => mark.textContent);
}
