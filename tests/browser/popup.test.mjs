/** The lookup in the toolbar's popup, opened as a page: browsers give tests no way to press the toolbar. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';

forBothBrowsers((given) => {
  const open = () => given.browser.extensionPage('popup.html');
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
    await found(popup, ['Cathy Andre', 'Marcus Okafor', 'Priya Raman']);
    assert.doesNotMatch(await popup.text(), /empty/);
  });

  test('a combobox over a listbox, with the focus in it', async () => {
    const popup = await open();
    await found(popup, ['Cathy Andre', 'Marcus Okafor', 'Priya Raman']);
    const shape = await popup.evaluate(() => {
      const input = document.activeElement;
      const list = document.getElementById(input.getAttribute('aria-controls'));
      return [input.role, list.role, input.ariaExpanded, input.ariaLabel];
    });
    assert.deepEqual(shape, ['combobox', 'listbox', 'true', 'Look up a client']);
  });

  for (const [query, names] of [
    ['cat', ['Cathy Andre']],
    ['OKAFOR', ['Marcus Okafor']],
    ['marc', ['Marcus Okafor']],
    ['architects', ['Priya Raman']],
    ['312555', ['Marcus Okafor']],
    ['ramanarchitects.example', ['Priya Raman']],
    ['marathons', ['Marcus Okafor']],
    ['dentistry', ['Marcus Okafor']],
    ['lighting shop', ['Cathy Andre']],
    ['daughter', ['Cathy Andre']],
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

  test('arrows and Enter open a card, Escape goes back to where one was', async () => {
    const popup = await open();
    await found(popup, ['Cathy Andre', 'Marcus Okafor', 'Priya Raman']);
    await popup.press('Look up a client');
    await popup.key('ArrowDown');
    await popup.key('ArrowDown');
    await popup.key('ArrowDown');
    await popup.key('ArrowDown');
    await popup.waitFor('the last option', () =>
      document.querySelectorAll('[role=option]')[2].matches('[aria-selected=true]'),
    );
    await popup.key('ArrowUp');
    await popup.waitFor('the one before', () =>
      document.querySelectorAll('[role=option]')[1].matches('[aria-selected=true]'),
    );
    assert.equal(await active(popup), 'Marcus Okafor');
    await popup.key('Enter');
    const card = await popup.waitForText(/\d (am|pm) for them|noon for them|midnight for them/);
    for (const said of ['Dentist · Okafor Dental', '+1 312 555 0142', 'Runs marathons', 'Opening hours']) {
      assert.ok(card.includes(said), `${said} in ${card}`);
    }
    const links = await popup.evaluate(() => [...document.links].map((link) => link.href));
    assert.ok(links.includes('tel:+13125550142'), links);

    await popup.key('Escape');
    await found(popup, ['Cathy Andre', 'Marcus Okafor', 'Priya Raman']);
    assert.equal(await active(popup), 'Marcus Okafor');
    assert.equal(await popup.evaluate(() => document.activeElement.id), 'query');
  });

  test('the best match is one Enter away, and Escape clears what was typed', async () => {
    const popup = await open();
    await popup.waitForText('Cathy Andre');
    await popup.fill('Look up a client', 'priya');
    await found(popup, ['Priya Raman']);
    await popup.key('Enter');
    await popup.waitForText('Partner · Raman Architects');
    await popup.press('Back to the lookup');
    await popup.key('Escape');
    await found(popup, ['Cathy Andre', 'Marcus Okafor', 'Priya Raman']);
    assert.equal(await popup.evaluate(() => document.getElementById('query').value), '');
  });
});
