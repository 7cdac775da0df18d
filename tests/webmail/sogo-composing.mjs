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

/** The buttons that begin a mail, one for each width of the window. */
const NEW_MAIL = '[ng-click="mailbox.newMessage($event)"]';

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

async function identify(page, { user, password }) {
  await page.waitForSelector('input[ng-model="app.creds.username"]', { visible: true });
  await page.type('input[ng-model="app.creds.username"]', user);
  await page.type('input[ng-model="app.creds.password"]', password);
  await page.keyboard.press('Enter');
}

/**
 * Logs in to the mailbox, where many mails can be written one after the other: see `openAndClose`.
 *
 * @param {import('puppeteer-core').Page} page
 * @param {import('./sogo.mjs').Sogo} sogo
 */
export async function openMailbox(page, sogo) {
  await page.goto(`${sogo.url}so/writer/Mail/view`);
  await identify(page, sogo);
  await until('the mailbox', () =>
    page.$$eval(NEW_MAIL, (buttons) => buttons.some((button) => button.checkVisibility())),
  );
}

/**
 * Opens a mail in the rich editor, puts words in it, and throws it away once they are as they are waited for; so
 * many times.
 *
 * @param {import('puppeteer-core').Page} page in the mailbox
 * @param {import('./sogo.mjs').Sogo} sogo
 * @param {{count: number, words: string, isRead: boolean, patience: number}} wanted `isRead` waits for Candor's
 *   panel and for words that it underlines, and for both to go
 */
export function openAndClose(page, sogo, wanted) {
  return page.evaluate(openAndCloseHere, { ...wanted, NEW_MAIL, RICH_EDITOR });
}

/** Runs in the page, as two hundred mails by mouse would take minutes. */
async function openAndCloseHere({ count, words, isRead, patience, NEW_MAIL, RICH_EDITOR }) {
  const panelIsShown = () => document.getElementById('candor-panel')?.hidden === false;
  for (let mail = 0; mail < count; mail += 1) {
    [...document.querySelectorAll(NEW_MAIL)].find((button) => button.checkVisibility()).click();
    await until('the editor', () => Object.values(CKEDITOR.instances).some(({ status }) => status === 'ready'));
    await until('the recipients to have the keyboard', () => document.activeElement.closest('md-chips') !== null);
    const { contentDocument, contentWindow } = document.querySelector(RICH_EDITOR);
    const write = () => (contentDocument.body.textContent = words);
    write();
    if (isRead) {
      await until('a panel and underlined words', () => {
        // The editor may be emptied once more when all else is there.
        if (!contentDocument.body.textContent.includes(words)) write();
        return panelIsShown() && contentWindow.CSS.highlights.has('candor-warn');
      });
    }
    document.querySelector('#mailEditor [ng-click="editor.cancel()"]').click();
    await until('the mail to be gone', () => document.querySelector('#mailEditor') === null && !panelIsShown());
  }

  async function until(what, is) {
    const deadline = performance.now() + patience;
    while (!is()) {
      if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
      await new Promise(requestAnimationFrame);
    }
  }
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
