/**
 * One real browser with a fresh profile and the built extension in it.
 *
 *     const browser = await launch('firefox');            // or 'chromium'
 *     const page = await browser.open(server.url);        // a puppeteer page; its errors are kept
 *     const panel = await browser.panel(page);            // once the panel's frame is there
 *     const popup = await browser.extensionPage('popup.html');
 *     await browser.inShadow(page, 'candor-panel', (shadow) => shadow.querySelectorAll('mark').length);
 *     await browser.errors();                             // and forgets them
 *     await browser.switchOff();                          // the extension, while pages stay open
 *     await browser.close();
 *
 * `cargo xtask test` and `cargo xtask run` build the extension and say where it and the browsers
 * are (`CANDOR_EXTENSION`, `CANDOR_CHROMIUM`, `CANDOR_FIREFOX`). On one's own, after
 * `cargo xtask build`, the usual places are looked at.
 */

import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { launchChromium } from './chromium.mjs';
import { launchFirefox } from './firefox.mjs';
import { temporaryFolder } from './owned.mjs';
import { PATIENCE, until } from './wait.mjs';

/**
 * What each browser's own file brings along; `Browser` adds what they share.
 *
 * @typedef {object} Driver
 * @property {import('puppeteer-core').Browser} puppeteer
 * @property {string} origin the extension's, such as `moz-extension://…`, without a slash at the end
 * @property {(page: import('puppeteer-core').Page) => Promise<ExtensionDocument>} panel
 * @property {(path: string) => Promise<ExtensionDocument>} extensionPage opened in a tab of its own
 * @property {(page: import('puppeteer-core').Page, host: string, fn: Function, args: any[]) => Promise<any>} inShadow
 * @property {() => Promise<string[]>} extensionErrors those that puppeteer cannot see, once each
 * @property {(page: import('puppeteer-core').Page) => Promise<() => Promise<number[]>>} contentTasks see `tasks.mjs`
 * @property {(pages: import('puppeteer-core').Page[]) => Promise<Record<string, number>[]>} held see `held.mjs`
 * @property {Promise<unknown>} ended kept once the browser is gone, whoever ended it
 * @property {() => Promise<void>} close ends the browser and removes its profile
 * @property {() => Promise<void>} kill the same by SIGKILL, in the middle of whatever it does
 */

/** @typedef {import('./extension-document.mjs').ExtensionDocument} ExtensionDocument */
/** @typedef {'chromium' | 'firefox'} Name */

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const KINDS = {
  chromium: {
    launch: launchChromium,
    build: 'chrome',
    variable: 'CANDOR_CHROMIUM',
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
  },
  firefox: {
    launch: launchFirefox,
    build: 'firefox',
    variable: 'CANDOR_FIREFOX',
    programs: ['firefox-esr', 'firefox'],
  },
};

/**
 * @param {Name} name
 * @param {{headless?: boolean, extension?: string | null, profile?: string, preferences?: object}} [options]
 *   `extension` is the folder of another unpacked one, or null to go without any; `profile` a folder to go on
 *   with, which is left behind; `preferences` are Firefox's, beside those that all tests have
 * @returns {Promise<Browser>}
 */
export async function launch(name, { headless = true, extension, profile, preferences } = {}) {
  const kind = KINDS[name];
  const executable = process.env[kind.variable] || onPath(kind.programs);
  if (!executable) {
    throw new Error(`no ${name} here: install it or set ${kind.variable} to its program`);
  }
  if (extension === undefined) extension = builtExtension(name);
  const downloads = await temporaryFolder('candor-downloads-');
  const options = { executable, extension, headless, profile, preferences, downloads: downloads.path };
  return new Browser(name, await kind.launch(options), downloads);
}

/**
 * @param {Name} name
 * @returns {string} the folder of the extension that was built for this browser
 */
export function builtExtension(name) {
  const builds = process.env.CANDOR_EXTENSION || path.join(ROOT, 'target/extension');
  const folder = path.join(builds, KINDS[name].build);
  if (!existsSync(path.join(folder, 'manifest.json'))) {
    throw new Error(`no extension in ${folder}: run \`cargo xtask build\``);
  }
  return folder;
}

function onPath(programs) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return programs
    .flatMap((program) => folders.map((folder) => path.join(folder, program)))
    .find((file) => existsSync(file));
}

export class Browser {
  #driver;
  #errors = [];
  #extensionPages = [];
  #downloads;

  /**
   * @param {Name} name
   * @param {Driver} driver
   * @param {{path: string, remove: () => Promise<void>}} downloads
   */
  constructor(name, driver, downloads) {
    this.name = name;
    /** The folder into which pages save files, gone when the browser is. */
    this.downloads = downloads.path;
    this.#downloads = downloads;
    this.origin = driver.origin;
    this.puppeteer = driver.puppeteer;
    /** Kept once the browser is gone, whoever ended it. */
    this.ended = driver.ended;
    this.#driver = driver;
  }

  /**
   * Opens a page in a tab of its own and keeps every error thrown on it.
   *
   * @param {string} url
   * @param {import('puppeteer-core').CreatePageOptions} [options] such as a window of its own: only what is in
   *   front of a window is drawn
   * @returns {Promise<import('puppeteer-core').Page>}
   */
  async open(url, options) {
    const page = await this.puppeteer.newPage(options);
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.#errors.push(error.stack ?? `${error}`));
    await page.goto(url);
    return page;
  }

  /**
   * The panel on a page, once its document has been loaded.
   *
   * @param {import('puppeteer-core').Page} page
   * @returns {Promise<ExtensionDocument>}
   */
  async panel(page) {
    const panel = await this.#driver.panel(page);
    await until('a panel on the page', () =>
      panel.evaluate(() => document.readyState === 'complete'),
    );
    return panel;
  }

  /**
   * @param {import('puppeteer-core').Page} page
   * @returns {Promise<boolean>} whether the page has a panel at this moment
   */
  async hasPanel(page) {
    const panel = await this.#driver.panel(page);
    return panel.evaluate(() => true).catch(() => false);
  }

  /**
   * Runs a function in the page, on the shadow root of an element even where it is closed.
   *
   * @param {import('puppeteer-core').Page} page
   * @param {string} host the element's id
   * @param {(shadow: ShadowRoot, ...args: any[]) => any} fn self-contained
   * @param {...any} args they and the result travel as JSON
   */
  inShadow(page, host, fn, ...args) {
    return this.#driver.inShadow(page, host, fn, args);
  }

  /**
   * @param {string} path such as `clients.html`
   * @returns {Promise<ExtensionDocument>}
   */
  async extensionPage(path) {
    const page = await this.#driver.extensionPage(path);
    this.#extensionPages.push(page);
    await page.waitFor('the page is loaded', () => document.readyState === 'complete');
    return page;
  }

  /**
   * @param {import('puppeteer-core').Page} page
   * @param {string} name of the picture, without an ending
   * @returns {Promise<string>} the path of the picture
   */
  async screenshot(page, name) {
    const folder = path.join(ROOT, 'target/screenshots');
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `${name}-${this.name}.png`);
    await page.screenshot({ path: file });
    return file;
  }

  /** @returns {Promise<string[]>} what was thrown since the last call: on pages, and by us */
  async errors() {
    return [...this.#errors.splice(0), ...(await this.#driver.extensionErrors())];
  }

  /**
   * Begins to watch the content scripts of a page.
   *
   * @param {import('puppeteer-core').Page} page
   * @returns {Promise<() => Promise<number[]>>} ends it, and tells how much processor time each task took in
   *   which they ran, in milliseconds
   */
  contentTasks(page) {
    return this.#driver.contentTasks(page);
  }

  /**
   * @param {import('puppeteer-core').Page[]} pages each at an address of its own
   * @returns {Promise<Record<string, number>[]>} what the documents of each hold, by kind
   */
  held(pages) {
    return this.#driver.held(pages);
  }

  /** Takes the extension away, as switching it off does, under the pages that are open. */
  async switchOff() {
    // Firefox knows an extension by the name it gives itself, Chromium by its address.
    const id = this.name === 'firefox' ? 'candor@candor.example' : new URL(this.origin).host;
    await this.puppeteer.uninstallExtension(id);
  }

  /** Closes every page, so that the next test starts without the last one's. */
  async closePages() {
    for (const page of this.#extensionPages.splice(0)) {
      // The test may have closed it itself.
      await page.close().catch(() => undefined);
    }
    const pages = await this.puppeteer.pages();
    // The first tab stays: a browser without any ends.
    await Promise.all(pages.slice(1).map(closeTab));
  }

  async close() {
    await this.#driver.close();
    await this.#downloads.remove();
  }

  /** Ends the browser as a power cut would. */
  async kill() {
    await this.#driver.kill();
    await this.#downloads.remove();
  }
}

/** A page may be about to close its tab itself, as a webmail does once a mail is sent. */
async function closeTab(page) {
  try {
    await page.close();
  } catch {
    await until('a tab to be closed', () => page.isClosed());
  }
}
