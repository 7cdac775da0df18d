/**
 * Pages that do their worst, by accident or on purpose: what is written stays as it was typed, Candor works on
 * where it can, and says so where it cannot.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';

const BAD_NEWS = 'We hit a small hiccup with the photos, so the launch moves two weeks, to 28 May.';

let server;
before(async () => {
  server = await serve(new URL('pages/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  /** A page that has gone bad before the mail is begun, with bad news in its mail. */
  async function write(spoil, { name = 'rich', editor = '.editor', early = false } = {}) {
    const page = await given.browser.open('about:blank');
    if (early) await page.evaluateOnNewDocument(spoil);
    await page.goto(`${server.url}${name}.html`);
    if (!early) await page.evaluate(spoil);
    await page.click(editor);
    await page.keyboard.type(BAD_NEWS);
    return page;
  }

  const typed = (page) => page.$eval('.editor', ({ innerText }) => innerText.replaceAll('\u00a0', ' ').trim());

  async function isJudged(page) {
    await until('the mail to be judged', async () =>
      (await (await given.browser.panel(page)).text()).includes('“a small hiccup”'),
    );
  }

  function isMarked(page, wanted = 'a small hiccup') {
    const marks = () =>
      page.evaluate(() =>
        [window, ...[...document.querySelectorAll('iframe')].map(({ contentWindow }) => contentWindow)].flatMap(
          ({ CSS }) => [...(CSS.highlights.get('candor-warn') ?? [])].map(String),
        ),
      );
    return until('the words to be marked', async () => (await marks()).includes(wanted), {
      seen: async () => JSON.stringify(await marks()),
    });
  }

  test('a page that takes our element out as often as it comes is given up, and that is said', async () => {
    const page = await write(() => {
      globalThis.taken = 0;
      const take = () => {
        const element = document.getElementById('candor-panel');
        if (!element) return;
        globalThis.taken += 1;
        element.remove();
      };
      new MutationObserver(take).observe(document.documentElement, { childList: true });
      // It may have come before the page was made to take it.
      take();
    });
    const taken = () => page.evaluate(() => globalThis.taken);
    await until('Candor to give up', async () => (await taken()) === 6, { seen: async () => `taken out ${await taken()} times` });
    await page.keyboard.type(' More.');
    assert.equal(await typed(page), `${BAD_NEWS} More.`);

    const options = await given.browser.extensionPage('options.html');
    await options.waitFor('that to be kept', async () => {
      const items = await chrome.storage.local.get(null);
      return Object.entries(items).some(([key, entry]) => key.startsWith('health:') && entry.missing.includes('panel'));
    });
    await options.evaluate(() => location.reload());
    await options.waitForText('Not shown: the page keeps Candor’s panel out');
    await options.evaluate(() => chrome.storage.local.clear());
    await options.close();
    assert.equal(await taken(), 6);
  });

  test('a page that moves our element elsewhere gets a fresh panel where it belongs', async () => {
    const page = await write(() => undefined);
    await isJudged(page);
    await page.evaluate(() => {
      const closet = document.createElement('div');
      closet.hidden = true;
      document.body.append(closet);
      closet.append(document.getElementById('candor-panel'));
    });
    await until('our element to be back', () =>
      page.evaluate(() => document.getElementById('candor-panel').parentNode === document.documentElement),
    );
    await isJudged(page);
  });

  test('no style of the page reaches our element', async () => {
    const page = await write(() => {
      const style = document.createElement('style');
      style.textContent = `* { opacity: 0 !important; visibility: hidden !important; transform: scale(0) !important;
        filter: blur(9px) !important; clip-path: circle(0) !important; pointer-events: none !important; }
        body, body * { opacity: 1 !important; visibility: visible !important; transform: none !important;
        filter: none !important; clip-path: none !important; pointer-events: auto !important; }
        html { opacity: 1 !important; visibility: visible !important; transform: none !important;
        filter: none !important; clip-path: none !important; }`;
      document.head.append(style);
    });
    await isJudged(page);
    const style = await page.evaluate(() => {
      const { opacity, visibility, transform, filter, clipPath, pointerEvents } = getComputedStyle(
        document.getElementById('candor-panel'),
      );
      return { opacity, visibility, transform, filter, clipPath, pointerEvents };
    });
    assert.deepEqual(style, {
      opacity: '1',
      visibility: 'visible',
      transform: 'none',
      filter: 'none',
      clipPath: 'none',
      pointerEvents: 'auto',
    });
  });

  test('a page whose own functions are broken is read all the same', async () => {
    const page = await write(
      `(${() => {
        const broken = () => {
          throw new Error('broken by the page');
        };
        Element.prototype.attachShadow = broken;
        Element.prototype.getClientRects = broken;
        Element.prototype.closest = broken;
        EventTarget.prototype.dispatchEvent = broken;
        Document.prototype.createTreeWalker = broken;
        Array.prototype.flatMap = broken;
        String.prototype.matchAll = broken;
        globalThis.MutationObserver = globalThis.IntersectionObserver = globalThis.MessageChannel = broken;
        globalThis.Highlight = broken;
      }})()`,
      { early: true },
    );
    await isJudged(page);
    assert.equal(await typed(page), BAD_NEWS);
  });

  test('a page that claims our element’s name sees nothing of what is in it', async () => {
    const page = await write(
      `(${() => {
        globalThis.seen = [];
        for (const name of ['candor-panel', 'candor-host']) {
          customElements.define(
            name,
            class extends HTMLElement {
              connectedCallback() {
                globalThis.seen.push(this.attachInternals().shadowRoot);
              }
            },
          );
        }
      }})()`,
      { early: true },
    );
    await isJudged(page);
    const [seen, shadow, frames] = await page.evaluate(() => [
      globalThis.seen.length,
      document.getElementById('candor-panel').shadowRoot,
      window.length,
    ]);
    assert.deepEqual([seen, shadow, frames], [0, null, 0]);
  });

  test('a page that never rests loses no letter and is judged', async () => {
    const page = await write(() => {
      const box = document.querySelector('.compose');
      const restless = document.createElement('div');
      box.append(restless);
      const again = () => {
        restless.replaceChildren(
          ...Array.from({ length: 50 }, (_, at) => Object.assign(document.createElement('i'), { textContent: at })),
        );
        document.querySelector('.editor').dispatchEvent(new InputEvent('input', { bubbles: true }));
        setTimeout(again);
      };
      again();
    });
    await isJudged(page);
    await isMarked(page);
    assert.equal(await typed(page), BAD_NEWS);
  });

  test('a page that keeps every event to itself is read by what changes', async () => {
    const page = await write(
      `(${() => {
        for (const type of ['input', 'change', 'keydown', 'focusin', 'selectionchange'])
          window.addEventListener(type, (event) => event.stopImmediatePropagation(), true);
      }})()`,
      { early: true },
    );
    await isJudged(page);
    await isMarked(page);
  });

  test('an editor within an editor is one mail', async () => {
    const page = await write(() => {
      const inner = document.createElement('div');
      inner.contentEditable = 'false';
      inner.innerHTML = '<div contenteditable="true"><p contenteditable="true">The API is down again.</p></div>';
      document.querySelector('.editor').append(document.createElement('br'), inner);
      getSelection().collapse(document.querySelector('.editor'), 0);
    });
    await isJudged(page);
    await isMarked(page);
  });

  test('an editor in a frame of a frame is left alone', async () => {
    const page = await write(
      () => {
        const { contentDocument } = document.querySelector('iframe');
        contentDocument.body.contentEditable = 'false';
        const inner = contentDocument.createElement('iframe');
        contentDocument.body.append(inner);
        inner.contentDocument.body.contentEditable = 'true';
        inner.contentDocument.body.focus();
      },
      { name: 'framed', editor: 'iframe' },
    );
    // When a mail that was begun later has been judged, this one would have been, too.
    await isJudged(await write(() => undefined));
    assert.equal(await page.evaluate(() => document.getElementById('candor-panel')?.hidden ?? true), true);
  });

  test('an editor that is moved, hidden and put back is read wherever it is', async () => {
    const page = await write(() => undefined);
    await isMarked(page);
    await page.evaluate(() => {
      const box = document.querySelector('.compose');
      const shell = document.createElement('section');
      document.body.append(shell);
      box.remove();
      shell.append(box);
    });
    await page.click('.editor');
    await page.keyboard.press('End');
    await page.keyboard.type(' The API is down.');
    await isMarked(page);
    await isJudged(page);
  });
});
