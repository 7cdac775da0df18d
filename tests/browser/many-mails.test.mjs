/**
 * Mails opened, judged and closed by the hundred leave nothing behind on any webmail's page: no element, no listener,
 * and in Chromium, which counts them, no node that only a script still knows. Recipients by the thousand are no
 * trouble.
 */

import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { serve } from './harness/static-server.mjs';
import { PATIENCE, until } from './harness/wait.mjs';
import { WEBMAIL_PAGES, isBegun, webmailPage } from './harness/webmail-pages.mjs';

const MAILS = 200;

/** So many at a time, as no browser is asked for something that takes minutes. */
const AT_ONCE = 20;

let server;
before(async () => {
  server = await serve(new URL('pages/webmails/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  /** What each page holds, as far as the browser tells. */
  async function weigh(pages) {
    const held = await given.browser.held(pages);
    return Promise.all(
      pages.map(async (page, at) => {
        const layers = await given.browser.inShadow(page, 'candor-panel', (shadow) => shadow.childElementCount);
        const inPage = await page.evaluate(() => document.querySelectorAll('*').length);
        return { layers, inPage, ...held[at] };
      }),
    );
  }

  /** In a window of its own, as a page that is not seen has no mail in use. */
  async function begin([name, { box, languages }]) {
    const page = await given.browser.open(webmailPage(server.url, name, languages.at(-1)), { type: 'window' });
    await isBegun(page);
    await until(`the panel on ${name}`, () => given.browser.inShadow(page, 'candor-panel', lend));
    const id = box.slice(1);
    await page.evaluate(openAndClose, id, 3, PATIENCE);
    return { name, page, id };
  }

  test(`after ${MAILS} mails each webmail’s page holds as much as after the first`, async () => {
    const pages = [];
    for (const one of Object.entries(WEBMAIL_PAGES)) pages.push(await begin(one));
    const weights = () => weigh(pages.map(({ page }) => page));
    const before = await weights();
    await Promise.all(
      pages.map(async ({ page, id }) => {
        for (let mail = 0; mail < MAILS; mail += AT_ONCE) await page.evaluate(openAndClose, id, AT_ONCE, PATIENCE);
      }),
    );
    let last;
    const grown = () =>
      pages.flatMap(({ name }, at) =>
        Object.entries(last[at])
          .filter(([kind, count]) => count > before[at][kind])
          .map(([kind, count]) => `${name}: ${kind} ${before[at][kind]} → ${count}`),
      );
    // What was taken out last may be collected a moment later.
    await until('nothing to be left', async () => {
      last = await weights();
      return grown().length === 0;
    }, { seen: () => grown().join('\n') });
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

/** Lends the page what is closed to it: the underlines of a plain text field are only there. */
function lend(shadow) {
  (window.wrappedJSObject ?? window).shadow = shadow;
  return true;
}

/** Runs in the page: closes each mail once words in it are underlined, and opens the next once the panel is gone. */
async function openAndClose(id, count, patience) {
  const host = document.getElementById('candor-panel');
  for (const box of document.querySelectorAll('.box:not([hidden])')) closeMail(box.id);
  await until('no panel', () => host.hidden);
  for (let mail = 0; mail < count; mail += 1) {
    openMail(id);
    write('Hi Cathy, we hit a small hiccup.');
    await until('a panel and underlined words', () => !host.hidden && isMarked());
    closeMail(id);
    await until('no panel', () => host.hidden);
  }

  function write(words) {
    const field = document.getElementById(id).querySelector('iframe, .editor');
    if (field.localName === 'textarea') field.value = words;
    else (field.contentDocument ?? field).querySelector('[data-write]').textContent = words;
  }

  function isMarked() {
    const views = [window, ...[...document.querySelectorAll('iframe')].map(({ contentWindow }) => contentWindow)];
    return shadow.querySelector('mark') !== null || views.some(({ CSS }) => CSS.highlights.has('candor-warn'));
  }

  async function until(what, is) {
    const deadline = performance.now() + patience;
    while (!is()) {
      if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
      await new Promise(requestAnimationFrame);
    }
  }
}
