/**
 * What is left of Candor on a page.
 *
 *     assert.deepEqual(await traces(page), NONE);
 */

/** Once the extension is off. */
export const NONE = { element: false, panel: false, underlines: false };

/**
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<{element: boolean, panel: boolean, underlines: boolean}>} whether our element is there,
 *   whether it is shown, and whether any words are underlined, in the page or in a frame of it
 */
export function traces(page) {
  return page.evaluate(() => {
    const frames = [...document.querySelectorAll('iframe')].map(({ contentWindow }) => contentWindow);
    const underlines = [window, ...frames].some((view) => {
      const isMarked = [...view.CSS.highlights].some(([name, { size }]) => name.startsWith('candor-') && size > 0);
      const style = view.getComputedStyle(view.document.body, '::highlight(candor-warn)');
      return isMarked && style.textDecorationStyle === 'wavy';
    });
    const element = document.querySelector('#candor-panel');
    return { element: element !== null, panel: element?.checkVisibility() ?? false, underlines };
  });
}
