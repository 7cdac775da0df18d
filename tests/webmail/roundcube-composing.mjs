/**
 * Writing a mail in Roundcube as a person does: by mouse and keyboard.
 *
 *     const page = await browser.open(composeAddress(roundcube, mail));
 *     await logIn(page, roundcube);
 *     await write(page, roundcube, mail);         // { to, subject, body }
 *     await send(page);
 *
 * Works for both of Roundcube's editors: the rich one, TinyMCE in a frame, and the plain one.
 */

import { until } from '../browser/harness/wait.mjs';

const WRITER = 'writer';

/** The rich editor's frame. */
export const RICH_EDITOR = '#composebody_ifr';

/** The button that sends. */
export const SEND = '.formbuttons button.send';

/** The plain editor. */
export const PLAIN_EDITOR = 'textarea#composebody';

/**
 * Where to write to somebody, as when a `mailto:` link was followed.
 *
 * Roundcube asks for the login first and then leads on to here. (The mailbox must not be in between:
 * its requests go on in the background, and the last one to end overwrites the session, with no
 * knowledge of the draft that was begun meanwhile.)
 *
 * @param {import('./roundcube.mjs').Roundcube} roundcube
 * @param {{to: string}} mail
 */
export function composeAddress({ url }, { to }) {
  const address = new URL(url);
  address.search = new URLSearchParams({ _task: 'mail', _action: 'compose', _to: to });
  return address.href;
}

/**
 * @param {import('puppeteer-core').Page} page with the login in it
 * @param {import('./roundcube.mjs').Roundcube} roundcube
 */
export async function logIn(page, { password }) {
  await page.type('#rcmloginuser', WRITER);
  await page.type('#rcmloginpwd', password);
  await page.click('#rcmloginsubmit');
  await page.waitForSelector('#compose-subject');
}

/**
 * @param {import('puppeteer-core').Page} page with an empty draft in it
 * @param {import('./roundcube.mjs').Roundcube} roundcube
 * @param {{subject: string, body: string}} mail
 */
export async function write(page, roundcube, { subject, body }) {
  const editor = await editorOf(page, roundcube);
  await isBegun(page);
  await page.type('#compose-subject', subject);
  await editor.focus();
  await page.keyboard.type(body);
}

/**
 * Kept once Roundcube has put the caret somewhere, which is the last of what it does with a new draft. It does so by
 * what the fields hold, and would take the caret out of a subject that is being typed.
 */
function isBegun(page) {
  return until('Roundcube to put the caret into the draft', () =>
    page.evaluate(() => document.activeElement !== document.body),
  );
}

/** The element that the draft is typed into, once it is there. */
export function editorOf(page, { editor }) {
  if (editor === 'plain') return page.waitForSelector(PLAIN_EDITOR, { visible: true });
  return until('the rich editor', async () => {
    const frame = await (await page.$(RICH_EDITOR))?.contentFrame();
    return frame?.$('body#tinymce[contenteditable=true]');
  });
}

/** @param {import('puppeteer-core').Page} page with a draft in it, which is left then */
export async function send(page) {
  await page.click(SEND);
  await isSent(page);
}

/** Kept once the webmail has left a draft because it was sent. */
export function isSent(page) {
  return page.waitForSelector('#compose-subject', { hidden: true });
}
