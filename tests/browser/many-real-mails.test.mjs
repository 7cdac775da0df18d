/**
 * Mails opened, judged and closed by the hundred in a real webmail that writes them all in one page: SOGo keeps some
 * of each mail itself, and with Candor no more than that. (In Roundcube each mail is a page of its own, and gone
 * with it.)
 */

import { after, before, test } from 'node:test';

import { openAndClose, openMailbox } from '../webmail/sogo-mailbox.mjs';
import { startSogo } from '../webmail/sogo.mjs';
import { launch } from './harness/browser.mjs';
import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { PATIENCE, until } from './harness/wait.mjs';

const MAILS = 200;

/** How many mails SOGo's own growth is told from. */
const ALONE = 40;

/** So many at a time, as no browser is asked for something that takes minutes. */
const AT_ONCE = 20;

/** Mails until all that is made once is there. */
const FIRST = 3;

/** How much a browser's count may be off, by what it has not collected yet. */
const LEEWAY = 1.05;

let sogo;
before(async () => {
  sogo = await startSogo({ editor: 'rich', animated: false });
});
after(() => sogo?.stop());

forBothBrowsers((given) => {
  test(`${MAILS} mails leave no more behind than without Candor`, async (context) => {
    const alone = await grownAlone(given.name);
    context.diagnostic(`without Candor, ${ALONE} mails: ${JSON.stringify(alone)}`);
    const grown = await grownBy(MAILS, given.browser, true);
    const most = (kind) => Math.max(0, alone[kind]) * (MAILS / ALONE) * LEEWAY;
    let last;
    // What was let go of last may be collected a moment later.
    await until('no more to be held', async () => {
      last = await grown();
      return Object.entries(last).every(([kind, number]) => number <= most(kind));
    }, { seen: () => JSON.stringify(last) });
    context.diagnostic(`with Candor, ${MAILS} mails: ${JSON.stringify(last)}`);
  });
});

async function grownAlone(name) {
  const browser = await launch(name, { extension: null });
  try {
    return await (await grownBy(ALONE, browser, false))();
  } finally {
    await browser.close();
  }
}

/** Opens and closes mails; gives what tells by how much the page has grown by them until it is asked. */
async function grownBy(mails, browser, isRead) {
  const page = await browser.open('about:blank');
  await openMailbox(page, sogo);
  const wanted = { words: 'Hi Cathy, we hit a small hiccup.', isRead, patience: PATIENCE };
  await openAndClose(page, { ...wanted, count: FIRST });
  const begun = await weigh(browser, page);
  for (let mail = 0; mail < mails; mail += AT_ONCE) await openAndClose(page, { ...wanted, count: AT_ONCE });
  return async () => {
    const held = await weigh(browser, page);
    return Object.fromEntries(Object.entries(held).map(([kind, number]) => [kind, number - begun[kind]]));
  };
}

async function weigh(browser, page) {
  const [held] = await browser.held([page]);
  return { ...held, inPage: await page.evaluate(() => document.querySelectorAll('*').length) };
}
