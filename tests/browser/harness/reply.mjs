import { setClock } from './clock.mjs';

/**
 * A mail to Cathy in the page that stands for Gmail, with these words, not sent yet.
 *
 * @param {import('./browser.mjs').Browser} browser
 * @param {string} folder the address of `pages/webmails/`
 * @param {string} words what is added to what the page has in its box
 * @param {string} moment at which the panel's clock stands from then on
 */
export function writeToCathy(browser, folder, words, moment) {
  return write(browser, folder, { box: '#popup', name: 'Cathy' }, words, moment);
}

/**
 * The same to Marcus, in the box for a reply in a thread.
 *
 * @param {import('./browser.mjs').Browser} browser
 * @param {string} folder
 * @param {string} words
 * @param {string} moment
 * @param {[string, string]} [quoted] the line above an earlier mail of his, and what he wrote
 */
export function writeToMarcus(browser, folder, words, moment, quoted) {
  return write(browser, folder, { box: '#inline', name: 'Marcus', quoted }, words, moment);
}

async function write(browser, folder, { box, name, quoted }, words, moment) {
  const page = await browser.open(`${folder}gmail.html`);
  if (quoted) await page.evaluate(quote, box, quoted);
  await page.click(`${box} .editor`);
  await page.evaluate((box) => {
    const line = document.querySelector(`${box} [data-write]`);
    line.closest('[contenteditable]').focus();
    getSelection().collapse(line.firstChild, line.firstChild.length);
  }, box);
  const panel = await browser.panel(page);
  await panel.waitForText(`About ${name}`);
  await setClock(panel, moment);
  await page.keyboard.type(words);
  return { page, panel };
}

/** Runs in the page: puts an earlier mail under what is written, as Gmail does. */
function quote(box, [attribution, text]) {
  const line = (name, className, words) =>
    Object.assign(document.createElement(name), { className, textContent: words });
  const whole = line('div', 'gmail_quote', '');
  whole.append(line('div', 'gmail_attr', attribution), line('blockquote', 'gmail_quote', text));
  document.querySelector(`${box} .editor`).append(whole);
}
