/** What `cargo xtask run --headless` starts: the demo, without a person in front of it. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { NAMES } from './harness/for-both-browsers.mjs';

const DEMO = fileURLToPath(new URL('../../xtask/demo.mjs', import.meta.url));

/** How a PNG file begins. */
const PNG = Buffer.from('\x89PNG\r\n\x1A\n', 'latin1');

for (const browser of NAMES) {
  test(`the demo draft shows all three concerns and who they are about, in ${browser}`, async () => {
    const started = Date.now();
    const { stdout } = await promisify(execFile)(process.execPath, [DEMO, browser, '--headless']);
    for (const words of [
      'Call Cathy instead',
      '“a small hiccup” shrinks the news.',
      'gives no reason',
      '“headless CMS” may be unknown to Cathy.',
      'About Cathy',
      'Daughter started school: ask about it.',
    ]) {
      assert.ok(stdout.includes(words), `“${words}” is not in:\n${stdout}`);
    }
    const [, picture] = stdout.match(/^Screenshot: (.+)$/m);
    assert.ok((await readFile(picture)).subarray(0, PNG.length).equals(PNG));
    assert.ok((await stat(picture)).mtimeMs >= started, 'the picture is of this run');
  });
}

test('a browser that is not known is refused, with the ones that are', async () => {
  const refused = promisify(execFile)(process.execPath, [DEMO, 'netscape']);
  await assert.rejects(refused, ({ code, stderr }) => code === 1 && /chromium\|firefox/.test(stderr));
});
