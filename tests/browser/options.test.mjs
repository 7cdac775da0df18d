/** The options page: every check with its switch, and open panels that follow what is turned. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { serve } from './harness/static-server.mjs';

const JARGON = 'Terms this client would not know.';
const BAD_NEWS = 'Bad news told by mail.';

let server;
before(async () => {
  server = await serve(new URL('pages/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  /** Before the page is shown its switches stand as in its markup, and a press of a script would turn them on. */
  const open = async (hash = '') => {
    const page = await given.browser.extensionPage(`options.html${hash}`);
    await page.waitFor('the settings', () => !document.getElementById('settings').hidden);
    return page;
  };

  /** Runs in the page: the switches that are off. */
  const off = () =>
    [...document.querySelectorAll('[role=switch]')]
      .filter((one) => one.id && !one.checked && !one.id.startsWith('notify'))
      .map(({ labels }) => labels[0].textContent);
  const areOff = (page, ...labels) =>
    page.waitFor(
      `${labels.join(' and ') || 'nothing'} to be off`,
      (wanted) =>
        [...document.querySelectorAll('[role=switch]')]
          .filter((one) => !one.checked && !one.id.startsWith('notify'))
          .map(({ labels }) => labels[0].textContent)
          .sort()
          .join() === wanted,
      labels.sort().join(),
    );
  const stored = (page) => page.evaluate(async () => (await chrome.storage.local.get('settings')).settings);

  test('every check has a switch with its reason, by section of the guide', async () => {
    const page = await open();
    await page.waitForText(JARGON);
    const sections = await page.evaluate(() =>
      [...document.querySelectorAll('main section')].map((section) => [
        section.querySelector('h2').textContent,
        section.querySelectorAll('[role=switch]').length,
      ]),
    );
    assert.deepEqual(sections, [
      ['Reading', 1],
      ['Sending', 1],
      ['Reminding', 2],
      ['Bad news', 8],
      ['Reasons', 2],
      ['Jargon', 1],
      ['Tone', 6],
      ['Commitments', 2],
      ['Suggestions, one at a time', 7],
      ['Where Candor reads', 0],
    ]);
    const described = await page.evaluate(() =>
      [...document.querySelectorAll('[role=switch]')].every(
        (one) =>
          one.labels[0].textContent.length > 5 &&
          document.getElementById(one.getAttribute('aria-describedby')).textContent.length > 20,
      ),
    );
    assert.ok(described, 'each switch is named, and described by why it matters');
    assert.deepEqual(await page.evaluate(off), []);
  });

  test('an open panel follows each switch, without being loaded anew', async () => {
    const page = await given.browser.open(`${server.url}rich.html`);
    await page.type('[name=subject]', 'The new shop');
    await page.click('.editor');
    await page.keyboard.type('We use a headless CMS.');
    const panel = await given.browser.panel(page);
    await panel.waitForText('“headless CMS” may be unknown');
    await panel.evaluate(() => document.documentElement.setAttribute('data-kept', ''));

    const options = await open();
    await options.press(JARGON);
    await panel.waitForText('Nothing to mention.');
    await options.press(JARGON);
    await panel.waitForText('“headless CMS” may be unknown');
    assert.ok(await panel.evaluate(() => document.documentElement.hasAttribute('data-kept')));
  });

  test('what is turned off stays off, and the careful reader too', async () => {
    const page = await open();
    await page.press('Careful reader');
    await page.press(BAD_NEWS);
    await areOff(page, 'Careful reader', BAD_NEWS);
    const again = await open();
    await areOff(again, 'Careful reader', BAD_NEWS);
    assert.deepEqual(await stored(again), {
      silenced: ['bad-news'],
      careful: false,
      hold: true,
      notify_due: false,
      notify_silence: false,
    });
    await again.press('Careful reader');
    await again.press(BAD_NEWS);
    await areOff(again);
    await areOff(page);
  });

  test('switches turned on two pages at once are all kept, and names of a newer version, too', async () => {
    const [one, other] = [await open(), await open()];
    await one.evaluate(() => chrome.storage.local.set({ settings: { silenced: ['of-tomorrow'], careful: true } }));
    const turn = (names) => {
      for (const name of names) document.getElementById(name).click();
    };
    await Promise.all([
      one.evaluate(turn, ['jargon', 'blame', 'hedging']),
      other.evaluate(turn, ['bad-hour', 'hard-sell', 'run-around']),
    ]);
    const wanted = ['bad-hour', 'blame', 'hard-sell', 'hedging', 'jargon', 'of-tomorrow', 'run-around'];
    await one.waitFor(
      'all six to be kept',
      async (wanted) => (await chrome.storage.local.get('settings')).settings.silenced.join() === wanted,
      wanted.join(),
    );
    for (const page of [one, other]) {
      await page.waitFor('all six to be shown', () => document.querySelectorAll('[role=switch]:not(:checked, [id^=notify])').length === 6);
    }
    await one.evaluate(() => chrome.storage.local.remove('settings'));
    await areOff(other);
  });

  test('a panel leads to the very check, which a key turns off', async () => {
    const page = await open('#hedging');
    await page.waitFor('the focus on the switch', () => document.activeElement.id === 'hedging');
    await page.key('Space');
    await areOff(page, 'Stacked qualifiers that leave the client unsure.');
    await page.key('Space');
    await areOff(page);
  });

  test('the popup leads here', async () => {
    const popup = await given.browser.extensionPage('popup.html');
    const links = await popup.evaluate(() => [...document.links].map(({ href, text }) => [text, href]));
    assert.ok(links.some(([text, href]) => text === 'Settings' && href === `${given.browser.origin}/options.html`));
  });
});
