/** The client page, as a person uses it. Each test starts where the one before left the notebook. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';

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
});
