/** The popup over a notebook of ten thousand clients, which the first version of Candor left behind. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { lookUp, writeCrowd } from './harness/crowd.mjs';
import { forBothBrowsers } from './harness/for-both-browsers.mjs';

forBothBrowsers((given) => {
  const complete = async () => {
    const popup = await given.browser.extensionPage('popup.html');
    await popup.waitFor('everybody', () => performance.getEntriesByName('complete').length > 0);
    return popup;
  };

  test('ten thousand clients of an older version are taken over', async () => {
    const page = await given.browser.extensionPage('options.html');
    await page.evaluate(writeCrowd, 10_000);
    const popup = await complete();
    assert.match(await popup.text(), /Lately in touch/);
    assert.match(await popup.text(), /Heard nothing for long/);
    assert.match(await popup.text(), /99\d\d more: type on to narrow them down/);
  });

  for (const [query, expected] of [
    ['zoe okafor', /^Zoë Okafor/],
    ['jurgen mueller', /^Jürgen Müller/],
    ['siobhan obrien', /^Siobhán O’Brien/],
    ['muler jurgen', /^Jürgen Müller/],
    ['vandenberg', /van den Berg/],
    ['kowalksi', /Kowalski/],
  ]) {
    test(`“${query}” finds ${expected} first among ten thousand`, async () => {
      const popup = await complete();
      const { names } = await popup.evaluate(lookUp, query);
      assert.match(names[0], expected);
    });
  }

  test('a number of one of them is found by its digits, a note by its words', async () => {
    const popup = await complete();
    const byNumber = await popup.evaluate(lookUp, '020 7123 617');
    assert.equal(byNumber.names.length, 1);
    const byNote = await popup.evaluate(lookUp, 'quartet river');
    assert.ok(byNote.names.length > 5);
    assert.match(await popup.text(), /(Note|About|Talked about): .*(quartet|river)/);
  });

  test('a note taken now is found when the popup is opened again', async () => {
    const popup = await complete();
    await popup.evaluate(lookUp, 'tara walker');
    const name = await popup.evaluate(() => document.getElementById('chosen-name').textContent);
    await popup.press('Note');
    await popup.fill(`Note about ${name}, dated today`, 'Wears a zeppelin tie');
    await popup.key('Enter');
    await popup.waitForText('Noted.');
    const again = await complete();
    const { names } = await again.evaluate(lookUp, 'zepelin');
    assert.deepEqual(names, [name]);
  });
});
