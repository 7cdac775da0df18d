/** Files that go into the notebook and out of it, by the client page. */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { records } from './harness/notebook.mjs';
import { temporaryFolder } from './harness/owned.mjs';

const CARDS = `BEGIN:VCARD
VERSION:3.0
FN:Bo Dahl
EMAIL;TYPE=WORK:bo@dahl.example
ORG:Dahl & Sons
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Cathy Andre
EMAIL:cathy@andrelighting.example
TITLE:Founder
BDAY:1980-04-21
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Priya Raman
EMAIL:priya@home.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:<img src=x onerror="document.title='executed'">
EMAIL:html@dahl.example
NOTE:<script>document.title = 'executed'</script>
no colon here
END:VCARD
`;

let folder;
before(async () => {
  folder = await temporaryFolder('candor-import-');
});
after(() => folder.remove());

async function file(name, text) {
  const there = path.join(folder.path, name);
  await writeFile(there, text);
  return there;
}

/** Runs in an extension page: keeps what would be saved into a file. */
function keepFiles() {
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    window.savedFile = blob;
    return make(blob);
  };
  HTMLAnchorElement.prototype.click = function () {
    window.savedName = this.download;
  };
}

forBothBrowsers((given) => {
  const open = () => given.browser.extensionPage('clients.html');
  const named = async (page, name) => (await page.evaluate(records, 'clients')).find((client) => client.name === name);

  /** The names in a group of the preview. */
  const group = (page, id) =>
    page.evaluate(
      (id) => [...document.querySelectorAll(`#${id} > ul > li > :first-child`)].map((entry) => entry.textContent.trim()),
      id,
    );

  test('a file is looked through before anything is written, and its import is one undo', async () => {
    const page = await open();
    await page.waitForText('Your notebook is empty');
    await page.press('Add three demo clients');
    await page.waitForText('3 clients');
    await page.upload('Import', await file('cards.vcf', CARDS));
    await page.waitForText('New (2)');
    assert.deepEqual(await group(page, 'import-new'), ['Bo Dahl', `<img src=x onerror="document.title='executed'">`]);
    assert.deepEqual(await group(page, 'import-changed'), ['Cathy Andre']);
    assert.deepEqual(await group(page, 'import-doubtful'), ['Priya Raman']);
    const text = await page.text();
    assert.match(text, /Role\s+Owner\s+Founder/);
    assert.match(text, /21 April 1980/);
    assert.match(text, /Line 24, no colon here\s+has no colon/);
    assert.equal((await page.evaluate(records, 'clients')).length, 3, 'nothing is written yet');

    await page.press('Role');
    await page.evaluate(() => {
      const select = document.querySelector('#import-doubtful select');
      select.value = '0';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await page.press('Import 4 clients');
    await page.waitForText('4 clients imported.');
    await page.waitForText('5 clients');
    const cathy = await named(page, 'Cathy Andre');
    assert.equal(cathy.role, 'Owner', 'what was left out stays as it was');
    assert.deepEqual(cathy.dates.map(({ day }) => day), ['1980-04-21']);
    assert.deepEqual((await named(page, 'Priya Raman')).emails, ['priya@ramanarchitects.example', 'priya@home.example']);
    assert.equal((await named(page, 'Bo Dahl')).company, 'Dahl & Sons');
    assert.notEqual(await page.evaluate(() => document.title), 'executed');

    await page.press('Undo');
    await page.waitForText('3 clients');
    assert.deepEqual((await named(page, 'Cathy Andre')).dates ?? [], []);
    assert.deepEqual((await named(page, 'Priya Raman')).emails, ['priya@ramanarchitects.example']);
  });

  test('a file that is none, and one with nothing new, are said to be so', async () => {
    const page = await open();
    await page.waitForText('3 clients');
    await page.upload('Import', await file('words.txt', 'Dear diary'));
    await page.waitForText('This is neither a vCard, nor CSV');
    await page.press('Cancel');
    await page.waitFor('the notebook', () => !document.getElementById('notebook').dataset.view);
    await page.upload(
      'Import',
      await file('one.vcf', 'BEGIN:VCARD\nVERSION:4.0\nFN:Cathy Andre\nEMAIL:cathy@andrelighting.example\nEND:VCARD\n'),
    );
    await page.waitForText('There is nothing here to import.');
    await page.waitForText('1 client is in your notebook just so.');
    await page.press('Cancel');
    await page.waitForText('3 clients');
  });

  test('ten thousand clients: progress, cancelled whole, imported whole, undone whole', async () => {
    const MANY = 10_000;
    const cards = Array.from(
      { length: MANY },
      (_, at) => `BEGIN:VCARD\nVERSION:3.0\nFN:Client ${at}\nEMAIL:client${at}@many.example\nEND:VCARD\n`,
    );
    const many = await file('many.vcf', cards.join(''));
    const page = await open();
    await page.waitForText('3 clients');
    // In the midst of it: a test may hear of that only once all is written.
    await page.evaluate(() => {
      const bar = document.getElementById('import-progress');
      const observer = new MutationObserver(() => {
        if (document.getElementById('import-doing').textContent !== 'Writing…' || bar.value <= 0.01) return;
        observer.disconnect();
        document.getElementById('import-cancel').click();
      });
      observer.observe(bar, { attributes: true });
    });
    await page.upload('Import', many);
    await page.waitForText(`New (${MANY})`);
    await page.press('Import 10000 clients');
    await page.waitForText('Nothing was imported.');
    assert.equal((await page.evaluate(records, 'clients')).length, 3);

    await page.press('Import 10000 clients');
    await page.waitFor('they are listed', () => document.getElementById('total').textContent === '10003 clients');
    await page.press('Undo');
    await page.waitFor('they are gone', () => document.getElementById('total').textContent === '3 clients');
  });

  test('a backup is one click, and says how old it is; under a passphrase it is restored with it only', async () => {
    const page = await open();
    await page.waitForText('3 clients');
    await page.evaluate(keepFiles);
    await page.waitForText('Never backed up');
    await page.press('Back up');
    await page.waitForText('Last backup today');
    const backup = JSON.parse(await page.evaluate(() => window.savedFile.text()));
    assert.equal(backup.format, 'candor-backup');
    assert.equal(backup.clients.length, 3);
    assert.match(await page.evaluate(() => window.savedName), /^candor-backup-.*\.json$/);

    await page.press('Export…');
    await page.evaluate(() => {
      const format = document.getElementById('export-format');
      format.value = 'backup';
      format.dispatchEvent(new Event('change', { bubbles: true }));
      window.savedFile = undefined;
    });
    await page.fill('Passphrase', 'rye bread at noon');
    await page.fill('The same passphrase again', 'rye bread at moon');
    await page.press('Export');
    await page.waitForText('These are two different passphrases.');
    await page.fill('The same passphrase again', 'rye bread at noon');
    await page.press('Export');
    await page.waitFor('the file', () => window.savedFile);
    const sealed = await page.evaluate(() => window.savedFile.text());
    assert.doesNotMatch(sealed, /Cathy/);

    await page.press('Cathy Andre Andre Lighting');
    await page.press('Delete');
    await page.press('Delete this client');
    await page.waitForText('2 clients');
    await page.waitForText('1 change since');
    await page.upload('Import', await file('backup.json', sealed));
    await page.waitForText('This backup is under a passphrase');
    await page.fill('This backup is under a passphrase', 'wrong');
    await page.press('Open it');
    await page.waitForText('This is not its passphrase');
    await page.fill('This backup is under a passphrase', 'rye bread at noon');
    await page.press('Open it');
    await page.waitForText('New (1)');
    await page.press('Import 1 client');
    await page.waitForText('3 clients');
    const cathy = await named(page, 'Cathy Andre');
    assert.equal(cathy.notes.length, 2);
  });

  test('how old the last backup is stays in sight, and one click makes the next', async () => {
    const page = await open();
    await page.waitForText('Last backup today');
    await page.evaluate(async () => {
      const database = await new Promise((resolve) => {
        indexedDB.open('candor-notebook').onsuccess = ({ target }) => resolve(target.result);
      });
      const meta = database.transaction('meta', 'readwrite').objectStore('meta');
      meta.get('backup').onsuccess = ({ target: { result: backup } }) => {
        meta.put({ ...backup, at: new Date(Date.now() - 12 * 86_400_000).toISOString() }, 'backup');
      };
      await new Promise((resolve) => (meta.transaction.oncomplete = resolve));
      database.close();
    });
    const later = await open();
    await later.waitForText('Last backup 12 days ago');
    await later.evaluate(keepFiles);
    await later.press('Back up');
    await later.waitForText('Last backup today');
    await page.waitForText('Last backup today');
    assert.equal(JSON.parse(await later.evaluate(() => window.savedFile.text())).clients.length, 3);
  });

  test('an export says what it is to hold', async () => {
    const page = await open();
    await page.waitForText('3 clients');
    await page.evaluate(keepFiles);
    await page.press('Export…');
    await page.waitForText('Export 3 clients');
    await page.press('Export');
    await page.waitFor('the file', () => window.savedFile);
    const cards = await page.evaluate(() => window.savedFile.text());
    assert.match(cards, /VERSION:4\.0/);
    assert.match(cards, /FN:Marcus Okafor/);
    assert.doesNotMatch(cards, /marathon/, 'notes are for those who ask for them');

    await page.press('Export…');
    await page.waitForText('Export 3 clients');
    assert.doesNotMatch(await page.text(), /Sensitive notes too/, 'they are not asked for');
    await page.press('all that is noted');
    await page.waitForText('Sensitive notes too');
    await page.evaluate(() => {
      const format = document.getElementById('export-format');
      format.value = 'google-csv';
      format.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await page.waitForText('A table has no place for other names');
    assert.doesNotMatch(await page.text(), /Sensitive notes too/);
    await page.press('Cancel');
  });

  test('keys that this version does not know are named, whatever stands in them', async () => {
    const page = await open();
    await page.waitForText('3 clients');
    const [client] = await page.evaluate(records, 'clients');
    const backup = { format: 'candor-backup', version: 1, clients: [{ ...client, "it's": 'a', '2fa': 'b', 'a:b]': 'c' }] };
    await page.upload('Import', await file('newer.json', JSON.stringify(backup)));
    await page.waitForText('Changed (1)');
    const text = await page.text();
    for (const key of ["It's", '2fa', 'A:b]']) assert.ok(text.includes(key), `${key}: ${text}`);
    await page.press('Cancel');
    await page.waitForText('3 clients');
  });

  test('a note that is written while an import is prepared is not written over', async () => {
    const page = await open();
    await page.waitForText('3 clients');
    await page.evaluate(() => {
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message) {
        if (message.kind !== 'records') return post.call(this, message);
        window.release = () => post.call(this, message);
        Worker.prototype.postMessage = post;
      };
    });
    const card = 'BEGIN:VCARD\nVERSION:4.0\nFN:Cathy Andre\nEMAIL:cathy@andrelighting.example\nTITLE:Founder\nEND:VCARD\n';
    await page.upload('Import', await file('founder.vcf', card));
    await page.waitForText('Changed (1)');
    await page.press('Import 1 client');
    await page.waitFor('the request', () => window.release);

    const other = await open();
    await other.waitForText('3 clients');
    await other.press('Cathy Andre Andre Lighting');
    await other.fill('New note', 'Moves in May');
    await other.key('Enter');
    await other.waitForText('Moves in May');
    await page.waitFor('the note is known', () => document.getElementById('last-backup').textContent.includes('change'));
    await page.evaluate(() => window.release());
    await page.waitForText('Nothing was imported');
    await page.press('Import 1 client');
    await page.waitForText('1 client imported.');
    const cathy = await named(page, 'Cathy Andre');
    assert.equal(cathy.role, 'Founder');
    assert.ok(cathy.notes.some(({ text }) => text === 'Moves in May'));
    await other.close();
  });
});
