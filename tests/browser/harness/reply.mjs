import { setClock } from './clock.mjs';

/**
 * A mail to Cathy in the page that stands for Gmail, with these words, not sent yet.
 *
 * @param {import('./browser.mjs').Browser} browser
 * @param {string} folder the address of `pages/webmails/`
 * @param {string} words what is added to what the page has in its box
 * @param {string} moment at which the panel's clock stands from then on
 */
export async function writeToCathy(browser, folder, words, moment) {
  const page = await browser.open(`${folder}gmail.html`);
  await page.click('#popup .editor');
  await page.evaluate(() => {
    const line = document.querySelector('#popup [data-write]');
    line.closest('[contenteditable]').focus();
    getSelection().collapse(line.firstChild, line.firstChild.length);
  });
  const panel = await browser.panel(page);
  await panel.waitForText('About Cathy');
  await setClock(panel, moment);
  await page.keyboard.type(words);
  return { page, panel };
}
