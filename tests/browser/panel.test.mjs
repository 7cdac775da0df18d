/**
 * The panel beside the demo mailbox's compose box: what it says, and what happens when one uses it. The
 * first test starts from an empty notebook and leaves the demo clients in it for the rest.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { finding } from './harness/findings.mjs';
import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { serve } from './harness/static-server.mjs';
import { until, untilEqual } from './harness/wait.mjs';

const CATHY = 'Cathy Andre <cathy@andrelighting.example>';
const BAD_NEWS = 'Hi Cathy, we missed the 14 May date. The launch moves two weeks.';

let server;
before(async () => {
  server = await serve(new URL('../../extension/demo/mailbox/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  /** A new message in the demo mailbox, and the panel beside it. */
  async function compose({ to = CATHY, subject = 'Quick update', body = '' } = {}) {
    const page = await given.browser.open(server.url);
    await page.locator('#new-message').click();
    await fill(page, 'input[name=to]', to);
    await fill(page, 'input[name=subject]', subject);
    await write(page, body);
    return { page, panel: await given.browser.panel(page) };
  }

  /** Puts a text in a field at once, as pasting does. */
  function fill(page, selector, text) {
    return page.$eval(
      selector,
      (field, text) => {
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      },
      text,
    );
  }

  function write(page, text) {
    return page.$eval(
      '.editor',
      (editor, text) => {
        editor.textContent = text;
        editor.dispatchEvent(new InputEvent('input', { bubbles: true }));
      },
      text,
    );
  }

  function regions(panel) {
    return panel.evaluate(() =>
      [...document.querySelectorAll('main > section')]
        .filter((region) => region.checkVisibility())
        .map((region) => region.ariaLabel ?? document.getElementById(region.getAttribute('aria-labelledby')).textContent),
    );
  }

  test('without a notebook entry a recipient is added in one click, with a field for a first note', async () => {
    const { panel } = await compose({ body: BAD_NEWS });
    await panel.waitForText('Call Cathy instead');
    await panel.waitForText('Not in your notebook yet.');
    assert.deepEqual(await regions(panel), ['Call instead', 'In this draft', 'About Cathy Andre']);

    await panel.press('Add Cathy Andre as a client');
    await panel.waitFor('the note’s field has the focus', () => document.activeElement.id === 'note');
    assert.deepEqual(await regions(panel), ['Call instead', 'In this draft', 'About Cathy']);
    await panel.fill('A note about Cathy', 'Prefers facts first');
    await panel.key('Enter');
    await panel.waitFor('the note', () => document.querySelector('#notes').textContent === 'Prefers facts first');
    await panel.waitForEqual('an empty field for the next note', '', () => document.getElementById('note').value);

    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Cathy Andre');
    await clients.waitForText('Prefers facts first');
    assert.equal(
      await clients.evaluate(() => document.getElementById('emails').value),
      'cathy@andrelighting.example',
    );
    await clients.press('Delete');
    await clients.press('Delete this client');
    await clients.press('Add three demo clients');
    await clients.waitForText('3 clients');
  });

  test('the demo draft: when to call, what is wrong, what one knows of the client', async () => {
    const page = await given.browser.open(server.url);
    await page.locator('#write-demo').click();
    const panel = await given.browser.panel(page);
    const text = await panel.waitForText('Daughter started school');
    for (const said of ['Call Cathy instead', '+1 212 555 0117', 'Last call 3 weeks ago · likes mornings']) {
      assert.ok(text.includes(said), `“${said}” in ${text}`);
    }
    assert.match(text, /(am|pm|noon|midnight) for them/);
    for (const start of ['“a small hiccup”', '“We decided to move', '“headless CMS”']) {
      await finding(panel, start);
    }
    assert.equal(
      await panel.evaluate(() => document.getElementById('call-button').href),
      'tel:+12125550117',
    );
    const talk = () => panel.evaluate(() => document.getElementById('talk').checkVisibility());
    assert.equal(await talk(), false);
    await panel.press('What to say');
    await panel.waitFor('what to say', () => document.getElementById('talk').checkVisibility());
    await panel.press('What to say');
    await panel.waitFor('nothing more', () => !document.getElementById('talk').checkVisibility());
  });

  test('a finding’s name is all it says; pressed it opens to why it matters and what to do', async () => {
    const { panel } = await compose({ body: 'We hit a small hiccup. The launch moves two weeks.' });
    const open = () =>
      panel.evaluate(() =>
        [...document.querySelectorAll('.detail:not([hidden])')].map((detail) => [
          detail.previousElementSibling.ariaLabel,
          ...[...detail.querySelectorAll('p')].map(({ innerText }) => innerText),
        ]),
      );
    const softened = await finding(panel, '“a small hiccup”');
    const plain = await finding(panel, '“The launch moves two weeks”');
    const first = await open();
    assert.deepEqual(first.map(([name]) => name), [softened], 'the first one shows what there is to see');
    const [[, why, advice]] = first;
    assert.match(why, /^A client who finds out later/);
    assert.ok(softened.endsWith(advice), `${softened} ends in ${advice}`);

    await panel.hover(plain);
    await panel.press(plain);
    await panel.waitForEqual('the focus to stay', plain, () => document.activeElement.ariaLabel);
    const names = async () => (await open()).map(([name]) => name);
    await untilEqual('both to be open: nothing closes by itself', [softened, plain], names);
    await panel.press(softened);
    await untilEqual('the other one alone to be open', [plain], names);
  });

  test('many findings stand by section, few of them without headings', async () => {
    const { page, panel } = await compose({ body: 'We use a headless CMS. We hit a small hiccup. The launch moves two weeks.' });
    await finding(panel, '“headless CMS”');
    const sections = () =>
      panel.evaluate(() =>
        [...document.querySelectorAll('.group')]
          .filter((group) => group.checkVisibility())
          .map((group) => [group.ariaLabel, group.querySelector('h3').checkVisibility()]),
      );
    const shown = async (wanted) =>
      until(`${JSON.stringify(wanted)}`, async () => JSON.stringify(await sections()) === JSON.stringify(wanted), {
        seen: async () => JSON.stringify(await sections()),
      });
    await write(page, 'We use a headless CMS. You should have told us.');
    await shown([['Jargon', false], ['Tone', false]]);
    await write(
      page,
      'We use a headless CMS on a staging site. You should have told us. We hit a small hiccup. The launch moves two weeks. I guarantee it.',
    );
    await shown([['Bad news', true], ['Jargon', true], ['Tone', true], ['Commitments', true]]);
  });

  test('typing on keeps the rows of what is unchanged, and the focus on them', async () => {
    const { page, panel } = await compose({ body: BAD_NEWS });
    const name = await finding(panel, '“The launch moves two weeks”');
    await panel.press(name);
    await panel.waitForEqual('the focus on it', name, () => document.activeElement.ariaLabel);
    await panel.evaluate(() => document.activeElement.setAttribute('data-kept', ''));
    await write(page, `We hit a small hiccup.\n\n${BAD_NEWS}`);
    await finding(panel, '“a small hiccup”');
    assert.equal(
      await panel.evaluate(() => document.activeElement.matches('[data-kept]') && document.activeElement.ariaLabel),
      name,
    );
    await write(page, 'We hit a small hiccup.');
    await panel.waitFor('one finding fewer', () => !document.querySelector('[data-kept]'));
    assert.ok(
      await panel.evaluate(() => document.activeElement !== document.body),
      'the focus moves on when its finding is gone',
    );
  });

  test('terms this client knows are no jargon to them', async () => {
    const body = 'We build it on a headless CMS because your team edits pages every day.';
    const { page, panel } = await compose({ body });
    await finding(panel, '“headless CMS”');
    await fill(page, 'input[name=to]', 'PRIYA@ramanarchitects.example');
    await panel.waitForText('About Priya');
    await panel.waitForText('Nothing to mention.');
  });

  test('a check that is switched off says nothing', async () => {
    const clients = await given.browser.extensionPage('clients.html');
    const settings = (silenced) =>
      clients.evaluate((silenced) => chrome.storage.local.set({ settings: { silenced } }), silenced);
    await settings(['jargon']);
    const { panel } = await compose({ body: 'We build it on a headless CMS because your team edits pages every day.' });
    await panel.waitForText('Nothing to mention.');
    await settings([]);
  });

  test('several clients are tabs, the first is judged for, and others are named', async () => {
    const { panel } = await compose({
      to: `Sam Lee <sam@lee.example>, Marcus <marcus+site@okafordental.example>, ${CATHY}`,
      body: 'All is on track for Tuesday.',
    });
    await panel.waitForText('About Marc');
    await panel.waitForText('Also to Sam Lee. Judged for Marc.');
    assert.deepEqual(
      await panel.evaluate(() => [...document.querySelectorAll('[role=tablist] [role=tab]')].map((tab) => tab.textContent)),
      ['Marcus Okafor', 'Cathy Andre'],
    );
    await panel.fill('A note about Marc', 'Half a no');
    await panel.press('Cathy Andre');
    await panel.waitForText('About Cathy');
    await panel.waitForText('Daughter started school');
    assert.equal(await panel.evaluate(() => document.getElementById('note').value), '');
    await panel.key('ArrowRight');
    await panel.waitForText('About Marc');
    assert.equal(await panel.evaluate(() => document.getElementById('note').value), 'Half a no');
    await panel.waitForEqual('the focus on the tab', 'Marcus Okafor', () => document.activeElement.textContent);
  });

  test('what is personal stays folded until it is asked for, in each mail anew', async () => {
    const { page, panel } = await compose({ body: 'All is on track for Tuesday.' });
    await panel.waitForText('About Cathy');
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Cathy Andre Andre Lighting');
    await clients.press('People around them');
    await clients.press('Add somebody');
    await clients.fill('Name of the person', 'Ida');
    await clients.fill('What they are to the client', 'child');
    await clients.fill('Born, or age', '6');
    await clients.press('Save');
    await clients.waitForText('Saved.');
    await clients.press('Sensitive');
    await clients.fill('New note', 'In hospital until Friday');
    await clients.press('Add note');
    await clients.fill('What was promised', 'Mock-ups');
    await clients.press('Add promise');

    await panel.waitForText('Personal (2)');
    const folded = await panel.waitForText('Promised: Mock-ups');
    assert.doesNotMatch(folded, /Ida|hospital/);
    await panel.press('Personal (2)');
    await panel.waitForText('Ida, child, about 6');
    await panel.waitForText('In hospital until Friday');
    await fill(page, 'input[name=to]', 'marcus@okafordental.example');
    await panel.waitForText('About Marc');
    await fill(page, 'input[name=to]', CATHY);
    const again = await panel.waitForText('Personal (2)');
    assert.doesNotMatch(again, /Ida|hospital/);
    await clients.press('Remove “In hospital until Friday”');
    await clients.press('Remove “Mock-ups”');
    await panel.waitForText('Personal (1)');
  });

  test('somebody at a client’s company is said to be there, and added with their company', async () => {
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Priya Raman Raman Architects');
    await clients.press('Address book');
    await clients.fill('Company domains', 'ramanarchitects.example');
    await clients.press('Save');
    await clients.waitForText('Saved.');
    const { panel } = await compose({ to: 'Bo Dahl <bo@mail.ramanarchitects.example>', body: 'All is on track.' });
    await panel.waitForText('About someone at Raman Architects');
    await panel.waitForText('Bo Dahl is not in your notebook yet. You know Priya Raman there.');
    await panel.press('Add Bo Dahl as a client');
    await panel.waitForText('About Bo');
    await clients.press('Bo Dahl Raman Architects');
    await clients.press('Delete');
    await clients.press('Delete this client');
    await panel.waitForText('About someone at Raman Architects');
  });

  test('what is noted on another page shows at once', async () => {
    const { panel } = await compose({ body: 'All is on track for Tuesday.' });
    await panel.waitForText('Daughter started school');
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Cathy Andre Andre Lighting');
    await clients.fill('New note', 'Moves to a new shop in May');
    await clients.key('Enter');
    await panel.waitFor('the newest note first', () =>
      document.querySelector('#notes').textContent === 'Moves to a new shop in May',
    );
    await clients.press('Remove “Moves to a new shop in May”');
    await panel.waitForText('Daughter started school');
  });

  test('every state is said', async () => {
    const { page, panel } = await compose({ to: '' });
    await panel.waitForText('Nothing written yet.');
    await panel.waitForText('No recipient yet');
    await fill(page, 'input[name=to]', 'Sam Lee');
    await panel.waitForText('Sam Lee has no address here');
    await write(page, 'All is on track for Tuesday.');
    await panel.waitForText('Nothing to mention.');
    await write(
      page,
      'Liebe Cathy, leider müssen wir den Start um zwei Wochen verschieben, weil der Anbieter die Einrichtung abgelehnt hat.',
    );
    await panel.waitForText('This draft seems to be in German. Candor reads English so far and stays silent.');
    await write(page, 'We missed the date. '.repeat(60_000));
    await panel.waitForText('This draft is too long to judge');
    await write(page, BAD_NEWS);
    await panel.waitForText('Call');
    await finding(panel, '“The launch moves two weeks”');
  });

  test('folded it is a pill with the count, and stays folded', async () => {
    const { panel } = await compose({ body: BAD_NEWS });
    await panel.waitForText('Call Cathy instead');
    await panel.press('Fold Candor away');
    // Both change together once the careful reader has read, too.
    const isFolded = () => {
      const pill = document.activeElement;
      const announced = document.querySelector('[role=status]').textContent;
      return pill.id === 'pill' && !document.querySelector('main').checkVisibility() && [pill.ariaLabel, announced];
    };
    const [name, announced] = await panel.waitFor('the pill has the focus', isFolded);
    assert.match(announced, /^\d findings\. A call is advised\.$/);
    assert.equal(name, `Candor: ${announced}`);
    assert.match(await panel.text(), /^\s*\d\s*$/);
    const isKept = (folded) =>
      panel.waitForEqual('that to be kept', folded, async () => (await chrome.storage.local.get('folded')).folded);
    await isKept(true);

    const next = await compose({ body: 'All is on track for Tuesday.' });
    await next.panel.press('Candor: Nothing to mention.');
    await next.panel.waitFor('the whole panel', () => document.querySelector('main').checkVisibility());
    await next.panel.waitFor('the focus on its counterpart', () => document.activeElement.id === 'fold');
    await isKept(false);
  });

  test('a panel that breaks says so and starts again', async () => {
    const { panel } = await compose({ body: BAD_NEWS });
    await panel.waitForText('Call Cathy instead');
    // What a trap in the module comes to in its page.
    await panel.evaluate(() => {
      const error = new WebAssembly.RuntimeError('unreachable');
      dispatchEvent(new ErrorEvent('error', { error }));
    });
    const text = await panel.waitForText('Candor stopped reading this draft. Your mail is as you wrote it.');
    assert.doesNotMatch(text, /Call Cathy/);
    // Not with the mouse, and not at once: the frame is replaced, and takes the driver's answer with it.
    await panel.evaluate(() => void setTimeout(() => document.getElementById('restart').click()));
    await panel.waitForText('Call Cathy instead');
  });

  test('a page that made up its token sees nothing, in a tab or in a frame', async () => {
    const tab = await given.browser.extensionPage('panel.html#made-up');
    await tab.evaluate(async () => {
      const { port2 } = new MessageChannel();
      postMessage({ kind: 'connect', token: 'made-up' }, '*', [port2]);
      // By the time this is answered, so is the panel's own question.
      await chrome.runtime.sendMessage({ kind: 'redeem', token: 'made-up' });
      await chrome.runtime.sendMessage({ kind: 'redeem', token: 'made-up' });
    });
    assert.equal((await tab.text()).trim(), '');
  });
});

forBothBrowsers((given) => {
  test('without its notebook the panel says so and still checks', async () => {
    const clients = await given.browser.extensionPage('clients.html');
    await clients.waitForText('Your notebook is empty');
    await clients.evaluate(
      () =>
        new Promise((resolve) => {
          indexedDB.open('candor-notebook', 99).onsuccess = ({ target: { result: database } }) => {
            database.close();
            resolve();
          };
        }),
    );
    const page = await given.browser.open(server.url);
    await page.locator('#write-demo').click();
    const panel = await given.browser.panel(page);
    await panel.waitForText(
      'Your notebook cannot be opened here: a newer version of Candor wrote it; update Candor in this browser. The draft is still checked.',
    );
    const text = await panel.waitForText('“a small hiccup” shrinks the news.');
    assert.doesNotMatch(text, /Not in your notebook/);
  });
});
