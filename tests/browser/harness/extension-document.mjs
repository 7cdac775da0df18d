/**
 * A document of the extension (the panel in its frame, or a page in a tab of its own), the same in
 * both browsers. Nobody makes one directly: `browser.panel(page)` and
 * `browser.extensionPage('clients.html')` give them out.
 *
 *     await panel.text();                                 // what a person can read in it
 *     await panel.waitForText('Nothing to mention');      // string or RegExp
 *     await panel.waitFor('two findings', () => document.querySelectorAll('li').length === 2);
 *     await panel.waitForEqual('no findings', [], () => [...document.querySelectorAll('li')].map(…));
 *     await clients.waitForCount('a hundred notes', 100, () => document.querySelectorAll('li').length);
 *     await panel.evaluate((name) => document.querySelector(name).id, 'main');
 *     await panel.press('Add three demo clients');        // by accessible name, as a person would
 *     await clients.fill('Name', 'Cathy Andre');
 *     await clients.upload('Import', '/path/to/file.vcf');
 *     await panel.hover('…');  await panel.key('Enter');  await panel.key('Shift+Enter');
 *     await clients.screenshot('/path/to/file.png');
 *     await clients.close();                              // a page's tab; the panel has none
 *
 * Names are accessible names, exactly as assistive technology computes them. Functions given to
 * `evaluate` and `waitFor` run in the document; arguments and results travel as JSON.
 */

import { until, untilCounted, untilEqual } from './wait.mjs';

export class ExtensionDocument {
  /**
   * @param {(...args: any[]) => any} _fn self-contained
   * @param {...any} _args
   * @returns {Promise<any>}
   */
  evaluate(_fn, ..._args) {
    throw new Error('a browser brings its own way to evaluate');
  }

  /** @returns {Promise<string>} the text a person can read, one line per line */
  text() {
    return this.evaluate(() => document.body.innerText);
  }

  /** @returns {Promise<string>} the address of the document */
  url() {
    return this.evaluate(() => location.href);
  }

  /**
   * @param {string} what what is awaited, for the message when it does not come
   * @param {(...args: any[]) => any} fn waits until this returns something true, and returns it
   * @param {...any} args
   */
  waitFor(what, fn, ...args) {
    return until(what, () => this.evaluate(fn, ...args), { seen: () => this.text() });
  }

  /**
   * Waits until the document answers with exactly this, as deep as it goes.
   *
   * @param {string} what
   * @param {any} wanted as it comes out of JSON
   * @param {(...args: any[]) => any} fn
   * @param {...any} args
   */
  waitForEqual(what, wanted, fn, ...args) {
    return untilEqual(what, wanted, () => this.evaluate(fn, ...args));
  }

  /**
   * Waits until a number is reached, and for as long as it grows.
   *
   * @param {string} what
   * @param {number} goal
   * @param {(...args: any[]) => number | Promise<number>} fn
   * @param {...any} args
   * @returns {Promise<number>} the number, which may be beyond the goal by then
   */
  waitForCount(what, goal, fn, ...args) {
    return untilCounted(what, goal, () => this.evaluate(fn, ...args), { seen: () => this.text() });
  }

  /**
   * @param {string | RegExp} wanted
   * @returns {Promise<string>} the whole text, once it holds what is wanted
   */
  waitForText(wanted) {
    return until(
      `the text ${wanted}`,
      async () => {
        const text = await this.text();
        const there = typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
        return there && text;
      },
      { seen: () => this.text() },
    );
  }
}

/** What a name can belong to: everything a person can press, choose or fill in. */
export const CONTROLS =
  'button, a[href], input, select, textarea, summary, [role], [tabindex], [contenteditable]';

/**
 * Runs in the document: scrolls as little as shows all of an element, clear of what is stuck to the
 * edges. Drivers leave alone what is in view, be it covered.
 *
 * @param {Element} element
 */
export function uncover(element) {
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
}

/**
 * Runs in the document: the file input with this label. Browsers add the chosen file to its
 * accessible name, so that name is no use for finding it.
 *
 * @param {string} label
 */
export function fileInput(label) {
  const inputs = [...document.querySelectorAll('input[type=file]')];
  return inputs.find((input) =>
    [input.ariaLabel, ...[...input.labels].map((one) => one.textContent.trim())].includes(label),
  );
}
