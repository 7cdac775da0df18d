/** Where the panel stands: beside the mail where there is room, else a pill that is never in the way. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { GMAIL_FORMS } from './harness/gmail-forms.mjs';
import { toOwnText } from './harness/own-text.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';

const BAD_NEWS = 'We hit a small hiccup with the photos, so the launch moves two weeks, to 28 May.';
const LEAST = 300;

/**
 * Mails that fill the window, each in its own way, so that nothing is free for a panel but the mail itself.
 * What each does to its page runs there.
 */
const FULL = {
  'Gmail’s full screen': { page: 'gmail', shape: GMAIL_FORMS['full screen'] },
  'Gmail’s own window': { page: 'gmail', shape: GMAIL_FORMS['own window'] },
  'Outlook’s own window': {
    page: 'outlook',
    shape() {
      document.querySelector('body > [aria-label]').remove();
    },
  },
  'an editor in a frame': { page: 'proton' },
  'a plain text field': { page: 'sogo' },
  'a mail from right to left': { page: 'gmail', language: 'ar', shape: () => document.getElementById('inline').remove() },
};

/** A window of 1280 by 800 zoomed from half to double, and small ones. */
const WINDOWS = [
  ...[0.5, 0.67, 0.8, 1, 1.25, 1.5, 2].map((zoom) => ({
    width: Math.round(1280 / zoom),
    height: Math.round(800 / zoom),
    deviceScaleFactor: zoom,
  })),
  { width: 360, height: 640 },
  { width: 480, height: 320 },
];

let server;
before(async () => {
  server = await serve(new URL('pages/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  async function write(width, editor = 'rich') {
    const page = await given.browser.open('about:blank');
    await page.setViewport({ width, height: 560 });
    await page.goto(`${server.url}${editor}.html`);
    const field = editor === 'rich' ? '.editor' : 'textarea';
    await page.click(field);
    await page.keyboard.type(BAD_NEWS);
    const panel = await given.browser.panel(page);
    await panel.waitFor('findings', () => document.querySelectorAll('#findings li').length > 0);
    return { page, panel };
  }

  /** The panel's frame and the page's own boxes, and whether they meet. */
  async function seen(page) {
    const frame = await given.browser.inShadow(page, 'candor-panel', (shadow) => {
      const frame = shadow.querySelector('iframe');
      const { left, top, right, bottom } = frame.getBoundingClientRect();
      return {
        left,
        top,
        right,
        bottom,
        isPill: frame.classList.contains('folded'),
        isShown: frame.classList.contains('shown'),
      };
    });
    const page_ = await page.evaluate(() => {
      const box = (element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return { left, top, right, bottom };
      };
      const selection = getSelection();
      const isRich = document.querySelector('.editor')?.contains(selection.focusNode);
      return {
        compose: box(document.querySelector('.compose, form')),
        send: box([...document.querySelectorAll('button')].at(-1)),
        caret: isRich ? box(selection.getRangeAt(0)) : null,
        window: { width: innerWidth, height: innerHeight },
      };
    });
    return { frame, ...page_ };
  }

  const meets = (one, other) =>
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom;

  /** Waits until the panel is shown, is all in the window, and stands as it should. */
  function standing(page, what, isAsItShould) {
    const isInWindow = ({ frame, window }) =>
      frame.left >= 0 && frame.top >= 0 && frame.right <= window.width && frame.bottom <= window.height;
    return until(
      what,
      async () => {
        const now = await seen(page);
        return now.frame.isShown && isInWindow(now) && isAsItShould(now) && now;
      },
      { seen: async () => JSON.stringify(await seen(page)) },
    );
  }

  test('with room it stands beside the mail and covers none of it', async () => {
    const { page } = await write(1000);
    const now = await standing(page, 'the panel beside the mail', ({ frame, compose }) => {
      return !frame.isPill && !meets(frame, compose);
    });
    assert.ok(now.frame.right - now.frame.left >= LEAST);
    await given.browser.screenshot(page, 'placement-beside');
  });

  test('without room it is a pill, clear of Send and of the words being written', async () => {
    const { page, panel } = await write(640);
    // It makes way a moment after the caret has moved.
    const isClear = ({ frame, send, caret }) => frame.isPill && !meets(frame, send) && !meets(frame, caret);
    await standing(page, 'the pill, out of the way', isClear);
    await given.browser.screenshot(page, 'placement-pill');

    // Writing on, right where the pill is.
    for (let line = 0; line < 12; line += 1) await page.keyboard.press('Enter');
    await page.keyboard.type('a line that runs under the lower right corner of the whole box');
    await standing(page, 'the pill to make way', isClear);

    await panel.press(await panel.evaluate(() => document.getElementById('pill').ariaLabel));
    await standing(page, 'the panel unfolded', ({ frame }) => !frame.isPill);
    // Until then the button is still on its way, and a click would miss it.
    await panel.waitFor('all of it is shown', () => innerHeight > 300);
    await panel.press('Fold Candor away');
    await standing(page, 'the pill again', ({ frame }) => frame.isPill);
  });

  test('a plain editor’s caret is kept clear, too', async () => {
    const { page } = await write(640, 'plain');
    await until('the pill', async () => (await seen(page)).frame.isPill);
    const before = (await seen(page)).frame;
    // Down to the last line in sight, however long the draft is in the fonts of this machine.
    for (let line = 0; line < 12; line += 1) await page.keyboard.press('Enter');
    await page.keyboard.type('a line that runs under the lower right corner of the box…');
    await until('the pill makes way', async () => {
      const { frame } = await seen(page);
      return frame.isPill && (frame.left !== before.left || frame.top !== before.top);
    });
  });

  for (const [mail, { page: name, language = 'en', shape = () => undefined }] of Object.entries(FULL)) {
    test(`${mail}: at every zoom and in small windows the pill covers neither Send nor what is written`, async () => {
      const page = await given.browser.open(`${server.url}webmails/${name}.html?language=${language}`);
      await page.evaluate(shape);
      await page.evaluate(() => {
        const box = document.querySelector('.box');
        box.style.cssText = 'position: fixed; inset: 0; width: auto; margin: 0; overflow: auto';
        box.querySelector('iframe, .editor').style.height = '60vh';
      });
      await toOwnText(page, '.box');
      await page.keyboard.type(` ${BAD_NEWS}`);
      const panel = await given.browser.panel(page);
      await panel.waitFor('findings', () => document.querySelectorAll('#findings li').length > 0);
      for (const view of WINDOWS) {
        await page.setViewport(view);
        await page.keyboard.type(' So.');
        const seen = async () => JSON.stringify(await mailAndPill(page));
        await until(
          `a pill out of the way at ${view.width} by ${view.height}`,
          async () => {
            const { pill, window, kept } = await mailAndPill(page);
            const isInWindow =
              pill.left >= 0 && pill.top >= 0 && pill.right <= window.right && pill.bottom <= window.bottom;
            return pill.isPill && window.right === view.width && isInWindow && !kept.some((one) => meets(one, pill));
          },
          { seen },
        );
      }
    });
  }

  /** The pill, and what it must not cover: the buttons that send, and the caret. */
  async function mailAndPill(page) {
    const pill = await given.browser.inShadow(page, 'candor-panel', (shadow) => {
      const frame = shadow.querySelector('iframe.shown');
      const { left, top, right, bottom } = frame.getBoundingClientRect();
      return { left, top, right, bottom, isPill: frame.classList.contains('folded') };
    });
    const rest = await page.evaluate(() => {
      const box = ({ left, top, right, bottom }, by = { left: 0, top: 0 }) => ({
        left: left + by.left,
        top: top + by.top,
        right: right + by.left,
        bottom: bottom + by.top,
      });
      const kept = [...document.querySelectorAll('[data-send]')].map((one) => box(one.getBoundingClientRect()));
      const frame = document.querySelector('.box iframe');
      const selection = (frame?.contentDocument ?? document).getSelection();
      const isInText = !(document.activeElement.localName === 'textarea') && selection.rangeCount > 0;
      if (isInText) {
        const range = selection.getRangeAt(0).cloneRange();
        kept.push(box(range.getBoundingClientRect(), frame?.getBoundingClientRect()));
      }
      return { kept, window: { right: innerWidth, bottom: innerHeight } };
    });
    return { pill, ...rest };
  }

  test('it follows when the window is resized and when the mail moves', async () => {
    const { page } = await write(1000);
    const isBeside = async () => {
      const now = await seen(page);
      return now.frame.isShown && !now.frame.isPill && !meets(now.frame, now.compose);
    };
    await until('the panel beside the mail', isBeside);
    await page.setViewport({ width: 640, height: 560 });
    await until('a pill', async () => (await seen(page)).frame.isPill);
    await page.setViewport({ width: 1000, height: 560 });
    await until('the panel beside the mail again', isBeside);

    await page.$eval('.compose', ({ style }) => (style.marginLeft = '400px'));
    await until('the panel on its other side', async () => {
      const { frame, compose } = await seen(page);
      return frame.right <= compose.left;
    });
  });
});
