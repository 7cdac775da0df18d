/**
 * The forms that a mail in Gmail takes besides the box in a corner, made out of the page `gmail`: each function runs
 * there. Classes as the adapter's source has them.
 *
 *     await page.evaluate(GMAIL_FORMS['full screen']);    // the mail is still `#popup`
 */

/** @type {Record<string, () => void>} */
export const GMAIL_FORMS = {
  'full screen': () => {
    document.getElementById('inline').remove();
    const [outer, inner] = ['aSs', 'aSt'].map((name) => Object.assign(document.createElement('div'), { className: name }));
    const box = document.getElementById('popup');
    box.before(outer);
    outer.append(inner);
    inner.append(box);
  },
  'own window': () => {
    document.getElementById('inline').remove();
    document.getElementById('popup').removeAttribute('role');
    document.body.className = 'xE xp';
  },
};
