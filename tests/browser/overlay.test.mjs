/**
 * The layer over plain fields: its letters stand exactly where the field's do, to the pixel, so that
 * underlines are under their words.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { serve } from './harness/static-server.mjs';
import { untilEqual } from './harness/wait.mjs';

/** Wraps, scrolls, and holds what fields treat in ways of their own: tabs, long words, trailing breaks. */
const TEXT = `Hi Cathy,

We hit a small hiccup with the photos, so the launch moves two weeks, to 28 May. That is late.
\tIndented,   with   spaces, and Averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongword.
Zoe\u0308 \u{1F469}\u{1F3FD}\u200D\u{1F680} AVA fi ffl

${'All is well with the shop, and the lamps shine in the window all night long. '.repeat(12)}

The server is down again. `;

const RIGHT_TO_LEFT = `שלום קתי,

${'ההשקה נדחית בשבועיים, ל־28 במאי, בגלל התמונות. '.repeat(14)}(headless CMS)`;

const SCRIPTS = ['namespace', 'text', 'geometry', 'plain-editor', 'placement', 'host'].map(
  (name) => new URL(`../../extension/content/${name}.js`, import.meta.url).pathname,
);

let server;
before(async () => {
  server = await serve(new URL('pages/', import.meta.url));
});
after(() => server.close());

forBothBrowsers(
  (given) => {
    /** A page with a text in one of its fields, and the layer over it. */
    async function overlaid(selector, text) {
      const page = await given.browser.open(`${server.url}plain.html`);
      for (const path of SCRIPTS) await page.addScriptTag({ path });
      await page.$eval(
        selector,
        (field, text) => {
          field.value = text;
          field.spellcheck = false;
          Object.assign(field.style, { color: 'black', caretColor: 'transparent' });
          const host = new candor.Host(() => {});
          // What the style sheet of the content scripts does for it.
          Object.assign(document.querySelector('#candor-panel'), {
            hidden: false,
            style: '--candor-display: block',
          });
          globalThis.editor = new candor.PlainEditor(field, host.mount);
          globalThis.editor.read();
          const marks = ['small hiccup', 'two weeks', 'server is down'].map((words, id) => {
            const start = text.indexOf(words);
            return { id, start, end: start + words.length, tone: 'warn' };
          });
          globalThis.editor.mark(marks);
          field.addEventListener('input', () => globalThis.editor.edited());
        },
        text,
      );
      return page;
    }

    /** Pictures of a field with its own letters, and with the layer's instead. */
    async function pictures(page, selector) {
      await given.browser.inShadow(page, 'candor-panel', (shadow) => {
        for (const mark of shadow.querySelectorAll('mark'))
          mark.style.cssText = 'color: inherit; text-decoration: none';
        for (const each of shadow.querySelectorAll('.layer, iframe'))
          each.style.visibility = 'hidden';
      });
      const field = await page.$(selector);
      const own = await field.screenshot();
      await page.$eval(selector, ({ style }) =>
        style.setProperty('color', 'transparent', 'important'),
      );
      await given.browser.inShadow(page, 'candor-panel', (shadow) => {
        for (const layer of shadow.querySelectorAll('.layer')) layer.style.visibility = 'visible';
        for (const sheet of shadow.querySelectorAll('.sheet')) sheet.style.color = 'black';
      });
      const ours = await field.screenshot();
      await page.$eval(selector, ({ style }) => style.removeProperty('color'));
      await given.browser.inShadow(page, 'candor-panel', (shadow) => {
        for (const sheet of shadow.querySelectorAll('.sheet')) sheet.style.color = '';
      });
      return page.evaluate(
        compare,
        Buffer.from(own).toString('base64'),
        Buffer.from(ours).toString('base64'),
      );
    }

    async function assertExact(page, selector, when) {
      let ink;
      const strayed = async () => {
        const compared = await pictures(page, selector);
        ({ ink } = compared);
        return compared.strayed;
      };
      // Observers report once a frame has been drawn, and what they move is drawn with another.
      await untilEqual(`${when}: no pixel with ink is elsewhere`, 0, strayed);
      assert.ok(ink > 200, `${when}: letters are there to compare`);
    }

    test('a text field: as it stands, scrolled, resized, moved and edited', async () => {
      const page = await overlaid('textarea', TEXT);
      await assertExact(page, 'textarea', 'as it stands');

      await page.$eval('textarea', (field) => (field.scrollTop = 77));
      await assertExact(page, 'textarea', 'scrolled');

      await page.$eval('textarea', (field) => {
        field.style.width = '431px';
        field.style.height = '203px';
      });
      await assertExact(page, 'textarea', 'resized');

      await page.evaluate(() => {
        const banner = document.createElement('p');
        banner.textContent = 'Something that pushes the mail down';
        document.body.prepend(banner);
      });
      await assertExact(page, 'textarea', 'moved');

      await page.$eval('textarea', (field) => {
        field.setRangeText('A new line\n', 0, 0);
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      });
      await assertExact(page, 'textarea', 'edited');
    });

    for (const zoom of [0.5, 0.8, 1.25, 2]) {
      test(`a text field at a zoom of ${zoom}, scrolled`, async () => {
        const page = await overlaid('textarea', TEXT);
        await page.setViewport({
          width: Math.round(1280 / zoom),
          height: Math.round(800 / zoom),
          deviceScaleFactor: zoom,
        });
        await page.$eval('textarea', (field) => (field.scrollTop = 33));
        await assertExact(page, 'textarea', `at ${zoom}`);
      });
    }

    test('a text field from right to left', async () => {
      const page = await overlaid('textarea', RIGHT_TO_LEFT);
      await page.$eval('textarea', (field) => (field.dir = 'rtl'));
      await page.$eval('textarea', () => globalThis.editor.mark([{ id: 0, start: 0, end: 4, tone: 'warn' }]));
      await assertExact(page, 'textarea', 'from right to left');
    });

    test('a subject, longer than its field and scrolled', async () => {
      const page = await overlaid(
        '[name=subject]',
        'A small hiccup: the launch moves two weeks, and the server is down',
      );
      await assertExact(page, '[name=subject]', 'as it stands');
      await page.$eval('[name=subject]', (field) => (field.scrollLeft = 50));
      await assertExact(page, '[name=subject]', 'scrolled');
    });
  },
  { extension: null },
);

/**
 * Runs in the page: how many pixels of a picture have ink, and how many have it in one picture only.
 * Letters of a layer are smoothed a little differently, so only clear differences count.
 */
async function compare(own, ours) {
  const pixels = async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    // Fields cut letters off at their edges, each in its own way.
    const edge = 6;
    return context.getImageData(edge, edge, image.width - 2 * edge, image.height - 2 * edge).data;
  };
  const [one, other] = [await pixels(own), await pixels(ours)];
  let ink = 0;
  let strayed = 0;
  for (let at = 0; at < one.length; at += 4) {
    const [a, b] = [one, other].map((data) => (data[at] + data[at + 1] + data[at + 2]) / 3);
    if (a < 128 || b < 128) ink += 1;
    if (Math.abs(a - b) > 96) strayed += 1;
  }
  return { ink, strayed };
}
