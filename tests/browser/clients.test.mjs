/** The client page, as a person uses it. Each test starts where the one before left the notebook. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { records } from './harness/notebook.mjs';

forBothBrowsers((given) => {
  const open = () => given.browser.extensionPage('clients.html');
  const heading = (page, name) =>
    page.waitFor(
      `the page of ${name}`,
      (name) => document.querySelector('#page:not([hidden]) h2')?.textContent === name,
      name,
    );
  const value = (page, id) => page.evaluate((id) => document.getElementById(id).value, id);

  test('an empty notebook offers three demo clients, as fresh as on the day they were made', async () => {
    const page = await open();
    await page.waitForText('Your notebook is empty');
    await page.press('Add three demo clients');
    await page.waitForText('3 clients');
    await page.press('Cathy Andre Andre Lighting');
    await heading(page, 'Cathy Andre');
    assert.match(await page.text(), /Call: Wording of the product pages\s+3 weeks ago/);
    assert.equal(await value(page, 'timezone'), 'America/New_York');
  });

  test('a client is added, and stays', async () => {
    const page = await open();
    await page.waitForText('3 clients');
    await page.press('New client');
    await heading(page, 'New client');
    await page.fill('Name', 'Zoë O’Brien');
    await page.fill('Email addresses', 'zoe@bakery.example');
    await page.fill('Time zone', 'Europe/Dublin');
    await page.press('Save');
    await heading(page, 'Zoë O’Brien');
    await page.waitForText('Saved.');

    const again = await open();
    await again.waitForText('4 clients');
    await again.press('Zoë O’Brien');
    await heading(again, 'Zoë O’Brien');
    assert.equal(await value(again, 'emails'), 'zoe@bakery.example');
  });

  test('a client without a name and a time zone that does not exist are refused in words', async () => {
    const page = await open();
    await page.waitForText('4 clients');
    await page.press('New client');
    await page.press('Save');
    await page.waitForText('A client needs a name.');
    await page.fill('Name', 'Nobody');
    await page.fill('Time zone', 'Middle/Earth');
    await page.press('Save');
    await page.waitForText('This browser knows no time zone “Middle/Earth”');
    assert.match(await page.text(), /4 clients/);
  });

  test('an address belongs to one client', async () => {
    const page = await open();
    await page.waitForText('4 clients');
    await page.press('New client');
    await page.fill('Name', 'Another Cathy');
    await page.fill('Email addresses', 'CATHY@andrelighting.example');
    await page.press('Save');
    await page.waitForText('is in the notebook already, as Cathy Andre.');
    assert.match(await page.text(), /4 clients/);
  });

  test('notes and conversations are added, removed and brought back', async () => {
    const page = await open();
    await page.waitForText('4 clients');
    await page.press('Zoë O’Brien');
    await page.fill('New note', 'Bakes rye bread');
    await page.key('Enter');
    await page.waitForText(/Bakes rye bread\s+today/);
    await page.fill('What it was about', 'Opening of the second shop');
    await page.press('Add conversation');
    await page.waitForText(/Call: Opening of the second shop\s+today/);

    await page.press('Remove “Bakes rye bread”');
    await page.waitForText('The note was removed.');
    assert.doesNotMatch(await page.text(), /Bakes rye bread/);
    await page.press('Undo');
    await page.waitForText('Bakes rye bread');
  });

  test('a deletion asks once and can be undone', async () => {
    const page = await open();
    await page.waitForText('4 clients');
    await page.press('Zoë O’Brien');
    await heading(page, 'Zoë O’Brien');
    await page.press('Delete');
    await page.waitForText('Delete Zoë O’Brien and all that is noted about them?');
    await page.press('Keep');
    assert.match(await page.text(), /4 clients/);

    await page.press('Delete');
    await page.press('Delete this client');
    await page.waitForText('Zoë O’Brien was deleted.');
    await page.waitForText('3 clients');
    await page.press('Undo');
    await page.waitForText('4 clients');
    await heading(page, 'Zoë O’Brien');
    await page.waitForText('Bakes rye bread');
  });

  test('before somebody else is shown, what is typed is saved, dropped or gone on with', async () => {
    const page = await open();
    await page.waitForText('4 clients');
    await page.press('Zoë O’Brien');
    await heading(page, 'Zoë O’Brien');
    await page.fill('Likes to be called', 'after the baking');
    await page.fill('New note', 'Has a new oven');

    await page.press('Cathy Andre Andre Lighting');
    await page.waitForText('What you changed about Zoë O’Brien is not saved.');
    await page.press('Keep editing');
    await heading(page, 'Zoë O’Brien');
    assert.equal(await value(page, 'call_hours'), 'after the baking');

    await page.press('Cathy Andre Andre Lighting');
    await page.press('Save changes');
    await heading(page, 'Cathy Andre');
    assert.equal(await value(page, 'note'), '', 'a note that was begun is about whom it was begun for');
    await page.press('Zoë O’Brien');
    await heading(page, 'Zoë O’Brien');
    assert.equal(await value(page, 'call_hours'), 'after the baking');
    assert.equal(await value(page, 'note'), 'Has a new oven');

    await page.fill('Likes to be called', '');
    await page.fill('Name', '  ');
    await page.press('New client');
    await page.press('Save changes');
    await page.waitForText('A client needs a name.');
    await page.press('New client');
    await page.press('Drop changes');
    await heading(page, 'New client');
    assert.equal(await value(page, 'name'), '');
    await page.press('Zoë O’Brien');
    await heading(page, 'Zoë O’Brien');
    assert.equal(await value(page, 'call_hours'), 'after the baking');
    await page.press('New client');
    await heading(page, 'New client');
    await page.fill('Name', 'Sam');
    await page.press('Cathy Andre Andre Lighting');
    await page.waitForText('The new client is not saved.');
    await page.press('Save changes');
    await page.waitForText('5 clients');
    await heading(page, 'Cathy Andre');
    await page.press('Sam');
    await page.press('Delete');
    await page.press('Delete this client');
    await page.waitForText('4 clients');
    await page.press('Cathy Andre Andre Lighting');
    await heading(page, 'Cathy Andre');
  });

  test('the whole card is written, folds to a line for each part, and is read again', async () => {
    const page = await open();
    await page.waitForText('4 clients');
    await page.press('Zoë O’Brien');
    await heading(page, 'Zoë O’Brien');
    await page.fill('Phone numbers', '+353 1 555 0117 (mobile)');
    await page.press('People around them');
    await page.press('Add somebody');
    await page.fill('Name of the person', 'Tom');
    await page.fill('What they are to the client', 'child');
    await page.fill('Born, or age', '7');
    await page.press('What they like and keep');
    await page.fill('Interests', 'rye bread');
    await page.press('Add a day');
    await page.fill('What day it is', 'birthday');
    await page.fill('Day', 'April 21st, 1980');
    await page.press('Working together');
    await page.fill('Has to succeed for them', 'The second shop');
    await page.press('Add a project');
    await page.fill('Name of the project', 'New site');
    await page.press('Save');
    await page.waitForText('Saved.');
    const zoe = (await page.evaluate(records, 'clients')).find(({ name }) => name === 'Zoë O’Brien');
    assert.deepEqual(zoe.phones, ['+353 1 555 0117']);
    assert.deepEqual(zoe.labels, { '+353 1 555 0117': 'mobile' });
    assert.equal(zoe.people.length, 1);
    const [{ age_on: told, ...tom }] = zoe.people;
    assert.deepEqual(tom, { name: 'Tom', relation: 'child' });
    assert.equal(told.years, 7);
    assert.match(told.day, /^\d{4}-\d{2}-\d{2}$/);
    assert.deepEqual(zoe.dates, [{ what: 'birthday', day: '1980-04-21' }]);
    assert.deepEqual(zoe.projects, [{ name: 'New site', state: '' }]);

    const again = await open();
    await again.press('Zoë O’Brien');
    const text = await again.waitForText('Tom, child, 7');
    assert.ok(text.includes('birthday, 21 April 1980 · rye bread'), text);
    assert.ok(text.includes('New site · The second shop'), text);
    await again.press('People around them Tom, child, 7');
    await again.press('Remove Tom');
    await again.press('Save');
    await again.waitForText('Saved.');
    await page.waitFor('nobody is left', () => document.querySelectorAll('[data-list=people] li').length === 0);
    await again.press('Undo');
    for (const one of [again, page]) {
      await one.waitFor('Tom is back', () => document.querySelectorAll('[data-list=people] li').length === 1);
    }
  });

  test('a day that cannot be read is refused where it stands', async () => {
    const page = await open();
    await page.waitForText('4 clients');
    await page.press('New client');
    await page.fill('Name', 'Sam');
    await page.press('What they like and keep');
    await page.press('Add a day');
    await page.fill('Day', 'soon');
    await page.press('What they like and keep');
    await page.press('Save');
    await page.waitForText('“soon” is not understood here: write 21 April');
    await page.waitForEqual('the focus on it, its section open again', 'soon', () => document.activeElement.value);
  });

  test('promises are made, kept and not kept; words are changed; sensitive notes are marked', async () => {
    const page = await open();
    await page.waitForText('4 clients');
    await page.press('Zoë O’Brien');
    await page.fill('What was promised', 'Two mock-ups');
    await page.press('Add promise');
    await page.waitFor('the promise', () => document.querySelector('#promises li select')?.value === 'open');
    await page.evaluate(() => {
      const select = document.querySelector('#promises li select');
      select.value = 'kept';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await page.waitForText('The promise was kept.');
    await page.press('Change “Two mock-ups”');
    await page.fill('The words', 'Three mock-ups');
    await page.key('Enter');
    await page.waitForText('Three mock-ups');
    await page.press('Sensitive: “Bakes rye bread”');
    await page.waitForText('The note stays folded beside a draft.');
    const zoe = (await page.evaluate(records, 'clients')).find(({ name }) => name === 'Zoë O’Brien');
    assert.equal(zoe.promises[0].text, 'Three mock-ups');
    assert.equal(zoe.promises[0].kept, true);
    assert.equal(zoe.notes.find(({ text }) => text === 'Bakes rye bread').sensitive, true);
  });

  test('what the disk refuses stays in its field, and the page says so', async () => {
    const page = await open();
    await page.waitForText('4 clients');
    await page.press('Zoë O’Brien');
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
    });
    await page.fill('New note', 'Wants a bigger disk');
    await page.press('Add note');
    await page.waitForText('“Wants a bigger disk” could not be saved: there is no room left on this disk.');
    assert.equal(await value(page, 'note'), 'Wants a bigger disk');
    await page.press('Change “Bakes rye bread”');
    await page.fill('The words', 'Bakes oat bread');
    await page.key('Enter');
    await page.waitForText('“Bakes oat bread” could not be saved: there is no room left on this disk.');
    assert.equal(
      await page.evaluate(() => document.querySelector('#notes input:not([hidden])')?.value),
      'Bakes oat bread',
      'what was typed can be saved again',
    );
    await page.press('Working together New site · The second shop');
    await page.press('Add a project');
    await page.fill('How the project stands', 'begun');
    await page.press('Save');
    await page.waitForText('This could not be saved: there is no room left on this disk.');
    assert.equal(
      await page.evaluate(() => document.querySelector('[data-list=projects] [data-key=state]').value),
      'begun',
    );
  });

  test('two pages on one client keep what each of them changes', async () => {
    const [one, other] = [await open(), await open()];
    for (const page of [one, other]) {
      await page.waitForText('4 clients');
      await page.press('Zoë O’Brien');
      await heading(page, 'Zoë O’Brien');
    }
    await one.fill('Company', 'The Rye');
    await other.fill('Role', 'Baker');
    await other.press('Save');
    await other.waitForText('Saved.');
    await one.waitFor('the other page’s change', () => document.getElementById('role').value === 'Baker');
    assert.equal(await value(one, 'company'), 'The Rye', 'what is typed stays while others save');
    await one.press('Save');
    await other.waitFor('this page’s change', () => document.getElementById('company').value === 'The Rye');
  });

  test('a form that is sent twice is saved once', async () => {
    const page = await open();
    await page.waitForText('4 clients');
    const saveTwice = () =>
      page.evaluate(() => {
        const form = document.getElementById('form');
        form.requestSubmit();
        form.requestSubmit();
      });
    const saved = async () => (await page.evaluate(records, 'clients')).filter(({ name }) => name === 'Ida');
    await page.press('New client');
    await page.fill('Name', 'Ida');
    await saveTwice();
    await page.waitForText('Saved.');
    await heading(page, 'Ida');
    assert.equal((await saved()).length, 1);

    await page.press('Working together');
    await page.press('Add a project');
    await page.fill('Name of the project', 'New oven');
    await saveTwice();
    await page.waitForText(/Saved\.\s+Undo/);
    await page.fill('Role', 'Baker');
    await page.press('Save');
    await page.waitFor('the role', () => document.querySelector('#section-contact [data-part=digest]').textContent.includes('Baker'));
    assert.equal((await saved())[0].projects.length, 1);
  });
});
