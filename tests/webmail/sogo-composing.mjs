/**
 * Writing a mail in SOGo as a person does: by mouse and keyboard, in a window of its own. It has the shape of
 * `roundcube-composing.mjs`, so that one test can use both.
 *
 *     const page = await browser.open(composeAddress(sogo, mail));
 *     await logIn(page, sogo);
 *     await write(page, sogo, mail);              // { to, subject, body }
 *     await send(page);
 *
 * Works for both of SOGo's editors: the rich one, CKEditor in a frame, and the plain one.
 */

import { until } from '../browser/harness/wait.mjs';

/** The rich editor's frame. */
export const RICH_EDITOR = '#mailEditor iframe.cke_wysiwyg_frame';

/** The plain editor. */
export const PLAIN_EDITOR = '#mailEditor textarea[name=content]';

/** The button that sends. */
export const SEND = '#mailEditor [ng-click="editor.send()"]';

const SUBJECT = '#mailEditor input[name=subject]';

/**
 * Where to write to somebody, as when a `mailto:` link was followed. SOGo asks for the login first and then
 * leads on to here; it takes an address without a name.
 *
 * @param {import('./sogo.mjs').Sogo} sogo
 * @param {{to: string}} mail
 */
export function composeAddress({ url }, { to }) {
  const [address] = to.match(/[^<\s]+@[^>\s]+/);
  return `${url}so/writer/Mail/UIxMailPopupView#!/Mail/0/new?mailto:${address}`;
}

/**
 * @param {import('puppeteer-core').Page} page with the login in it
 * @param {import('./sogo.mjs').Sogo} sogo
 */
export async function logIn(page, sogo) {
  await identify(page, sogo);
  await until('the draft', () => page.$eval(SUBJECT, (subject) => subject.checkVisibility()));
}

/** The login itself, wherever it leads. */
export async function identify(page, { user, password }) {
  await page.waitForSelector('input[ng-model="app.creds.username"]', { visible: true });
  await page.type('input[ng-model="app.creds.username"]', user);
  await page.type('input[ng-model="app.creds.password"]', password);
  await page.keyboard.press('Enter');
}

/**
 * @param {import('puppeteer-core').Page} page with an empty draft in it
 * @param {import('./sogo.mjs').Sogo} sogo
 * @param {{subject: string, body: string}} mail
 */
export async function write(page, sogo, { subject, body }) {
  const editor = await editorOf(page, sogo);
  // SOGo gives the keyboard to the recipients, a moment after all is there.
  await until('the recipients to have the keyboard', () =>
    page.evaluate(() => document.activeElement.closest('md-chips') !== null),
  );
  if (sogo.editor === 'rich') {
    // The first time that it has the keyboard, SOGo puts the caret where it wants it, a moment later.
    await editor.focus();
    await until('the rich editor to have the keyboard', () =>
      page.evaluate(() => Object.values(CKEDITOR.instances).some(({ focusManager }) => focusManager.hasFocus)),
    );
  }
  await page.type(SUBJECT, subject);
  await editor.focus();
  await page.keyboard.type(body);
  // The rich editor undoes what is typed in steps of many letters, and moving the caret ends one.
  await page.keyboard.press('End');
}

/** The element that the draft is typed into, once it is there. */
export function editorOf(page, { editor }) {
  if (editor === 'plain') return page.waitForSelector(PLAIN_EDITOR, { visible: true });
  return until('the rich editor', async () => {
    const frame = await (await page.$(RICH_EDITOR))?.contentFrame();
    return frame?.$('body.cke_editable[contenteditable=true]');
  });
}

/** @param {import('puppeteer-core').Page} page with a draft in it, which is left then */
export async function send(page) {
  await page.click(SEND);
  await isSent(page);
}

/** Kept once the webmail has left a draft because it was sent; it may close the window then. */
export function isSent(page) {
  return until('the draft to be left', async () => page.isClosed() || !(await page.$(SUBJECT)));
}
