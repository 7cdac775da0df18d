/**
 * Calling instead: the card with the number and the hour, what to say, what comes after the call, and the advice
 * to call where a draft has been reworked for long. The first test leaves the demo clients in the notebook.
 */

// The writer sits in Berlin, whose clocks are put back a week before New York's.
process.env.TZ = 'Europe/Berlin';

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { setClock, setUptime } from './harness/clock.mjs';
import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { temporaryFolder } from './harness/owned.mjs';
import { keyboardIn } from './harness/keyboard.mjs';
import { serve } from './harness/static-server.mjs';
import { until, untilEqual } from './harness/wait.mjs';

const CATHY = 'Cathy Andre <cathy@andrelighting.example>';
const BAD_NEWS = 'We missed the 14 May date. The launch moves two weeks, to 28 May.';

/** Somebody from an address book that is older than a change of time zones. */
const CARD = `BEGIN:VCARD
VERSION:4.0
FN:Tara Old
EMAIL:tara@atlantis.example
TEL:+1 808 555 0100
TZ:US/Atlantis
END:VCARD
`;

let server;
let folder;
let card;
before(async () => {
  server = await serve(new URL('pages/', import.meta.url));
  folder = await temporaryFolder('candor-call-');
  card = path.join(folder.path, 'card.vcf');
  await writeFile(card, CARD);
});
after(async () => {
  await server.close();
  await folder.remove();
});

/** Each kind of editor: where one writes, how a mail of some lines comes into it, and what it holds. */
const EDITORS = {
  rich: {
    selector: '.editor',
    put: () => {
      document.querySelector('.editor').innerHTML =
        '<div>Hi Cathy,</div><div><br></div><div>We <b>missed</b> the 14 May date.</div>' +
        '<div>I will send the new plan on Monday.</div><div><br></div><div>Best,</div><div>Mel</div>';
    },
    markup: () => document.querySelector('.editor').innerHTML,
    text: () => document.querySelector('.editor').innerText,
  },
  framed: {
    selector: 'iframe',
    put: () => {
      document.querySelector('iframe').contentDocument.body.innerHTML =
        '<p>Hi Cathy,</p><p>We <b>missed</b> the 14 May date.<br>I will send the new plan on Monday.</p><p>Best,<br>Mel</p>';
    },
    markup: () => document.querySelector('iframe').contentDocument.body.innerHTML,
    text: () => document.querySelector('iframe').contentDocument.body.innerText,
  },
  plain: {
    selector: 'textarea',
    put: () => {
      document.querySelector('textarea').value =
        'Hi Cathy,\n\nWe missed the 14 May date.\nI will send the new plan on Monday.\n\nBest,\nMel';
    },
    markup: () => document.querySelector('textarea').value,
    text: () => document.querySelector('textarea').value,
  },
};

const CONFIRMED = [
  'Hi Cathy,',
  'Thank you for talking with me just now. To confirm what we said:',
  '- We missed the 14 May date.',
  '- I will send the new plan on Monday.',
  'Did I get anything wrong, or leave something out?',
  'Best,',
  'Mel',
];

forBothBrowsers((given) => {
  before(async () => {
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Add three demo clients');
    await clients.waitForText('3 clients');
    await clients.evaluate(() => chrome.storage.local.set({ settings: { careful: false } }));
    await clients.close();
  });

  /** A mail with bad news, and the card beside it. */
  async function compose({ to = CATHY, body = BAD_NEWS, kind = 'rich', instant = '2026-11-20T14:15:00Z' } = {}) {
    const page = await given.browser.open(`${server.url}${kind}.html`);
    await page.type('[name=to]', to);
    await page.type('[name=subject]', 'Quick update');
    await page.click(EDITORS[kind].selector);
    await keyboardIn(page, EDITORS[kind].selector);
    const panel = await given.browser.panel(page);
    await setClock(panel, instant);
    await page.keyboard.type(body);
    await panel.waitForText('Call');
    await isKnown(panel);
    return { page, panel };
  }

  /** Judged by what the notebook says: a draft waits for that only so long. */
  const isKnown = (panel) => panel.waitFor('whom it is about', () => !document.getElementById('about').hidden);

  /** What the card says at another moment, once something was typed. */
  async function at({ page, panel }, instant, wanted) {
    await setClock(panel, instant);
    await page.keyboard.type(' ');
    await page.keyboard.type('x');
    await page.keyboard.press('Backspace');
    return panel.waitForText(wanted);
  }

  /** Changes what is noted of Cathy. */
  async function note(field, text) {
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Cathy Andre Andre Lighting');
    await clients.fill(field, text);
    await clients.press('Save');
    await clients.waitForText('Saved.');
    await clients.close();
  }

  test('the card tells the hour on their clock, whether it suits, and when it does', async () => {
    const mail = await compose();
    await mail.panel.waitForText('9:15 am for them, within their hours (mornings)');
    await at(mail, '2026-11-20T22:00:00Z', '5 pm for them, outside their hours (mornings)');
    await mail.panel.waitForText('Next good moment: Monday at 2 pm, 8 am for them.');
  });

  test('the days on which clocks are put forward or back come out right', async () => {
    const mail = await compose({ instant: '2026-10-24T12:00:00Z' });
    // Berlin alone has changed by Monday.
    await mail.panel.waitForText('Next good moment: Monday at 1 pm, 8 am for them.');
    // New York has changed as well.
    await at(mail, '2026-10-31T12:00:00Z', 'Next good moment: Monday at 2 pm, 8 am for them.');
    // The hour that comes twice.
    await at(mail, '2026-11-01T05:30:00Z', '1:30 am for them');
    await at(mail, '2026-11-01T06:30:00Z', '1:30 am for them');
    // The hour that never comes: a minute before and at its end.
    await at(mail, '2026-03-08T06:59:00Z', '1:59 am for them');
    await at(mail, '2026-03-08T07:00:00Z', '3 am for them');
  });

  test('a clock that was put back is noticed', async () => {
    const mail = await compose({ instant: '2020-01-06T14:15:00Z' });
    // The demo clients were last called three weeks before they were added.
    await mail.panel.waitForText(/You noted something on \d+ \w+ 20\d\d: is this computer’s clock right\?/);
    await mail.panel.waitForText('9:15 am for them');
  });

  test('a time zone that is no more is said', async () => {
    const clients = await given.browser.extensionPage('clients.html');
    await clients.waitForText('3 clients');
    await clients.upload('Import', card);
    await clients.press('Import 1 client');
    await clients.waitForText('1 client imported.');
    await clients.close();
    const { panel } = await compose({ to: 'tara@atlantis.example', instant: '2026-11-20T08:15:00Z' });
    await panel.waitForText('“US/Atlantis” is no time zone that this browser knows, so this goes by your clock.');
    await panel.waitForText('Within working hours');
  });

  test('what is not noted is said: no zone, no number', async () => {
    const mail = await compose({ instant: '2026-11-20T08:15:00Z' });
    await note('Time zone', ' ');
    await mail.panel.waitForText('Their time zone is not noted, so this goes by your clock.');
    await mail.panel.waitForText('Within their hours (mornings)');
    await note('Phone numbers', ' ');
    await mail.panel.waitForText('No phone number noted.');
    const card = await mail.panel.evaluate(() => ({
      add: document.getElementById('call-add-number').href,
      shown: ['call-button', 'call-copy', 'call-code-toggle', 'call-number'].filter((id) =>
        document.getElementById(id).checkVisibility(),
      ),
    }));
    assert.match(card.add, /clients\.html#.+/);
    assert.deepEqual(card.shown, []);
    await mail.panel.press('What to say');
    await mail.panel.waitForText('We missed the 14 May date.');
    await note('Phone numbers', '+1 212 555 0117');
    await note('Time zone', 'America/New_York');
    await mail.panel.waitForText('+1 212 555 0117');
  });

  test('the number is dialled, copied, and shown as a code', async () => {
    const { page, panel } = await compose();
    assert.equal(await panel.evaluate(() => document.getElementById('call-button').href), 'tel:+12125550117');
    await panel.press('Copy the number');
    await panel.waitForText('Number copied.');
    await page.click('[name=subject]');
    await keyboardIn(page, '[name=subject]', panel);
    await page.keyboard.down('Control');
    await page.keyboard.press('v');
    await page.keyboard.up('Control');
    await until('the number pasted', () =>
      page.$eval('[name=subject]', ({ value }) => value.includes('+1 212 555 0117')),
    );

    const code = () =>
      panel.evaluate(() => {
        const drawing = document.getElementById('call-drawing');
        const { width, height } = drawing.getBoundingClientRect();
        return { shown: drawing.checkVisibility(), width, height, box: drawing.getAttribute('viewBox') };
      });
    assert.equal((await code()).shown, false);
    await panel.press('Dial with a phone: show a code to scan');
    await panel.waitForText('Scan it with your phone to dial.');
    // 16 letters take the smallest size of 21 squares, with 4 around.
    await untilEqual('the code', { shown: true, width: 132, height: 132, box: '-4 -4 29 29' }, code);
    await panel.press('Dial with a phone: show a code to scan');
    await until('no code', async () => !(await code()).shown);
  });

  test('what to say comes in the order that helps, in the draft’s words, with its gaps', async () => {
    const { panel } = await compose({ body: 'We hit a small hiccup. The launch moves two weeks. I will send the new plan.' });
    await panel.press('What to say');
    const parts = await panel.waitFor('what to say', () => {
      const parts = [...document.querySelectorAll('#talk-points > li')].map((part) => [
        part.querySelector('h3').textContent,
        ...[...part.querySelectorAll('ul li')].map((line) => `${line.className === 'gap' ? '? ' : ''}${line.textContent}`),
      ]);
      return parts.length > 0 && parts;
    });
    assert.deepEqual(
      parts.map(([heading]) => heading),
      [
        'Ask first, and listen',
        'What happened',
        'What it means for them',
        'Our part in it',
        'What we do now',
        'What we could give',
        'What they would be angry to learn later',
      ],
    );
    const of = (heading) => parts.find(([name]) => name === heading).slice(1);
    assert.deepEqual(of('Ask first, and listen'), ['? How does it look from Cathy’s side?']);
    assert.deepEqual(of('What happened'), ['The launch moves two weeks.']);
    assert.deepEqual(of('What we do now'), ['I will send the new plan.', '? By when?']);
    assert.match(of('What they would be angry to learn later')[0], /^\? “.*small hiccup.*”: how large is it/);
  });

  test('a call is noted in one click, with its topic and day, and can be taken back', async () => {
    const { panel } = await compose();
    await panel.press('I called');
    await panel.waitForText('The call is noted among your conversations.');
    await panel.waitForText('You called Cathy');
    await panel.waitForText('Last call today');
    const clients = await given.browser.extensionPage('clients.html');
    await setClock(clients, '2026-11-20T16:00:00Z');
    await clients.press('Cathy Andre Andre Lighting');
    await clients.waitForText(/Call: We missed the 14 May date\s+today/);
    await panel.press('Undo');
    await panel.waitForText('Call Cathy instead');
    await clients.waitFor('no trace of the call', () => !document.body.innerText.includes('We missed the 14 May date'));
    await clients.close();
  });

  test('somebody who is no client can be called as well', async () => {
    const { panel } = await compose({ to: 'Sam Lee <sam@lee.example>' });
    await panel.waitForText('Call Sam instead');
    await panel.waitForText('No phone number noted.');
    await panel.press('I called');
    await panel.waitForText('Not noted: nobody of your notebook is called here.');
    await panel.waitForText('You called Sam');
  });

  for (const kind of Object.keys(EDITORS)) {
    test(`after the call the draft becomes what confirms it, and comes back whole: ${kind}`, async () => {
      const { selector, put, markup, text } = EDITORS[kind];
      const page = await given.browser.open(`${server.url}${kind}.html`);
      await page.type('[name=to]', CATHY);
      await page.click(selector);
      const panel = await given.browser.panel(page);
      await page.evaluate(put);
      await page.evaluate((selector) => {
        const field = document.querySelector(selector);
        (field.contentDocument?.body ?? field).dispatchEvent(new InputEvent('input', { bubbles: true }));
      }, selector);
      const written = await page.evaluate(markup);
      await panel.waitForText('Call Cathy instead');
      await isKnown(panel);
      assert.doesNotMatch(await panel.text(), /follow-up/);
      await panel.press('I called');
      await panel.press('Turn the draft into a follow-up');
      await panel.waitForText('Turned into a follow-up.');
      await panel.waitForText('This draft confirms what you said.');
      const lines = (await page.evaluate(text)).split('\n').map((line) => line.replaceAll('\u00a0', ' ').trim());
      assert.deepEqual(lines.filter((line) => line !== ''), CONFIRMED);
      await panel.press('Undo');
      await until('the draft as it was', async () => (await page.evaluate(markup)) === written, {
        seen: () => page.evaluate(markup),
      });
      await panel.waitForText('You called Cathy');
    });
  }

  test('a follow-up takes the place of the draft as it stands, or of none', async () => {
    const page = await given.browser.open(`${server.url}plain.html`);
    await page.type('[name=to]', CATHY);
    await page.type('textarea', 'The launch moves two weeks, to 28 May.');
    const panel = await given.browser.panel(page);
    await panel.waitForText('Call Cathy instead');
    await isKnown(panel);
    await panel.press('I called');
    await panel.waitForText('You called Cathy');
    await page.type('textarea', ' We are very sorry about it.');
    await panel.press('Turn the draft into a follow-up');
    await panel.waitForText(/Turned into a follow-up\.|changed meanwhile/);
    const written = await page.$eval('textarea', ({ value }) => value);
    assert.match(written, /^The launch .* about it\.$|^Thank you [^]* leave something out\?$/);
  });

  /** Puts a text in the place of another as typing does, and waits for what the panel says of it. */
  async function rewrite(page, panel, [text, said]) {
    await page.evaluate((text) => {
      document.querySelector('textarea').select();
      document.execCommand('insertText', false, text);
    }, text);
    return panel.waitForText(said);
  }
  const TROUBLE = ['There is an issue, sorry about that. '.repeat(7), /Nothing to mention|reworked/];
  const BEGINNING = ['Our headless CMS', '“headless CMS”'];

  test('a draft of trouble typed and deleted several times over is advised to be a call', async () => {
    const page = await given.browser.open(`${server.url}plain.html`);
    await page.type('[name=to]', CATHY);
    await page.click('textarea');
    const panel = await given.browser.panel(page);
    for (const text of [TROUBLE, BEGINNING, TROUBLE, BEGINNING]) {
      assert.doesNotMatch(await rewrite(page, panel, text), /You have reworked this/);
    }
    await rewrite(page, panel, TROUBLE);
    await rewrite(page, panel, BEGINNING);
    await rewrite(page, panel, TROUBLE);
    await panel.waitForText('You have reworked this for a while: call.');
    await panel.waitForText('Call Cathy instead');
  });

  test('a draft of trouble that is written on for over fifteen minutes is advised to be a call', async () => {
    const page = await given.browser.open(`${server.url}plain.html`);
    await page.type('[name=to]', CATHY);
    await page.click('textarea');
    const panel = await given.browser.panel(page);
    const short = ['There is an issue, sorry about that.', TROUBLE[1]];
    // A pause for lunch counts for nothing.
    for (const minute of [1, 2, 3, 4, 5, 6, 7, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69]) {
      await setUptime(panel, minute);
      const said = await rewrite(page, panel, minute % 2 ? short : BEGINNING);
      assert.doesNotMatch(said, /You have reworked this/, `minute ${minute}`);
    }
    await setUptime(panel, 69.5);
    await rewrite(page, panel, BEGINNING);
    await setUptime(panel, 70);
    await rewrite(page, panel, short);
    await panel.waitForText('You have reworked this for a while: call.');
  });
});
