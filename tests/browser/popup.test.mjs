/** The lookup in the toolbar's popup, opened as a page: browsers give tests no way to press the toolbar. */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { records } from './harness/notebook.mjs';
import { temporaryFolder } from './harness/owned.mjs';

/** The demo clients, the one who was talked with last first. */
const LATELY = ['Priya Raman', 'Marcus Okafor', 'Cathy Andre'];

let folder;
before(async () => {
  folder = await temporaryFolder('candor-popup-');
});
after(() => folder.remove());

/** A day that is so many days ahead, on this machine's calendar. */
function ahead(days) {
  const day = new Date();
  day.setDate(day.getDate() + days);
  const two = (number) => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Runs in the popup: keeps from here on which links are followed, and follows none. */
function keepFollowed() {
  window.followed = [];
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!link) return;
    event.preventDefault();
    window.followed.push(link.href);
  });
}

forBothBrowsers((given) => {
  const open = () => given.browser.extensionPage('popup.html');
  /** The notebook's record of whoever has this name. */
  const record = async (page, name) => (await page.evaluate(records, 'clients')).find((client) => client.name === name);
  const options = (popup) =>
    popup.evaluate(() =>
      [...document.querySelectorAll('[role=option]')].map((option) => option.children[0].textContent),
    );
  const found = (popup, names) =>
    popup.waitFor(
      `${names} in the list`,
      (wanted) =>
        [...document.querySelectorAll('[role=option]')]
          .map((option) => option.children[0].textContent)
          .join() === wanted,
      names.join(),
    );
  const active = (popup) =>
    popup.evaluate(() => {
      const id = document.getElementById('query').getAttribute('aria-activedescendant');
      return id && document.getElementById(id).children[0].textContent;
    });

  test('an empty notebook says so and leads to the client page', async () => {
    const popup = await open();
    await popup.waitForText('Your notebook is empty.');
    const link = await popup.evaluate(
      () => [...document.links].find((link) => link.text === 'Open the client page').href,
    );
    assert.equal(link, `${given.browser.origin}/clients.html`);
  });

  test('clients show up as soon as they are added elsewhere', async () => {
    const popup = await open();
    await popup.waitForText('Your notebook is empty.');
    const clients = await given.browser.extensionPage('clients.html');
    await clients.press('Add three demo clients');
    await found(popup, LATELY);
    assert.doesNotMatch(await popup.text(), /empty/);
  });

  test('a combobox over a listbox, with the focus in it', async () => {
    const popup = await open();
    await found(popup, LATELY);
    const shape = await popup.evaluate(() => {
      const input = document.activeElement;
      const list = document.getElementById(input.getAttribute('aria-controls'));
      const group = list.querySelector('[role=group]');
      return [input.role, list.role, input.ariaExpanded, input.ariaLabel, group.ariaLabel];
    });
    assert.deepEqual(shape, ['combobox', 'listbox', 'true', 'Look up a client', 'Lately in touch']);
  });

  for (const [query, names] of [
    ['cat', ['Cathy Andre']],
    ['OKAFOR', ['Marcus Okafor']],
    ['marc okafor', ['Marcus Okafor']],
    ['new york', ['Cathy Andre']],
    ['afternoons', ['Priya Raman']],
    ['architects', ['Priya Raman']],
    ['312555', ['Marcus Okafor']],
    ['ramanarchitects.example', ['Priya Raman']],
    ['marathons', ['Marcus Okafor']],
    ['dentistry', ['Marcus Okafor']],
    ['lighting shop', ['Cathy Andre']],
    ['daughter', ['Cathy Andre']],
    ['cahty', ['Cathy Andre']],
    ['okaforr', ['Marcus Okafor']],
    ['ändre cathy', ['Cathy Andre']],
    ['555 0117', ['Cathy Andre']],
    ['library leeds', ['Priya Raman']],
  ]) {
    test(`“${query}” finds ${names}`, async () => {
      const popup = await open();
      await popup.waitForText('Cathy Andre');
      await popup.fill('Look up a client', query);
      await found(popup, names);
    });
  }

  test('what nobody matches is said', async () => {
    const popup = await open();
    await popup.waitForText('Cathy Andre');
    await popup.fill('Look up a client', 'zzz');
    await popup.waitForText('Nobody by “zzz”.');
    assert.deepEqual(await options(popup), []);
  });

  test('what matches is marked, in the field where it stands', async () => {
    const popup = await open();
    await popup.waitForText('Cathy Andre');
    await popup.fill('Look up a client', 'cathy daugther');
    await popup.waitForText('Note: Daughter started school');
    const marks = await popup.evaluate(() => [...document.querySelectorAll('mark')].map((mark) => mark.textContent));
    assert.deepEqual(marks, ['Cathy', 'Daughter']);
  });

  test('arrows choose, and what is known of the chosen one is shown', async () => {
    const popup = await open();
    await found(popup, LATELY);
    assert.equal(await active(popup), null);
    for (let times = 0; times < 4; times += 1) await popup.key('ArrowDown');
    await popup.waitFor('the last option', () =>
      document.querySelectorAll('[role=option]')[2].matches('[aria-selected=true]'),
    );
    await popup.key('ArrowUp');
    await popup.waitFor('the one before', () =>
      document.querySelectorAll('[role=option]')[1].matches('[aria-selected=true]'),
    );
    assert.equal(await active(popup), 'Marcus Okafor');
    const text = await popup.waitForText(/\d (am|pm) for them|noon for them|midnight for them/);
    assert.match(text, /likes after 5 pm/);
    assert.match(text, /Mail 5 days ago: Opening hours over the holidays/);
    assert.equal(await popup.evaluate(() => document.activeElement.id), 'query');
  });

  test('Enter opens the card of the best match, Ctrl and Enter call', async () => {
    const popup = await open();
    await popup.waitForText('Cathy Andre');
    await popup.evaluate(keepFollowed);
    await popup.fill('Look up a client', 'marcus');
    await found(popup, ['Marcus Okafor']);
    await popup.key('Enter');
    await popup.key('Control+Enter');
    const { id } = await record(popup, 'Marcus Okafor');
    const followed = await popup.waitFor('both', () => window.followed.length === 2 && window.followed);
    assert.deepEqual(followed, [`${given.browser.origin}/clients.html#${id}`, 'tel:+13125550142']);
  });

  test('a click on an option opens the card', async () => {
    const popup = await open();
    await found(popup, LATELY);
    await popup.evaluate(keepFollowed);
    await popup.evaluate(() => document.querySelectorAll('[role=option]')[2].click());
    const { id } = await record(popup, 'Cathy Andre');
    const [followed] = await popup.waitFor('it', () => window.followed.length === 1 && window.followed);
    assert.equal(followed, `${given.browser.origin}/clients.html#${id}`);
  });

  test('Shift and Enter copy the address', async () => {
    const popup = await open();
    await popup.waitForText('Cathy Andre');
    await popup.fill('Look up a client', 'priya');
    await found(popup, ['Priya Raman']);
    await popup.key('Shift+Enter');
    await popup.waitForText('Copied priya@ramanarchitects.example');
    await popup.key('Control+a');
    await popup.key('Control+v');
    await popup.waitFor('what was copied', () =>
      document.getElementById('query').value === 'priya@ramanarchitects.example',
    );
    await found(popup, ['Priya Raman']);
  });

  test('Alt and Enter take a note dated today, which is found at once', async () => {
    const popup = await open();
    await popup.waitForText('Cathy Andre');
    await popup.fill('Look up a client', 'priya');
    await found(popup, ['Priya Raman']);
    await popup.key('Alt+Enter');
    await popup.fill('Note about Priya Raman, dated today', 'Keeps bees <b>on the roof</b>');
    await popup.key('Enter');
    await popup.waitForText('Noted.');
    await popup.waitForEqual('the focus back in the field', 'query', () => document.activeElement.id);
    const { notes } = await record(popup, 'Priya Raman');
    const today = await popup.evaluate(() => {
      const now = new Date();
      const two = (number) => String(number).padStart(2, '0');
      return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    });
    assert.deepEqual([notes[0].date, notes[0].text], [today, 'Keeps bees <b>on the roof</b>']);
    await popup.fill('Look up a client', 'bees roof');
    await found(popup, ['Priya Raman']);
    await popup.waitForText('Note: Keeps bees <b>on the roof</b>');

    const again = await open();
    await again.waitForText('Cathy Andre');
    await again.fill('Look up a client', 'bees');
    await found(again, ['Priya Raman']);
  });

  test('Escape leaves a note unwritten, then clears what was typed', async () => {
    const popup = await open();
    await popup.waitForText('Cathy Andre');
    await popup.fill('Look up a client', 'priya');
    await found(popup, ['Priya Raman']);
    await popup.key('Alt+Enter');
    await popup.waitFor('the field', () => document.activeElement.id === 'note');
    await popup.key('Escape');
    await popup.waitFor('the field again', () => document.activeElement.id === 'query');
    await popup.key('Escape');
    await found(popup, LATELY);
    assert.equal(await popup.evaluate(() => document.getElementById('query').value), '');
  });

  test('a note that was begun is there again with whom it is about', async () => {
    const popup = await open();
    await popup.waitForText('Cathy Andre');
    await popup.fill('Look up a client', 'priya');
    await found(popup, ['Priya Raman']);
    await popup.key('Alt+Enter');
    await popup.fill('Note about Priya Raman, dated today', 'Sells hon');
    await popup.fill('Look up a client', 'marcus');
    await found(popup, ['Marcus Okafor']);
    assert.equal(await popup.evaluate(() => document.getElementById('note').value), '');
    await popup.fill('Look up a client', 'priya');
    await found(popup, ['Priya Raman']);
    assert.deepEqual(
      await popup.evaluate(() => [document.getElementById('note').value, document.getElementById('note-form').hidden]),
      ['Sells hon', false],
    );
  });

  test('markup in a name stays text', async () => {
    const name = '<img src=x onerror=alert(1)> & Sons';
    const clients = await given.browser.extensionPage('clients.html');
    // Its buttons stand there before its script has run.
    await clients.waitForText('3 clients');
    await clients.press('New client');
    await clients.fill('Name', name);
    await clients.press('Save');
    await clients.waitForText('Saved.');
    const popup = await open();
    await popup.waitForText('Cathy Andre');
    await popup.fill('Look up a client', 'onerror');
    await found(popup, [name]);
    assert.equal(await popup.evaluate(() => document.images.length), 0);
  });

  test('nothing typed, it says what is due, who was in touch last, and who has heard nothing for long', async () => {
    const clients = [
      { name: 'Ina Promised', promises: [{ text: 'Two mock-ups', made: ahead(-9), due: ahead(1) }] },
      {
        name: 'Ben Born',
        dates: [{ what: 'birthday', day: `1980${ahead(3).slice(4)}` }],
        timezone: 'Europe/Lisbon',
        call_hours: 'after the school run',
        people: [
          { relation: 'child', name: 'Emma', born: '2019-03-14' },
          { relation: 'child', name: 'Finn', age_on: { years: 7, day: ahead(-30) } },
        ],
      },
      { name: 'Sue Silent', contacts: [{ date: ahead(-200), kind: 'mail', topic: 'Fair' }] },
    ];
    const file = path.join(folder.path, 'agenda.json');
    await writeFile(file, JSON.stringify({ format: 'candor-backup', version: 1, clients }));
    const page = await given.browser.extensionPage('clients.html');
    await page.waitForText('Cathy Andre');
    await page.upload('Import', file);
    await page.press('Import 3 clients');
    await page.waitForText('3 clients imported.');

    const popup = await open();
    await popup.waitForText('Heard nothing for long');
    const groups = await popup.evaluate(() =>
      [...document.querySelectorAll('#results [role=group]')].map((group) => [
        group.ariaLabel,
        ...[...group.querySelectorAll('[role=option]')].map(
          (option) => `${option.children[0].textContent}: ${option.children[2].textContent}`,
        ),
      ]),
    );
    assert.deepEqual(groups.slice(0, 3), [
      ['Due', 'Ina Promised: Promised for tomorrow: Two mock-ups', 'Ben Born: Birthday in 3 days'],
      ['Lately in touch', 'Priya Raman: Call 2 days ago', 'Marcus Okafor: Mail 5 days ago', 'Cathy Andre: Call 3 weeks ago'],
      ['Heard nothing for long', 'Sue Silent: Last in touch 6 months ago'],
    ]);

    for (const [query, field, marks] of [
      ['14 march', /^Around them: Emma, child, \d+ years old, born 14 March 2019$/, ['14', 'March']],
      ['march 14th', /^Around them: Emma/, ['14', 'March']],
      ['finn 7', /^Around them: Finn, child, about 7 years old$/, ['Finn', '7']],
      ['lisbon', /^Time zone: Europe\/Lisbon$/, ['Lisbon']],
      ['school run', /^Likes to be called: after the school run$/, ['school', 'run']],
    ]) {
      await popup.fill('Look up a client', query);
      const shown = await popup.waitFor(`${query} at Ben Born`, (query) => {
        const option = document.querySelector('[role=option]');
        const is = option?.children[0].textContent === 'Ben Born' && option.querySelector('mark');
        return is && document.getElementById('query').value === query && [
          option.children[2].textContent,
          ...[...option.querySelectorAll('mark')].map((mark) => mark.textContent),
        ];
      }, query);
      assert.match(shown[0], field);
      assert.deepEqual(shown.slice(1), marks);
    }
    await popup.fill('Look up a client', '');
    await page.press('Undo');
    await popup.waitFor('they are gone', () => !document.body.textContent.includes('Sue Silent'));
  });

  test('keys that come before the notebook is read are kept', async () => {
    const popup = await open();
    await popup.evaluate(() => {
      const field = document.getElementById('query');
      field.value = 'marcus';
      field.dispatchEvent(new InputEvent('input'));
    });
    await found(popup, ['Marcus Okafor']);
  });
});
