/** Where the panel stands: beside the mail where there is room, else a pill that is never in the way. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';

const BAD_NEWS = 'We hit a small hiccup with the photos, so the launch moves two weeks, to 28 May.';
const LEAST = 300;

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

  function assertInWindow({ frame, window }) {
    assert.ok(
      frame.left >= 0 &&
        frame.top >= 0 &&
        frame.right <= window.width &&
        frame.bottom <= window.height,
      JSON.stringify(frame),
    );
  }

  test('with room it stands beside the mail and covers none of it', async () => {
    const { page } = await write(1000);
    const now = await until('the panel beside the mail', async () => {
      const now = await seen(page);
      return now.frame.isShown && !now.frame.isPill && now;
    });
    assertInWindow(now);
    assert.equal(meets(now.frame, now.compose), false);
    assert.ok(now.frame.right - now.frame.left >= LEAST);
    await given.browser.screenshot(page, 'placement-beside');
  });

  test('without room it is a pill, clear of Send and of the words being written', async () => {
    const { page, panel } = await write(640);
    const pill = () =>
      until('the pill', async () => {
        const now = await seen(page);
        return now.frame.isShown && now.frame.isPill && now;
      });
    const first = await pill();
    assertInWindow(first);
    assert.equal(meets(first.frame, first.send), false);
    assert.equal(meets(first.frame, first.caret), false);
    await given.browser.screenshot(page, 'placement-pill');

    // Writing on, right where the pill is.
    for (let line = 0; line < 12; line += 1) await page.keyboard.press('Enter');
    await page.keyboard.type('a line that runs under the lower right corner of the whole box');
    await until('the pill makes way', async () => {
      const now = await seen(page);
      return now.frame.isPill && !meets(now.frame, now.caret) && !meets(now.frame, now.send);
    });

    await panel.press(await panel.evaluate(() => document.getElementById('pill').ariaLabel));
    await until('the panel unfolds', async () => !(await seen(page)).frame.isPill);
    assertInWindow(await seen(page));
    // Until then the button is still on its way, and a click would miss it.
    await panel.waitFor('all of it is shown', () => innerHeight > 300);
    await panel.press('Fold Candor away');
    await pill();
  });

  test('a plain editor’s caret is kept clear, too', async () => {
    const { page } = await write(640, 'plain');
    await until('the pill', async () => (await seen(page)).frame.isPill);
    const before = (await seen(page)).frame;
    for (let line = 0; line < 7; line += 1) await page.keyboard.press('Enter');
    await page.keyboard.type('a line that runs under the lower right corner of the box…');
    await until('the pill makes way', async () => {
      const { frame } = await seen(page);
      return frame.isPill && (frame.left !== before.left || frame.top !== before.top);
    });
  });

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
