/**
 * How much memory the browser takes at most while it reads the largest files there are to import, on Linux.
 *
 *     cargo xtask build && node benches/import-memory.mjs
 *
 * It counts what all processes of the browser hold by themselves and their parts of what they share, every fifty
 * milliseconds, from before the file is chosen until its preview is there. Between them lie the file's text, the
 * clients made of it and the preview.
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { launch } from '../tests/browser/harness/browser.mjs';
import { temporaryFolder } from '../tests/browser/harness/owned.mjs';

const MB = 1 << 20;

const card = (number, ...more) =>
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `FN:Zoë van den Berg ${number}`,
    `ORG:Company ${number}`,
    `EMAIL:zoe@company${number}.example`,
    `TEL:+44 20 ${7_000_000 + number}`,
    `NOTE:${'Prefers to talk before lunch. '.repeat(20)}`,
    ...more,
    'END:VCARD',
    '',
  ].join('\r\n');

/** Each gives a file piece by piece. */
const FILES = {
  '10,000 clients': function* () {
    for (let number = 0; number < 10_000; number += 1) yield card(number);
  },
  '200 MB, 10,000 clients with a picture each': function* () {
    const picture = `PHOTO;ENCODING=b:${'QUJD'.repeat(5000)}`;
    for (let number = 0; number < 10_000; number += 1) yield card(number, picture);
  },
  '200 MB, one picture': function* () {
    yield card(0);
    yield 'BEGIN:VCARD\r\nFN:Bo\r\nPHOTO;ENCODING=b:';
    for (let number = 0; number < 200; number += 1) yield 'QUJD'.repeat(MB / 4);
    yield '\r\nEND:VCARD\r\n';
  },
};

/** In bytes, of all processes that this one has started, and theirs. */
async function memory() {
  const parents = new Map();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    // The name of the program, in brackets, may hold anything.
    const status = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    parents.set(entry, status.slice(status.lastIndexOf(')')).split(' ')[2]);
  }
  const isOurs = (id) => id !== undefined && (id === String(process.pid) || isOurs(parents.get(id)));
  let sum = 0;
  for (const id of parents.keys()) {
    if (id === String(process.pid) || !isOurs(id)) continue;
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    sum += Number(/^Pss: +(\d+)/m.exec(rollup)?.[1] ?? 0) * 1024;
  }
  return sum;
}

async function write(file, pieces) {
  const stream = createWriteStream(file);
  for (const piece of pieces) if (!stream.write(piece)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

const folder = await temporaryFolder('candor-memory-');
try {
  for (const [what, pieces] of Object.entries(FILES)) {
    const file = path.join(folder.path, 'clients.vcf');
    await write(file, pieces());
    const size = Math.round((await stat(file)).size / MB);
    for (const name of ['chromium', 'firefox']) {
      const browser = await launch(name);
      try {
        const page = await browser.extensionPage('clients.html');
        await page.waitForText('Your notebook is empty');
        const before = await memory();
        let most = before;
        let isRead = false;
        const watching = (async () => {
          for (; !isRead; await pause(50)) most = Math.max(most, await memory());
        })();
        const started = performance.now();
        await page.upload('Import', file);
        await page.waitFor('the preview', () => !document.getElementById('import-preview').hidden);
        const seconds = (performance.now() - started) / 1000;
        isRead = true;
        await watching;
        const megabytes = (bytes) => `${Math.round(bytes / MB)} MB`;
        console.log(
          `${what} (${size} MB), ${name}: ${megabytes(most - before)} more at most than ${megabytes(before)}, ${seconds.toFixed(1)} s`,
        );
      } finally {
        await browser.close();
      }
    }
  }
} finally {
  await folder.remove();
}
