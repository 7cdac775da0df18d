/**
 * Firefox with the extension loaded. Web pages are puppeteer's, as in Chromium; the extension's
 * own documents are reached through Marionette (see `marionette.mjs` for the reason).
 *
 *     const browser = await launchFirefox({ executable, extension, headless });
 *
 * The result has the shape that `browser.mjs` describes.
 */

import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import puppeteer from 'puppeteer-core';
import { NodeWebSocketTransport } from 'puppeteer-core/internal/node/NodeWebSocketTransport.js';

import { CONTROLS, ExtensionDocument, fileInput, uncover } from './extension-document.mjs';
import { heldInFirefox } from './held.mjs';
import { Marionette } from './marionette.mjs';
import { startProgram, temporaryFolder } from './owned.mjs';
import { profileFirefox } from './tasks.mjs';
import { PATIENCE, until } from './wait.mjs';

/** The address Firefox gives the extension; it would be a new random one in every profile. */
const UUID = 'ca4d0000-0000-4000-8000-000000000001';
const ORIGIN = `moz-extension://${UUID}`;

/** The file of a profile in which Firefox says where it listens. */
const PORT = 'MarionetteActivePort';

/** WebDriver's private code points for keys that write nothing. */
const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};

/**
 * @param {{executable: string, extension: string | null, headless: boolean, profile?: string,
 *   preferences?: object, downloads: string}} options
 * @returns {Promise<import('./browser.mjs').Driver>}
 */
export async function launchFirefox({
  executable,
  extension,
  headless,
  profile: kept,
  preferences,
  downloads,
}) {
  const profile = await prepareProfile(kept, {
    // What is loaded for a test is uninstalled when Firefox ends; a kept profile keeps its notebook.
    'extensions.webextensions.keepStorageOnUninstall': true,
    // A folder of our own, and no question about what to do with a file.
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.always_ask_before_handling_new_types': false,
    'extensions.webextensions.uuids': JSON.stringify(extension ? await addresses(extension) : {}),
    // A process that loses its last tab otherwise stops our scripts in their middle, and then runs what they
    // had left to do: errors of a page that nobody sees any more.
    'dom.abort_script_on_child_shutdown': false,
    'intl.locale.requested': 'en-US',
    'marionette.port': 0,
    ...preferences,
  });
  // A Firefox that was killed has left the port where it listened.
  await rm(path.join(profile.path, PORT), { force: true });
  const firefox = await start(executable, profile, headless);
  let marionette;
  try {
    const port = await until('Firefox listens', () => marionettePort(profile, firefox));
    marionette = await Marionette.connect(port);
    const session = await marionette.send('WebDriver:NewSession', {
      unhandledPromptBehavior: 'ignore',
      // Puppeteer gives a command three minutes in Chromium.
      timeouts: { script: 3 * PATIENCE, pageLoad: PATIENCE },
      webSocketUrl: true,
    });
    const browser = await joinSession(session.capabilities, headless);
    if (extension) await browser.installExtension(extension);
    return driver(browser, marionette, firefox, profile);
  } catch (error) {
    marionette?.close();
    await firefox.stop();
    await profile.remove();
    throw error;
  }
}

/** Which address Firefox shall give to the extension of which id. */
async function addresses(extension) {
  const manifest = JSON.parse(await readFile(path.join(extension, 'manifest.json'), 'utf8'));
  return { [manifest.browser_specific_settings.gecko.id]: UUID };
}

function driver(browser, marionette, firefox, profile) {
  return {
    puppeteer: browser,
    origin: ORIGIN,
    panel: async (page) => new PanelDocument(marionette, page),
    async extensionPage(name) {
      const handle = await marionette.alone(async (send) => {
        await selectAny(send);
        const tab = await send('WebDriver:NewWindow', { type: 'tab', focus: true });
        await send('WebDriver:SwitchToWindow', { handle: tab.handle, focus: true });
        await send('WebDriver:Navigate', { url: `${ORIGIN}/${name}` });
        return tab.handle;
      });
      return new PageDocument(marionette, handle);
    },
    inShadow: (page, host, fn, args) => evaluateInShadow(marionette, page, host, fn, args),
    extensionErrors: () => extensionErrors(marionette),
    contentTasks: () => profileFirefox(marionette),
    held: (pages) => heldInFirefox(marionette, pages),
    ended: firefox.ended,
    async close() {
      // Whoever opened the session has to end it: Firefox refuses puppeteer's request. There is no
      // answer when a person has closed Firefox before us, nor while a page asks whether to leave.
      marionette.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
      await firefox.stop(false);
      marionette.close();
      await profile.remove();
    },
    async kill() {
      await firefox.kill();
      marionette.close();
      await profile.remove();
    },
  };
}

/** A folder of our own, or the one that is to be kept. */
async function prepareProfile(kept, preferences) {
  const profile = kept
    ? { path: kept, remove: async () => undefined }
    : await temporaryFolder('candor-firefox-');
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(path.join(profile.path, 'user.js'), lines.join(''));
  return profile;
}

function start(executable, profile, headless) {
  return startProgram(executable, [
    ...(headless ? ['--headless', '--width=1280', '--height=800'] : []),
    '--new-instance',
    '--marionette',
    '--remote-debugging-port=0',
    // Marionette may then look at extension documents and at the browser's own error console.
    '--remote-allow-system-access',
    '--profile',
    profile.path,
  ]);
}

async function marionettePort(profile, firefox) {
  if (firefox.exitCode !== null) throw new Error(`Firefox ended with ${firefox.exitCode}`);
  return Number(await readFile(path.join(profile.path, PORT), 'utf8'));
}

/**
 * Puppeteer always opens a session of its own, and Firefox allows one. The transport answers that
 * one request with the session Marionette has opened and passes everything else on.
 */
async function joinSession(capabilities, headless) {
  const transport = await NodeWebSocketTransport.create(capabilities.webSocketUrl);
  const send = transport.send.bind(transport);
  transport.send = (message) => {
    const { id, method } = JSON.parse(message);
    if (method !== 'session.new') return send(message);
    const answer = { type: 'success', id, result: { sessionId: '', capabilities } };
    queueMicrotask(() => transport.onmessage(JSON.stringify(answer)));
  };
  return puppeteer.connect({
    transport,
    protocol: 'webDriverBiDi',
    defaultViewport: headless ? { width: 1280, height: 800 } : null,
  });
}

/** With the system's rights a script sees closed shadow roots, which scripts of the page do not. */
function evaluateInShadow(marionette, page, host, fn, args) {
  return marionette.alone(async (send) => {
    await send('WebDriver:SwitchToWindow', { handle: handleOf(page), focus: false });
    const { value } = await send('WebDriver:ExecuteScript', {
      script: `
        const [host, ...rest] = arguments;
        const shadow = document.getElementById(host)?.openOrClosedShadowRoot;
        if (!shadow) throw new Error('no #' + host + ' with a shadow root on this page');
        return (${fn})(shadow, ...rest);`,
      args: [host, ...args],
      sandbox: 'system',
    });
    return value;
  });
}

/** Errors of content scripts and extension pages, which Firefox tells to its own console only. */
function extensionErrors(marionette) {
  return marionette.alone(async (send) => {
    await selectAny(send);
    await send('Marionette:SetContext', { value: 'chrome' });
    try {
      const { value } = await send('WebDriver:ExecuteScript', {
        script: `
          const errors = Services.console.getMessageArray()
            .filter((one) => one instanceof Ci.nsIScriptError)
            .filter((one) => !(one.flags & Ci.nsIScriptError.warningFlag))
            .filter((one) => one.sourceName.startsWith(arguments[0]))
            // Said when a page is closed while it asks the browser something; nobody waits any more.
            .filter((one) => !/^Promise (resolved|rejected) after context unloaded/.test(one.errorMessage))
            .map((one) => {
              const lines = [one.errorMessage + ' at ' + one.sourceName + ':' + one.lineNumber];
              for (let at = one.stack; at; at = at.parent ?? at.asyncParent)
                lines.push(at.functionDisplayName + ' at ' + at.source + ':' + at.line);
              return lines.join('\\n    ');
            });
          Services.console.reset();
          return errors;`,
        args: [ORIGIN],
      });
      return value;
    } finally {
      await send('Marionette:SetContext', { value: 'content' });
    }
  });
}

/** The tab that was last selected may be closed by now, and its window with it; any one that is there will do. */
async function selectAny(send) {
  const [handle] = await send('WebDriver:GetWindowHandles');
  await send('WebDriver:SwitchToWindow', { handle, focus: false });
}

/** Marionette and WebDriver BiDi name a tab alike. */
function handleOf(page) {
  return page.mainFrame()._id;
}

/** What panel and page have in common: everything but how the document is selected. */
class MarionetteDocument extends ExtensionDocument {
  #marionette;

  constructor(marionette) {
    super();
    this.#marionette = marionette;
  }

  /** Makes this document the session's current one. */
  async select(_send) {
    throw new Error('panel and page select in their own way');
  }

  evaluate(fn, ...args) {
    const script = `return (${fn}).apply(null, arguments);`;
    return this.#inside(async (send) => {
      const { value } = await send('WebDriver:ExecuteScript', { script, args });
      return value;
    });
  }

  press(name) {
    return this.#on(name, async (send, id, reference) => {
      const script = `(${uncover})(arguments[0]);`;
      await send('WebDriver:ExecuteScript', { script, args: [reference] });
      try {
        await send('WebDriver:ElementClick', { id });
      } catch (error) {
        // A press that led away took the document along before the driver could say so.
        if (await this.#stands(send)) throw error;
      }
    });
  }

  hover(name) {
    return this.#on(name, (send, id, reference) =>
      send('WebDriver:PerformActions', {
        actions: [
          {
            type: 'pointer',
            id: 'mouse',
            parameters: { pointerType: 'mouse' },
            actions: [{ type: 'pointerMove', duration: 0, origin: reference, x: 0, y: 0 }],
          },
        ],
      }),
    );
  }

  fill(name, text) {
    return this.#on(name, async (send, id) => {
      await send('WebDriver:ElementClear', { id });
      await send('WebDriver:ElementSendKeys', { id, text });
    });
  }

  upload(label, file) {
    return this.#inside(async (send) => {
      const { value } = await send('WebDriver:ExecuteScript', {
        script: `return (${fileInput}).apply(null, arguments);`,
        args: [label],
      });
      await send('WebDriver:ElementSendKeys', { id: Object.values(value)[0], text: file });
    });
  }

  key(keys) {
    const values = keys.split('+').map((key) => KEYS[key] ?? key);
    const actions = [
      ...values.map((value) => ({ type: 'keyDown', value })),
      ...values.toReversed().map((value) => ({ type: 'keyUp', value })),
    ];
    return this.#inside((send) =>
      send('WebDriver:PerformActions', { actions: [{ type: 'key', id: 'keyboard', actions }] }),
    );
  }

  async screenshot(file) {
    const { value } = await this.#inside((send) =>
      send('WebDriver:TakeScreenshot', { full: false, hash: false }),
    );
    await writeFile(file, Buffer.from(value, 'base64'));
  }

  close() {
    return this.#inside((send) => send('WebDriver:CloseWindow'));
  }

  #inside(sequence) {
    return this.#marionette.alone(async (send) => {
      await this.select(send);
      return sequence(send);
    });
  }

  async #stands(send) {
    try {
      await this.select(send);
      return true;
    } catch {
      return false;
    }
  }

  #on(name, action) {
    const find = () =>
      this.#inside(async (send) => {
        const reference = await namedElement(send, name);
        if (!reference) return false;
        await action(send, Object.values(reference)[0], reference);
        return true;
      });
    return until(`a control named “${name}”`, find, { seen: () => this.text() });
  }
}

async function namedElement(send, name) {
  const found = await send('WebDriver:FindElements', { using: 'css selector', value: CONTROLS });
  for (const reference of found) {
    const { value } = await send('WebDriver:GetComputedLabel', {
      id: Object.values(reference)[0],
    });
    if (value === name) return reference;
  }
  return undefined;
}

class PageDocument extends MarionetteDocument {
  #handle;

  constructor(marionette, handle) {
    super(marionette);
    this.#handle = handle;
  }

  async select(send) {
    await send('WebDriver:SwitchToWindow', { handle: this.#handle, focus: true });
  }
}

class PanelDocument extends MarionetteDocument {
  #handle;
  #index = 0;

  constructor(marionette, page) {
    super(marionette);
    this.#handle = handleOf(page);
  }

  /** Frames are counted in closed shadow roots too, but their number shifts as a page changes. */
  async select(send) {
    if (isPanel(await this.#enter(send, this.#index))) return;
    for (let index = 0; ; index += 1) {
      const url = await this.#enter(send, index);
      if (url === undefined) throw new Error('no panel on this page');
      if (isPanel(url)) {
        this.#index = index;
        return;
      }
    }
  }

  /** The address of the page's frame of this number, or undefined when there are fewer. */
  async #enter(send, index) {
    await send('WebDriver:SwitchToWindow', { handle: this.#handle, focus: false });
    try {
      await send('WebDriver:SwitchToFrame', { id: index });
    } catch {
      return undefined;
    }
    const script = 'return location.href;';
    return (await send('WebDriver:ExecuteScript', { script, args: [] })).value;
  }
}

function isPanel(url) {
  return url?.startsWith(`${ORIGIN}/panel.html`) ?? false;
}
