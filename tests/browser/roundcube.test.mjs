/**
 * A draft in a real Roundcube, in both of its editors: Candor finds what it should, shows it in the
 * draft, and the mail that arrives is byte for byte the one sent from a browser without Candor. Words that
 * Candor puts in the place of others arrive as if they had been typed.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { RICH_EDITOR, SEND, composeAddress, logIn, send, write } from '../roundcube/composing.mjs';
import { startRoundcube } from '../roundcube/roundcube.mjs';
import { launch } from './harness/browser.mjs';
import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { until } from './harness/wait.mjs';

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

/** What Candor offers to write instead of a term in it. */
const TERM = 'headless CMS';
const TWIN = 'content system that is separate from the site visitors see';

/** Words of the draft that Candor has something to say about. */
const MARKED = ['headless CMS', 'small hiccup'];

const EDITORS = {
  rich: {
    markedWords: (browser, page) => page.evaluate(highlightedWords, RICH_EDITOR),
    text: (page) => page.$eval(RICH_EDITOR, ({ contentDocument }) => contentDocument.body.innerText),
  },
  plain: {
    markedWords: (browser, page) => browser.inShadow(page, 'candor-panel', overlaidWords),
    text: (page) => page.$eval('textarea#composebody', ({ value }) => value),
  },
};

for (const [editor, { markedWords, text }] of Object.entries(EDITORS)) {
  describe(`Roundcube, ${editor} editor`, () => {
    let roundcube;
    before(async () => {
      roundcube = await startRoundcube({ editor });
    });
    after(() => roundcube?.stop());

    forBothBrowsers((given) => {
      before(async () => {
        const clients = await given.browser.extensionPage('clients.html');
        await clients.press('Add three demo clients');
        await clients.waitForText('3 clients');
        await clients.close();
      });

      async function compose() {
        const page = await given.browser.open('about:blank');
        // Each mail is written after a login of its own: see `composeAddress`.
        await page.deleteCookie(...(await page.cookies(roundcube.url)));
        await page.goto(composeAddress(roundcube, MAIL));
        await logIn(page, roundcube);
        await write(page, roundcube, MAIL);
        return { page, panel: await given.browser.panel(page) };
      }

      test('a draft is judged and marked, and sent as if Candor were not there', async () => {
        const { browser } = given;
        const { page, panel } = await compose();
        await panel.waitForText('Call Cathy instead');
        for (const words of MARKED) {
          await panel.waitForText(words);
          await until(`“${words}” to be marked in the draft`, async () =>
            (await markedWords(browser, page)).some((marked) => marked.includes(words)),
          );
        }
        assert.match(await panel.text(), /About Cathy/);
        await browser.screenshot(page, `roundcube-${editor}`);

        await sendAnyway(page, panel);
        const sent = await roundcube.sink.next();
        assert.deepEqual(sent.to, ['cathy@andrelighting.example']);
        assert.equal(comparable(sent), comparable(await sentWithoutCandor(given.name, roundcube, MAIL)));
      });

      test('plain words take a term’s place, undone by the editor, and are sent as if typed', async () => {
        const { page, panel } = await compose();
        const begun = await text(page);
        const holds = (wanted) => until('the draft to change', async () => (await text(page)) === wanted, { seen: () => text(page) });
        await panel.press(`“${TERM}” may be unknown to Cathy. Plainly: a ${TWIN}.`);
        await panel.press(`Replace with “${TWIN}”`);
        await panel.waitForText('Replaced.');
        await holds(begun.replace(TERM, TWIN));
        await page.keyboard.down('Control');
        await page.keyboard.press('z');
        await page.keyboard.up('Control');
        await holds(begun);

        await panel.press(`“${TERM}” may be unknown to Cathy. Plainly: a ${TWIN}.`);
        await panel.press(`Replace with “${TWIN}”`);
        await holds(begun.replace(TERM, TWIN));
        await sendAnyway(page, panel);
        const sent = await roundcube.sink.next();
        const plainer = { ...MAIL, body: MAIL.body.replace(TERM, TWIN) };
        assert.equal(comparable(sent), comparable(await sentWithoutCandor(given.name, roundcube, plainer)));
        assert.ok(!sent.bytes.includes('headless'));
      });
    });
  });
}

/** Sends a mail that Candor holds, as a call is advised. */
async function sendAnyway(page, panel) {
  await page.click(SEND);
  await panel.press('Send anyway');
  await page.waitForSelector('#compose-subject', { hidden: true });
}

/** A mail written in the same way, in the same browser without any extension. */
async function sentWithoutCandor(name, roundcube, mail) {
  const browser = await launch(name, { extension: null });
  try {
    const page = await browser.open(composeAddress(roundcube, mail));
    await logIn(page, roundcube);
    await write(page, roundcube, mail);
    await send(page);
    return await roundcube.sink.next();
  } finally {
    await browser.close();
  }
}

/**
 * The bytes of a mail, one character each, with a placeholder for what Roundcube makes anew for
 * every mail it sends: the message's name, the second it was sent in, and the line that stands
 * between its parts.
 */
function comparable({ bytes }) {
  const mail = bytes.toString('latin1');
  const [, boundary] = mail.match(/^ boundary="(.+)"\r$/m) ?? [];
  return mail
    .replace(/^Message-ID: <\w+@/m, 'Message-ID: <…@')
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
