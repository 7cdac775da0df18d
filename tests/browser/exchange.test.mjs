/** The Worker that reads and writes files of clients, asked as the client page asks it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';

/**
 * Runs in the client page: starts a Worker, asks it one message after the other and ends it. A file may be
 * given as text, or as the number of an earlier answer whose file it is.
 *
 * @returns {Promise<{ answers: object[], progress: object[] }>} files come back as text
 */
async function ask(messages) {
  const worker = new Worker('exchange.js', { type: 'module' });
  const progress = [];
  const answers = [];
  try {
    for (const message of messages) {
      const { file } = message;
      if (typeof file === 'string') message.file = new Blob([file]);
      if (typeof file === 'number') message.file = answers[file].file;
      answers.push(
        await new Promise((resolve, reject) => {
          worker.onerror = (event) => reject(new Error(event.message));
          worker.onmessage = ({ data }) => (data.kind === 'progress' ? progress.push(data) : resolve(data));
          worker.postMessage(message);
        }),
      );
    }
    for (const answer of answers) {
      if (answer.file) answer.file = await answer.file.text();
    }
    return { answers, progress };
  } finally {
    worker.terminate();
  }
}

const CARD = 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë O’Brien\r\nEMAIL:zoe@rye.example\r\nEND:VCARD\r\n';
const CLIENTS = [{ id: '1', name: 'Zoë O’Brien', emails: ['zoe@rye.example'], notes: [{ date: '', text: '<b>🥖' }] }];
const NOW = '2026-11-22T10:00';

forBothBrowsers((given) => {
  const open = () => given.browser.extensionPage('clients.html');

  test('an import is planned, decided and turned into records', async () => {
    const page = await open();
    const broken = 'BEGIN:VCARD\r\nnothing\r\nFN:Sam\r\nTITLE:Owner\r\nEND:VCARD\r\n';
    const { answers, progress } = await page.evaluate(ask, [
      { kind: 'plan', file: CARD + broken, clients: CLIENTS },
      { kind: 'records', decisions: [], clients: CLIENTS, today: '2026-11-22' },
      { kind: 'records', decisions: [[1, 'leave']], clients: CLIENTS, today: '2026-11-22' },
    ]);
    const [{ kind, plan }, { records }, left] = answers;
    assert.equal(kind, 'plan');
    assert.deepEqual(plan.entries.map(({ outcome, lines }) => [outcome, lines]), [['same', [1]], ['new', [6]]]);
    assert.deepEqual(plan.rejected, [{ line: 7, field: 'nothing', reason: 'has no colon, so it is no property' }]);
    assert.deepEqual(records.map(({ name, role }) => [name, role]), [['Sam', 'Owner']]);
    assert.deepEqual(left.records, []);
    assert.deepEqual([...new Set(progress.map(({ what }) => what))], ['reading', 'comparing']);
  });

  test('a file is refused in words, and of a large one the good rest is read', async () => {
    const page = await open();
    const { answers } = await page.evaluate(ask, [{ kind: 'plan', file: 'Vorname\nZoë\n', clients: [] }]);
    assert.equal(answers[0].kind, 'refused');
    assert.match(answers[0].reason, /neither a vCard/);
    const large = await page.evaluate(async () => {
      const piece = new Blob([new Uint8Array(1 << 20).fill(65)]);
      const card = (name, ...more) => [`BEGIN:VCARD\nVERSION:3.0\nFN:${name}\n`, ...more, 'END:VCARD\n'];
      const picture = ['PHOTO;ENCODING=b:', ...Array(200).fill(piece), '\n'];
      const files = [
        [...card('Ann'), ...card('Bo', ...picture), ...card('Cy')],
        ['Name,Notes\nAnn,short\nBo,', ...Array(70).fill(piece), '\nCy,short\n'],
      ];
      const worker = new Worker('exchange.js', { type: 'module' });
      const told = [];
      for (const parts of files) {
        const { plan, ...other } = await new Promise((resolve) => {
          worker.onmessage = ({ data }) => data.kind !== 'progress' && resolve(data);
          worker.postMessage({ kind: 'plan', file: new Blob(parts), clients: [] });
        });
        told.push(plan ? [plan.entries.map(({ client }) => client.name), plan.rejected] : other);
      }
      worker.terminate();
      return told;
    });
    const tooLong = (line, field, long) => [{ line, field, reason: `is ${long} MB long, and up to 4 MB are read` }];
    assert.deepEqual(large, [
      [['Ann', 'Bo', 'Cy'], tooLong(8, 'PHOTO', 200)],
      [['Ann', 'Cy'], tooLong(3, 'Notes', 70)],
    ]);
  });

  test('a backup under a passphrase opens by it and by no other', async () => {
    const page = await open();
    const sealed = { format: 'backup', details: 'all', clients: CLIENTS, now: NOW, passphrase: 'rye brea\u0301d' };
    const { answers } = await page.evaluate(ask, [
      { kind: 'export', ...sealed },
      { kind: 'plan', file: 0, clients: [] },
      { kind: 'plan', file: 0, clients: [], passphrase: 'rye bread' },
      { kind: 'plan', file: 0, clients: [], passphrase: 'rye bre\u00e1d' },
    ]);
    const [{ file, name }, locked, wrong, opened] = answers;
    assert.equal(name, 'candor-backup-2026-11-22.json');
    assert.equal(JSON.parse(file).format, 'candor-backup');
    assert.doesNotMatch(file, /Brien|rye/);
    assert.deepEqual([locked, wrong], [{ kind: 'locked', wrong: false }, { kind: 'locked', wrong: true }]);
    assert.deepEqual(opened.plan.notices, []);
    assert.equal(opened.plan.entries[0].client.notes[0].text, '<b>🥖');
  });

  test('ten thousand clients go out and come in, and the page stays alive meanwhile', async () => {
    const page = await open();
    const { entries, told, beats } = await page.evaluate(async () => {
      const clients = Array.from({ length: 10_000 }, (_, number) => ({
        id: `${number}`,
        name: `Client ${number}`,
        emails: [`client${number}@company${number % 500}.example`],
        phones: [`+1 212 ${1_000_000 + number}`],
        notes: [{ date: '2026-11-22', text: 'Likes to be called in the morning.' }],
      }));
      let beats = 0;
      const beating = setInterval(() => (beats += 1), 10);
      const worker = new Worker('exchange.js', { type: 'module' });
      let told = 0;
      const answer = (message) =>
        new Promise((resolve) => {
          worker.onmessage = ({ data }) => (data.kind === 'progress' ? (told += 1) : resolve(data));
          worker.postMessage(message);
        });
      const { file } = await answer({ kind: 'export', format: 'vcard-4', details: 'all', clients, now: '2026-11-22T10:00' });
      const { plan } = await answer({ kind: 'plan', file, clients: clients.slice(0, 5000) });
      clearInterval(beating);
      worker.terminate();
      const entries = {};
      for (const { outcome } of plan.entries) entries[outcome] = (entries[outcome] ?? 0) + 1;
      return { entries, told, beats };
    });
    assert.deepEqual(entries, { same: 5000, new: 5000 });
    assert.ok(told >= 100, `progress was told ${told} times`);
    assert.ok(beats >= 20, `the page's clock beat ${beats} times`);
  });
});
