/**
 * Mails opened, judged and closed by the hundred leave nothing behind: no element, and in Chromium, which counts
 * them, no listener and no node that only a script still knows. Recipients by the thousand are no trouble.
 */

import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';

const MAILS = 200;

let server;
before(async () => {
  server = await serve(new URL('pages/webmails/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  /** What a page holds, as far as the browser tells. */
  async function weight(page) {
    const layers = await given.browser.inShadow(page, 'candor-panel', (shadow) => shadow.childElementCount);
    const inPage = await page.evaluate(() => document.querySelectorAll('*').length);
    if (given.name !== 'chromium') return { layers, inPage };
    const session = await page.createCDPSession();
    await session.send('HeapProfiler.collectGarbage');
    await session.detach();
    const { JSEventListeners: listeners, Nodes: nodes } = await page.metrics();
    return { layers, inPage, listeners, nodes };
  }

  test(`after ${MAILS} mails the page holds as much as after the first`, async () => {
    const page = await given.browser.open(`${server.url}gmail.html`);
    await page.evaluate(() => {
      document.getElementById('inline').remove();
      globalThis.kept = document.getElementById('popup');
      globalThis.kept.querySelector('[data-write]').textContent = 'Hi Cathy, we hit a small hiccup.';
      globalThis.kept.remove();
    });
    const panelIs = (shown) =>
      page.evaluate(
        (shown) =>
          new Promise((resolve) => {
            const is = () => document.querySelector('#candor-panel')?.hidden === !shown;
            if (is()) return resolve();
            const observer = new MutationObserver(() => {
              if (!is()) return;
              observer.disconnect();
              resolve();
            });
            observer.observe(document.documentElement, { childList: true, subtree: true, attributes: true });
          }),
        shown,
      );
    const isMarked = () =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            const next = () => (CSS.highlights.has('candor-warn') ? resolve() : requestAnimationFrame(next));
            next();
          }),
      );
    const openAndClose = async () => {
      await page.evaluate(() => {
        globalThis.mail = globalThis.kept.cloneNode(true);
        document.body.append(globalThis.mail);
        globalThis.mail.querySelector('.editor').focus();
      });
      await panelIs(true);
      await isMarked();
      await page.evaluate(() => globalThis.mail.remove());
      await panelIs(false);
    };
    for (let mail = 0; mail < 3; mail += 1) await openAndClose();
    await given.browser.panel(page);
    const before = await weight(page);
    for (let mail = 0; mail < MAILS; mail += 1) await openAndClose();
    let last = await weight(page);
    // What was taken out last may be collected a moment later.
    await until('nothing to be left', async () => {
      last = await weight(page);
      return Object.keys(before).every((kind) => last[kind] <= before[kind]);
    }, { seen: () => JSON.stringify({ before, last }) });
  });

  test('five thousand recipients are all read', async () => {
    const page = await given.browser.open(`${server.url}gmail.html`);
    await page.evaluate(() => {
      const list = document.querySelector('#popup .anm[name=to] [role=listbox]');
      const chip = list.querySelector('[role=option]');
      for (let number = 0; number < 5_000; number += 1) {
        const next = chip.cloneNode(true);
        next.dataset.hovercardId = `client-${number}@example.org`;
        next.textContent = next.dataset.name = `Client ${number}`;
        list.append(next);
      }
    });
    await page.click('#popup [data-write]');
    await page.keyboard.type('We hit a small hiccup. ');
    const panel = await given.browser.panel(page);
    await panel.waitForText('“a small hiccup”');
    await panel.waitForText(/and 4\d{3} others|and 5\d{3} others/);
  });
});
