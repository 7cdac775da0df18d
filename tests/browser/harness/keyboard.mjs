/**
 * Who has the keyboard. It moves between a page, the frames in it and the panel by way of the browser, and each
 * of them hears of that in its own time: what is typed at once may still go to where it was.
 *
 *     await page.click('iframe');
 *     await keyboardIn(page, 'iframe');
 *     await panel.press('Keep writing');
 *     await keyboardIn(page, '.editor', panel);
 */

import { until } from './wait.mjs';

/**
 * Kept once the keyboard is in an editor of the page, and where a panel is given, no more in that.
 *
 * @param {import('puppeteer-core').Page} page
 * @param {string} selector the editor's, or that of the frame that holds it
 * @param {import('./extension-document.mjs').ExtensionDocument} [panel]
 */
export function keyboardIn(page, selector, panel) {
  const places = async () => ({
    page: await page.evaluate(pageKeyboard, selector),
    panel: panel && (await panel.evaluate(() => document.hasFocus())),
  });
  return until(
    `the keyboard to be in ${selector}`,
    async () => {
      const { page, panel } = await places();
      return page === true && panel !== true;
    },
    { seen: async () => JSON.stringify(await places()) },
  );
}

/**
 * Presses in a frame. Chromium may drop a press where frames were put together a moment ago; what the frame's document
 * never heard of is pressed again, and what it heard of is not, whatever came of it.
 *
 * @param {import('puppeteer-core').Frame} frame
 * @param {string} selector
 */
export async function pressIn(frame, selector) {
  const heard = await frame.evaluateHandle(() => {
    const heard = { is: false };
    addEventListener('pointerdown', () => (heard.is = true), { capture: true, once: true });
    return heard;
  });
  await until(`a press on ${selector} to be heard in its frame`, async () => {
    await frame.click(selector);
    return heard.evaluate(({ is }) => is);
  });
}

/** Runs in the page: whether the keyboard is in the editor, or else what has it. */
function pageKeyboard(selector) {
  const editor = document.querySelector(selector);
  const { activeElement } = document;
  const isIn = editor.contains(activeElement) && (editor.contentDocument ?? document).hasFocus();
  return isIn || (activeElement.id ? `#${activeElement.id}` : activeElement.localName);
}
