/**
 * Chromium with the extension loaded, through puppeteer alone: it sees the extension's documents
 * as it sees any other.
 *
 *     const browser = await launchChromium({ executable, extension, headless });
 *
 * The result has the shape that `browser.mjs` describes.
 */

import puppeteer from 'puppeteer-core';

import { ExtensionDocument, fileInput, uncover } from './extension-document.mjs';
import { heldInChromium } from './held.mjs';
import { traceChromium } from './tasks.mjs';
import { PATIENCE, until } from './wait.mjs';

/** Quiet and the same everywhere: no first-run pages, no traffic of the browser's own. */
const ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--lang=en-US',
  '--no-first-run',
];

/**
 * @param {{executable: string, extension: string | null, headless: boolean, profile?: string,
 *   downloads: string}} options
 * @returns {Promise<import('./browser.mjs').Driver>}
 */
export async function launchChromium({ executable, extension, headless, profile, downloads }) {
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: executable,
    headless,
    timeout: PATIENCE,
    userDataDir: profile,
    downloadBehavior: { policy: 'allow', downloadPath: downloads },
    pipe: true,
    enableExtensions: true,
    defaultViewport: headless ? { width: 1280, height: 800 } : null,
    // Chromium's sandbox refuses to start as root, which is what containers of test machines are.
    args: process.getuid?.() === 0 ? [...ARGUMENTS, '--no-sandbox'] : ARGUMENTS,
  });
  const id = extension && (await install(browser, extension));
  const origin = `chrome-extension://${id}`;
  const errors = keptErrors(browser, origin);
  return {
    puppeteer: browser,
    origin,
    panel: async (page) => new ChromiumDocument(page, () => panelFrame(page, origin)),
    async extensionPage(path) {
      const page = await browser.newPage();
      page.setDefaultTimeout(PATIENCE);
      await page.goto(`${origin}/${path}`);
      return new ChromiumDocument(page, () => page.mainFrame());
    },
    inShadow: evaluateInShadow,
    extensionErrors: async () => errors.splice(0),
    contentTasks: traceChromium,
    held: heldInChromium,
    ended: new Promise((resolve) => browser.once('disconnected', resolve)),
    close: () => browser.close(),
    async kill() {
      const program = browser.process();
      // It may have ended before, whoever ended it.
      if (program.exitCode !== null || program.signalCode !== null) return;
      const gone = new Promise((resolve) => program.once('exit', resolve));
      // Puppeteer gives it a process group of its own: its workers end with it.
      process.kill(-program.pid, 'SIGKILL');
      await gone;
    },
  };
}

/** A browser that nobody gets to see must not stay behind. */
async function install(browser, extension) {
  try {
    return await browser.installExtension(extension);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * A growing list of what is thrown in the extension's own documents and its background. (What
 * content scripts throw counts as an error of the page they run in.)
 */
function keptErrors(browser, origin) {
  const errors = [];
  const known = new WeakSet();
  const keep = async (target) => {
    if (known.has(target) || !target.url().startsWith(origin)) return;
    known.add(target);
    try {
      const session = await target.createCDPSession();
      session.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text } }) =>
        errors.push(exception?.description ?? text),
      );
      // Chromium then tells what was thrown before this moment, too.
      await session.send('Runtime.enable');
    } catch {
      // The document is gone again already, with whatever it had to say.
    }
  };
  browser.on('targetcreated', keep);
  // A frame gets its address only after it was made.
  browser.on('targetchanged', keep);
  return errors;
}

/** The debugger sees closed shadow roots, which scripts of the page do not. */
async function evaluateInShadow(page, host, fn, args) {
  const session = await page.createCDPSession();
  try {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const shadow = shadowOf(root, host);
    if (!shadow) throw new Error(`no #${host} with a shadow root on this page`);
    const { object } = await session.send('DOM.resolveNode', { nodeId: shadow.nodeId });
    const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
      objectId: object.objectId,
      functionDeclaration: `function (...args) { return (${fn})(this, ...args); }`,
      arguments: args.map((value) => ({ value })),
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception.description);
    return result.value;
  } finally {
    await session.detach();
  }
}

function shadowOf(node, id) {
  const { attributes = [] } = node;
  // Names and values by turns.
  if (attributes[attributes.indexOf('id') + 1] === id) return node.shadowRoots?.[0];
  for (const child of node.children ?? []) {
    const found = shadowOf(child, id);
    if (found) return found;
  }
  return undefined;
}

function panelFrame(page, origin) {
  const frame = page.frames().find((one) => one.url().startsWith(`${origin}/panel.html`));
  if (!frame) throw new Error(`no panel among ${page.frames().map((one) => one.url())}`);
  return frame;
}

class ChromiumDocument extends ExtensionDocument {
  #page;
  #frame;

  /**
   * @param {import('puppeteer-core').Page} page
   * @param {() => import('puppeteer-core').Frame} frame looked up each time: it may be replaced
   */
  constructor(page, frame) {
    super();
    this.#page = page;
    this.#frame = frame;
  }

  async evaluate(fn, ...args) {
    return this.#frame().evaluate(fn, ...args);
  }

  async press(name) {
    const { x, y } = await this.#middleOf(name);
    await this.#page.mouse.click(x, y);
  }

  async hover(name) {
    const { x, y } = await this.#middleOf(name);
    await this.#page.mouse.move(x, y);
  }

  async fill(name, text) {
    const field = await this.#named(name);
    await field.evaluate((element) => element.select?.());
    await field.type(text);
    // Typing nothing takes nothing away.
    if (text === '') await field.press('Backspace');
  }

  async upload(label, file) {
    const input = await this.#frame().evaluateHandle(fileInput, label);
    await input.uploadFile(file);
  }

  async key(keys) {
    const held = keys.split('+');
    const key = held.pop();
    for (const one of held) await this.#page.keyboard.down(one);
    await this.#page.keyboard.press(key);
    for (const one of held) await this.#page.keyboard.up(one);
  }

  async screenshot(file) {
    await this.#page.screenshot({ path: file });
  }

  async close() {
    await this.#page.close();
  }

  #named(name) {
    return this.#find(name, (element) => element);
  }

  /** Where the mouse reaches a control: one that is replaced before that is known is looked for again. */
  #middleOf(name) {
    return this.#find(name, (element) => element.clickablePoint());
  }

  async #find(name, get) {
    // A tab in the background draws nothing, and its accessibility tree waits for that.
    await this.#page.bringToFront();
    const find = async () => {
      const element = await this.#frame().$(`aria/${name}`);
      await element?.evaluate(uncover);
      return element && (await this.#isAtRest(element)) && get(element);
    };
    return until(`a control named “${name}”`, find, { seen: () => this.text() });
  }

  /** The mouse reaches a frame where it was last drawn, so what moves is no target yet. */
  async #isAtRest(element) {
    const before = JSON.stringify(await element.boundingBox());
    await this.#page.evaluate(drawn);
    await element.evaluate(drawn);
    return before === JSON.stringify(await element.boundingBox());
  }
}

/** Runs in a document: until what it holds now is on the screen. */
function drawn() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
