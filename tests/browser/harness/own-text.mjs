/**
 * The writer's own line in the mails of `pages/webmails/`, which `data-write` marks.
 *
 *     await toOwnText(page, '#compose');
 *     await page.keyboard.type(' And so on.');
 */

/**
 * Puts the caret at the end of that line; in a plain text field at the end of the first one.
 *
 * @param {import('puppeteer-core').Page} page
 * @param {string} box the mail's selector
 */
export async function toOwnText(page, box) {
  await page.click(`${box} :is(iframe, .editor)`);
  await page.evaluate((box) => {
    const field = document.querySelector(`${box} :is(iframe, .editor)`);
    if (field.localName === 'textarea') {
      const end = field.value.indexOf('\n');
      field.setSelectionRange(end, end);
      return;
    }
    const line = (field.contentDocument ?? field).querySelector('[data-write]');
    (line.closest('[contenteditable]') ?? line.ownerDocument.body).focus();
    line.ownerDocument.getSelection().collapse(line.firstChild, line.firstChild.length);
  }, box);
}
