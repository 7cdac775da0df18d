/**
 * What does the relationship good: the suggestion beside a draft, one line to somebody who has heard nothing for
 * long, and who could help whom. Clocks are the test's.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { setClock } from './harness/clock.mjs';
import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { writeClients } from './harness/notebook.mjs';
import { writeToCathy, writeToMarcus } from './harness/reply.mjs';
import { serve } from './harness/static-server.mjs';
import { until } from './harness/wait.mjs';

const NOW = '2026-10-16T10:00:00';

const CLIENTS = [
  {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'Cathy Andre',
    emails: ['cathy@andrelighting.example'],
    phones: ['+1 212 555 0117'],
    needs: ['somebody for payroll'],
    projects: [{ name: 'the new shop', state: 'waiting for photographs' }],
    notes: [
      { date: '2026-10-01', text: 'Going through a divorce', sensitive: true },
      { date: '2026-09-01', text: 'Daughter started school' },
    ],
    promises: [{ text: "I'll send the mock-ups by Monday", made: '2026-10-05', due: '2026-10-12' }],
    contacts: [{ date: '2026-10-01', kind: 'call', topic: 'Colours' }],
  },
  {
    id: '00000000-0000-4000-8000-000000000002',
    name: 'Ann Lee',
    emails: ['ann@lee.example'],
    offers: ['bookkeeping and payroll'],
    contacts: [{ date: '2026-06-01', kind: 'mail', topic: 'Her web site' }],
  },
  {
    id: '00000000-0000-4000-8000-000000000003',
    name: 'Marcus Okafor',
    emails: ['marcus@okafordental.example'],
    addresses: [{ label: 'work', street: '9 Mill Lane', locality: 'Leeds', code: 'LS1 4AB' }],
    projects: [{ name: 'the second surgery', state: 'done' }],
    notes: [
      { date: '2026-10-02', text: 'His mother is in hospital', sensitive: true },
      { date: '2026-09-02', text: 'Rows in the county regatta' },
    ],
  },
];

let server;
before(async () => {
  server = await serve(new URL('pages/webmails/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  before(async () => {
    const options = await given.browser.extensionPage('options.html');
    await options.evaluate(writeClients, CLIENTS);
    await options.evaluate(() => chrome.storage.local.set({ settings: { careful: false, hold: false } }));
    await options.close();
  });

  const write = (words) => writeToCathy(given.browser, server.url, words, NOW);

  const BUSINESS =
    ' The photographs of the window have come in and look well. The texts for the about page are with our editor, who likes them very much, and the colours are as you chose them.';

  test('a draft that passes over an overdue promise is told so, with a sentence to renegotiate', async () => {
    const { panel } = await write(BUSINESS);
    const text = await panel.waitForText('You promised Cathy “I\'ll send the mock-ups by Monday”, and the day was 4 days ago.');
    assert.match(text, /I told you “I'll send the mock-ups by Monday”, and that day has passed\. You will have it by \[day\]\./);
    assert.doesNotMatch(text, /started school\S* Ask/);
    await panel.press('Copy the sentence');
    await panel.waitForText('Copied.');
    await panel.press('Not now');
    await panel.waitForText('You noted about Cathy: “Daughter started school”. Ask about it?');
    assert.doesNotMatch(await panel.text(), /divorce/);
  });

  test('a draft that deals with the promise is not told, and what was not wanted lately is not suggested', async () => {
    const { panel, page } = await write(` The mock-ups are done and come with this mail.${BUSINESS}`);
    await panel.waitForText('Ask about it?');
    await panel.press('Not now');
    await panel.waitFor('no suggestion', () => document.getElementById('suggestion').hidden);
    await page.close();
    const next = await write(` The mock-ups are done and come with this mail.${BUSINESS}`);
    await next.panel.waitForText('About Cathy');
    await next.panel.waitFor('no suggestion', () => document.getElementById('suggestion').hidden);
  });

  test('each kind is switched off in the settings', async () => {
    const options = await given.browser.extensionPage('options.html');
    await options.press('An overdue promise that a draft passes over.');
    await options.waitFor('it is kept', async () => {
      const { settings } = await chrome.storage.local.get('settings');
      return settings.silenced.includes('overdue-promise');
    });
    const { panel } = await write(BUSINESS);
    await panel.waitFor('no suggestion', () => document.getElementById('suggestion').hidden);
    await options.press('An overdue promise that a draft passes over.');
    await panel.waitForText('You promised Cathy');
  });

  /** Kinds as the settings name them, and what beside a draft tells each from the others. */
  const KINDS = {
    'A short acknowledgement where the client has waited for an answer.': /Marcus has waited for 2 days/,
    'The effect of an extra on time and budget, and what it is for.': /You agree to something extra/,
    'A closing talk where an invoice would be the last word of a project.': /your last word on a finished project/,
    'A thank-you for a payment, a referral or a project’s end.': /Thank Marcus for working with us on this/,
    'Something personal worth asking about, where a draft is all business.': /Rows in the county regatta/,
  };

  for (const [what, words, quoted, kinds] of [
    [
      'an answer to an extra that was asked for two days ago',
      '\nSure, happy to.',
      ['On Wed, Oct 14, 2026 at 9:12 AM Marcus wrote:', 'Could you also add a second language to the shop?'],
      Object.keys(KINDS).slice(0, 2),
    ],
    [
      'the last invoice of a project',
      ' The project is finished, and here is the final invoice. The receipts for the lamps and the texts for the about page are with it, as are the photographs of both rooms.',
      undefined,
      Object.keys(KINDS).slice(2),
    ],
  ]) {
    test(`of what ${what} calls for one thing is suggested, and the next once that kind is off`, async () => {
      const options = await given.browser.extensionPage('options.html');
      await options.waitFor('the settings', () => !document.getElementById('settings').hidden);
      const { panel } = await writeToMarcus(given.browser, server.url, words, NOW, quoted);
      const suggested = () =>
        [...document.querySelectorAll('.suggestion')].filter((one) => one.checkVisibility()).map((one) => one.innerText);
      const suggests = async (kind) => {
        const isThere = async () => {
          const all = await panel.evaluate(suggested);
          return all.some((text) => KINDS[kind].test(text)) && all;
        };
        return until(kind, isThere, { seen: () => panel.text() });
      };
      for (const kind of kinds) {
        const [only, ...others] = await suggests(kind);
        assert.deepEqual(others, []);
        assert.deepEqual(Object.keys(KINDS).filter((other) => KINDS[other].test(only)), [kind]);
        if (kind.startsWith('A thank-you')) assert.match(only, /a card by hand says more than a mail: 9 Mill Lane, Leeds/);
        assert.doesNotMatch(only, /hospital/, 'what is sensitive is not asked about');
        await options.press(kind);
      }
      await panel.waitFor('no suggestion', () => document.getElementById('suggestion').hidden);
      for (const kind of kinds) await options.press(kind);
      await suggests(kinds[0]);
    });
  }

  test('who has heard nothing for long is listed, with a line to say and the number to call', async () => {
    const popup = await given.browser.extensionPage('popup.html');
    await setClock(popup, NOW);
    await popup.fill('Look up a client', 'cathy');
    await popup.waitForText('Call +1 212 555 0117: “So that you hear it from me: here is where we are with the new shop.”');
    await popup.fill('Look up a client', ' ');
    await popup.waitForText('Heard nothing for long');
  });

  test('a need finds who offers it among the clients', async () => {
    const popup = await given.browser.extensionPage('popup.html');
    await popup.fill('Look up a client', 'cathy');
    await popup.waitForText('Needs somebody for payroll: Ann Lee offers bookkeeping and payroll');
    await popup.fill('Look up a client', 'payroll');
    await popup.waitForText('Offers bookkeeping and payroll: Cathy Andre needs somebody for payroll');
  });
});
