/**
 * What one can do with a finding: replace its words, hear no more of it here or in this mail, note that
 * the client knows the term; and take each of these back. The first test leaves the demo clients in the
 * notebook for the rest.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { keyboardIn } from './harness/keyboard.mjs';
import { records } from './harness/notebook.mjs';
import { serve } from './harness/static-server.mjs';
import { until, untilEqual } from './harness/wait.mjs';

const CATHY = 'Cathy Andre <cathy@andrelighting.example>';
const DRAFT = 'Zoe\u0308 \u{1F600} says hi. We move to a headless CMS, and all is well.';
const TWIN = 'content system that is separate from the site visitors see';
const REPLACE = `Replace with “${TWIN}”`;
const REPLACED = DRAFT.replace('headless CMS', TWIN);

let server;
before(async () => {
  server = await serve(new URL('pages/', import.meta.url));
});
after(() => server.close());

/** Where each kind of editor is written in, and what it holds. */
const EDITORS = {
  rich: { selector: '.editor', text: () => document.querySelector('.editor').textContent },
  framed: { selector: 'iframe', text: () => document.querySelector('iframe').contentDocument.body.textContent },
  plain: { selector: 'textarea', text: () => document.querySelector('textarea').value },
};

forBothBrowsers((given) => {
  before(async () => {
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Add three demo clients');
    await clients.waitForText('3 clients');
    await clients.close();
  });

  async function write(kind, body, { to = CATHY } = {}) {
    const page = await given.browser.open(`${server.url}${kind}.html`);
    await page.type('[name=to]', to);
    await page.type('[name=subject]', 'The new shop');
    await page.click(EDITORS[kind].selector);
    await keyboardIn(page, EDITORS[kind].selector);
    await page.keyboard.type(body);
    const panel = await given.browser.panel(page);
    return { page, panel };
  }

  /** The keyboard comes back from the panel a moment after the panel is done. */
  const isBack = (page, panel, kind) => keyboardIn(page, EDITORS[kind].selector, panel);

  /** Spaces of whichever kind the editor writes. */
  const holds = (page, kind, wanted) =>
    until(
      `the editor to hold ${wanted}`,
      async () => (await text(page, kind)) === wanted,
      { seen: () => text(page, kind) },
    );
  const text = async (page, kind) => (await page.evaluate(EDITORS[kind].text)).replaceAll('\u00a0', ' ');

  /** How the findings begin that are shown now, by their words. */
  const findings = (panel) =>
    panel.evaluate(() =>
      [...document.querySelectorAll('#findings .finding')].map(({ ariaLabel }) => ariaLabel.match(/“(.*?)”/)?.[1] ?? ariaLabel),
    );
  const shows = (panel, wanted) =>
    until(
      `the findings ${wanted}`,
      async () => (await findings(panel)).sort().join() === [...wanted].sort().join(),
      { seen: async () => (await findings(panel)).join() },
    );
  const done = (panel) => panel.evaluate(() => !document.getElementById('done').hidden);

  async function press(page, ...keys) {
    const [key, ...held] = keys.reverse();
    for (const one of held) await page.keyboard.down(one);
    await page.keyboard.press(key);
    for (const one of held) await page.keyboard.up(one);
  }

  for (const kind of Object.keys(EDITORS)) {
    test(`${kind} editor: plain words take the term's place, and the editor's own undo takes them back`, async () => {
      const { page, panel } = await write(kind, DRAFT);
      await panel.press(REPLACE);
      await panel.waitForText('Replaced.');
      await holds(page, kind, REPLACED);
      await shows(panel, []);
      await isBack(page, panel, kind);
      await press(page, 'Control', 'z');
      await holds(page, kind, DRAFT);
      await shows(panel, ['headless CMS']);
    });

    test(`${kind} editor: one writes on where one was, and Undo puts the term back where it stands now`, async () => {
      const { page, panel } = await write(kind, DRAFT);
      await panel.press(REPLACE);
      await panel.waitForText('Replaced.');
      await isBack(page, panel, kind);
      await page.keyboard.type(' Bye.');
      await holds(page, kind, `${REPLACED} Bye.`);
      await press(page, 'Control', 'Home');
      await page.keyboard.type('So: ');
      await holds(page, kind, `So: ${REPLACED} Bye.`);
      await panel.press('Undo');
      await holds(page, kind, `So: ${DRAFT} Bye.`);
      await until('no more to undo', async () => !(await done(panel)));
      await isBack(page, panel, kind);
      await page.keyboard.type('Well, ');
      await holds(page, kind, `So: Well, ${DRAFT} Bye.`);
    });
  }

  test('words that are no longer what was judged are left alone, and the panel says so', async () => {
    const { page, panel } = await write('plain', DRAFT);
    await shows(panel, ['headless CMS']);
    // A page may change its field without a word to anybody.
    await page.$eval('textarea', (field) => (field.value = field.value.replace('headless CMS', 'new system')));
    await panel.press(REPLACE);
    await panel.waitForText('These words were changed meanwhile, so they stay as they are.');
    assert.equal(await text(page, 'plain'), DRAFT.replace('headless CMS', 'new system'));
    await isBack(page, panel, 'plain');
  });

  test('a frame that has the focus as an element is written in again, too', async () => {
    const { page, panel } = await write('framed', DRAFT);
    await shows(panel, ['headless CMS']);
    await page.$eval('iframe', (frame) => frame.focus());
    const changed = DRAFT.replace('headless CMS', 'new system');
    // Nothing is written, which would take the keyboard along.
    await page.$eval('iframe', ({ contentDocument }, changed) => (contentDocument.body.textContent = changed), changed);
    await panel.press(REPLACE);
    await panel.waitForText('These words were changed meanwhile, so they stay as they are.');
    await isBack(page, panel, 'framed');
    await page.keyboard.type('So: ');
    await holds(page, 'framed', `So: ${changed}`);
  });

  test('after an edit to what was replaced there is nothing to take back', async () => {
    const { page, panel } = await write('plain', DRAFT);
    await panel.press(REPLACE);
    await panel.waitForText('Replaced.');
    await page.$eval('textarea', (field) => (field.value = 'Something else.'));
    await panel.press('Undo');
    await panel.waitForText('These words were changed meanwhile, so they stay as they are.');
    assert.equal(await text(page, 'plain'), 'Something else.');
  });

  test('presses that a script makes do nothing', async () => {
    const { page, panel } = await write('rich', `${DRAFT} It is on a staging site.`);
    await shows(panel, ['headless CMS', 'staging site']);
    await panel.evaluate(() => {
      for (const button of document.querySelectorAll('[data-act]')) button.click();
    });
    // What is pressed by hand comes after whatever those would have done.
    await panel.press('Not here');
    await shows(panel, ['staging site']);
    assert.equal(await text(page, 'rich'), `${DRAFT} It is on a staging site.`);
    await panel.evaluate(() => document.getElementById('undo').click());
    await panel.press('“staging site” may be unknown to Cathy. Plainly: a private test copy of the site.');
    await shows(panel, ['staging site']);
  });

  test('“Not here” silences one finding until its sentence changes', async () => {
    const { page, panel } = await write('rich', 'We use a headless CMS.');
    await panel.press('Not here');
    await panel.waitForText('Not mentioned here any more.');
    await shows(panel, []);
    await page.click('.editor');
    await isBack(page, panel, 'rich');
    await press(page, 'Control', 'End');
    await page.keyboard.type(' The staging site is next.');
    await shows(panel, ['staging site']);
    await panel.press('Undo');
    await shows(panel, ['headless CMS', 'staging site']);
    await until('no more to undo', async () => !(await done(panel)));

    await panel.press('“headless CMS” may be unknown to Cathy. Plainly: a content system that is separate from the site visitors see.');
    await panel.press('Not here');
    await shows(panel, ['staging site']);
    await page.click('.editor');
    await isBack(page, panel, 'rich');
    await press(page, 'Control', 'Home');
    await page.keyboard.type('Today: ');
    await shows(panel, ['headless CMS', 'staging site']);
  });

  test('“Not in this mail” silences a check until the next mail', async () => {
    const { page, panel } = await write('rich', 'Hi Cathy, we missed the 14 May date. We use a headless CMS. The staging site is next.');
    await panel.waitForText('staging site');
    await panel.evaluate(() => {
      for (const closed of document.querySelectorAll('.finding[aria-expanded=true]')) closed.click();
    });
    const jargon = '“headless CMS” may be unknown to Cathy. Plainly: a content system that is separate from the site visitors see.';
    await panel.press(jargon);
    await panel.press('Not in this mail');
    await panel.waitForText('Not mentioned in this mail any more: terms this client would not know.');
    assert.ok(!(await findings(panel)).includes('staging site'));
    assert.ok((await findings(panel)).some((words) => words.includes('we missed') || words.includes('We missed')));
    await panel.press('Undo');
    await panel.waitForText('“headless CMS”');

    await panel.press(jargon);
    await panel.press('Not in this mail');
    await panel.waitFor('no jargon', () => !document.querySelector('#findings [data-tone=hint]'));
    // The page goes on to another mail in the same box.
    await page.evaluate(() => {
      document.querySelector('[name=subject]').value = '';
      document.querySelector('.editor').textContent = '';
      document.querySelector('.editor').dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    await panel.waitForText('Nothing written yet.');
    await until('no more to undo', async () => !(await done(panel)));
    await page.click('.editor');
    await isBack(page, panel, 'rich');
    await page.keyboard.type('We use a headless CMS.');
    await shows(panel, ['headless CMS']);
  });

  test('a term that the client knows is noted, in the journal, and taken back', async () => {
    const { panel } = await write('rich', 'We use headless CMSs.');
    await panel.press('Cathy knows this');
    await panel.waitForText('Noted that Cathy knows “headless CMS”.');
    await shows(panel, []);
    const known = async () => {
      const clients = await given.browser.extensionPage('clients.html');
      await clients.press('Cathy Andre Andre Lighting');
      const terms = await clients.evaluate(() => document.getElementById('known_terms').value);
      const journal = await clients.evaluate(records, 'journal');
      await clients.close();
      return { terms, journal };
    };
    const { terms, journal } = await known();
    assert.match(terms, /^headless CMS$/m);
    assert.deepEqual(journal.at(-1).after.known_terms.at(-1), 'headless CMS');

    await panel.press('Undo');
    await shows(panel, ['headless CMSs']);
    const before = await known();
    assert.doesNotMatch(before.terms, /headless CMS/);
    assert.equal(before.journal.at(-1).what, 'undo');
  });

  test('of somebody who is not in the notebook nothing can be noted', async () => {
    const { panel } = await write('rich', 'We use a headless CMS.', { to: 'Sam Lee <sam@lee.example>' });
    await panel.waitForText('“headless CMS” may be unknown');
    const offered = await panel.evaluate(() =>
      [...document.querySelectorAll('.actions > :not([hidden])')].map(({ textContent }) => textContent),
    );
    assert.deepEqual(offered, [REPLACE, 'Not here', 'Not in this mail', 'Turn off…']);
    assert.equal(
      await panel.evaluate(() => document.querySelector('.actions a').href),
      `${given.browser.origin}/options.html#jargon`,
    );
  });

  test('a finding opens and closes, and its choices follow it by keyboard', async () => {
    const { panel } = await write('rich', 'We use a headless CMS. The staging site is next.');
    await shows(panel, ['headless CMS', 'staging site']);
    const second = '“staging site” may be unknown to Cathy. Plainly: a private test copy of the site.';
    const focused = () =>
      panel.evaluate(() => {
        const { ariaLabel, ariaExpanded, textContent } = document.activeElement;
        return [ariaLabel ?? textContent, ariaExpanded];
      });
    await panel.press(second);
    await untilEqual('the focus on it, open', [second, 'true'], focused);
    for (const choice of [
      'Replace with “private test copy of the site”',
      'Cathy knows this',
      'Not here',
      'Not in this mail',
      'Turn off…',
    ]) {
      await panel.key('Tab');
      await untilEqual('the focus on the next choice', [choice, null], focused);
    }
    await panel.press(second);
    await untilEqual('the focus on it, closed', [second, 'false'], focused);
    await panel.key('Enter');
    await untilEqual('the focus on it, open again', [second, 'true'], focused);
  });

  test('a finding that goes while one types takes no focus from the mail', async () => {
    const { page, panel } = await write('rich', 'We use a headless CMS. The staging site is next');
    await shows(panel, ['headless CMS', 'staging site']);
    await panel.press('“staging site” may be unknown to Cathy. Plainly: a private test copy of the site.');
    await page.click('.editor');
    await isBack(page, panel, 'rich');
    await press(page, 'Control', 'End');
    await page.keyboard.type(', that is a private copy of the shop.');
    await shows(panel, ['headless CMS']);
    await page.keyboard.type(' Bye.');
    assert.match(await text(page, 'rich'), /copy of the shop\. Bye\.$/);
  });
});
