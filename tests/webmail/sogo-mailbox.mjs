/**
 * Many mails in SOGo, one after the other in the page of its mailbox, by a script there: two hundred by mouse and
 * keyboard would take minutes. (How a person writes one is in `sogo-composing.mjs`.)
 *
 *     await openMailbox(page, sogo);
 *     await openAndClose(page, { count: 200, words: 'Hi Cathy', isRead: false, patience: 60_000 });
 */

import { until } from '../browser/harness/wait.mjs';
import { RICH_EDITOR, identify } from './sogo-composing.mjs';

/** The buttons that begin a mail, one for each width of the window. */
const NEW_MAIL = '[ng-click="mailbox.newMessage($event)"]';

/**
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
 * @param {import('puppeteer-core').Page} page with the mailbox
 * @param {{count: number, words: string, isRead: boolean, patience: number}} wanted `isRead` waits for Candor's
 *   panel and for words that it underlines, and for both to go; `patience` is each wait's, in milliseconds
 */
export function openAndClose(page, wanted) {
  return page.evaluate(openAndCloseHere, { ...wanted, NEW_MAIL, RICH_EDITOR });
}

/** Runs in the page. */
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
