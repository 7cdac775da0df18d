/**
 * The pages of `pages/webmails/`, one for each webmail that has an adapter and one for each form of it.
 *
 *     for (const [name, { languages, box }] of Object.entries(WEBMAIL_PAGES)) {
 *       await browser.open(webmailPage(server.url, name, languages[0]));
 *     }
 */

/**
 * @typedef {object} WebmailPage
 * @property {string[]} languages of its interface, English first
 * @property {string} box the mail's selector
 */

/** @type {Record<string, WebmailPage>} */
export const WEBMAIL_PAGES = {
  gmail: { languages: ['en', 'ar'], box: '#popup' },
  'gmail-2020': { languages: ['en'], box: '#compose' },
  outlook: { languages: ['en', 'de'], box: '#compose' },
  yahoo: { languages: ['en', 'ja'], box: '#compose' },
  proton: { languages: ['en', 'fr'], box: '#compose' },
  fastmail: { languages: ['en', 'de'], box: '#compose' },
  icloud: { languages: ['en', 'es'], box: '#compose' },
  zoho: { languages: ['en', 'es'], box: '#compose' },
  nextcloud: { languages: ['en', 'de'], box: '#compose' },
  sogo: { languages: ['en', 'fr'], box: '#mailEditor' },
  snappymail: { languages: ['en', 'he'], box: '#compose' },
};

/**
 * @param {string} folder the address of `pages/webmails/`
 * @param {string} name
 * @param {string} [language]
 * @returns {string} the page's address
 */
export function webmailPage(folder, name, language = 'en') {
  return `${folder}${name}.html?language=${language}`;
}

/**
 * Kept once the page's own script has run, and the mail is there with all that it needs.
 *
 * @param {import('puppeteer-core').Page} page
 */
export function isBegun(page) {
  return page.waitForFunction(() => globalThis.isBegun);
}
