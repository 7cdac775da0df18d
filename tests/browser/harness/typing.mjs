/**
 * Three hundred words, typed as fast as the browser takes them, and what content scripts made of the page's thread
 * meanwhile.
 *
 *     const tasks = await typeAtSpeed(browser, page, () => panel.waitForText(/moves two weeks/));
 *     assertShort(browser, tasks);
 */

import assert from 'node:assert/strict';

/** In milliseconds: the length at which people notice. */
const LONGEST = 50;

/** How many tasks are seen at least; Firefox sees none of the shortest. */
const LEAST = { chromium: 300, firefox: 50 };

const SENTENCES = 'We hit a small hiccup with the photos, so the launch moves two weeks, to 28 May. All is well. ';

/** What is typed. */
export const WORDS = SENTENCES.repeat(15).split(' ').slice(0, 300).join(' ');

/**
 * Types the words where the keyboard is.
 *
 * @param {import('./browser.mjs').Browser} browser
 * @param {import('puppeteer-core').Page} page
 * @param {() => Promise<unknown>} judged kept once Candor has made of the words what it makes of them
 * @returns {Promise<number[]>} the processor time of each task in which content scripts ran, in milliseconds
 */
export async function typeAtSpeed(browser, page, judged) {
  const ended = await browser.contentTasks(page);
  await page.keyboard.type(WORDS);
  await judged();
  return ended();
}

/**
 * @param {import('./browser.mjs').Browser} browser
 * @param {number[]} tasks
 */
export function assertShort({ name }, tasks) {
  assert.ok(tasks.length > LEAST[name], `what Candor does is seen: ${tasks.length} tasks`);
  const longest = Math.max(...tasks);
  assert.ok(longest < LONGEST, `${longest} ms`);
}
