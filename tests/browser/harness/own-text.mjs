/**
 * The writer's own line in the mails of `pages/webmails/`, which `data-write` marks.
 *
 *     await toOwnText(page, '#compose');
 *     await page.keyboard.type(' And so on.');
 */

import { until } from './wait.mjs';

/**
 * Puts the caret at the end of that line; in a plain text field at the end of the first one. What a click does to
 * keyboard and caret may be heard of late in a frame, so it is kept once both are seen to stay.
 *
 * @param {import('puppeteer-core').Page} page
 * @param {string} box the mail's selector
 */
export async function toOwnText(page, box) {
  await page.click(`${box} :is(iframe, .editor)`);
  await until('the caret in the writer’s own line', () => page.evaluate(isInOwnLine, box));
}

/** Runs in the page: whether keyboard and caret are where they are to be; puts them there where they are not. */
function isInOwnLine(box) {
  const field = document.querySelector(`${box} :is(iframe, .editor)`);
  const own = field.contentDocument ?? document;
  if (field.localName === 'textarea') {
    const end = field.value.indexOf('\n');
    const isThere = document.activeElement === field && field.selectionStart === end && field.selectionEnd === end;
    field.setSelectionRange(end, end);
    return isThere && own.hasFocus();
  }
  const line = (field.contentDocument ?? field).querySelector('[data-write]');
  const selection = own.getSelection();
  const [node, end] = [line.firstChild, line.firstChild.length];
  if (selection.isCollapsed && selection.focusNode === node && selection.focusOffset === end && own.hasFocus()) return true;
  (line.closest('[contenteditable]') ?? own.body).focus();
  selection.collapse(node, end);
  return false;
}
