/**
 * What checkers of today flag in drafts: `node flags.mjs FILE`, where FILE holds JSON Lines with a `body`.
 *
 * Prints one line for each draft: a list of `[peer, kind, start, end]`, offsets in bytes of UTF-8.
 */

import { readFileSync } from 'node:fs';

import { peers } from './peers.mjs';

const lines = readFileSync(process.argv[2], 'utf8')
  .split('\n')
  .filter((line) => line.trim());

for (const line of lines) {
  const { body } = JSON.parse(line);
  const bytes = (offset) => Buffer.byteLength(body.slice(0, offset));
  const flags = [];
  for (const [peer, flag] of peers) {
    for (const { kind, start, end } of await flag(body))
      flags.push([peer, kind, bytes(start), bytes(end)]);
  }
  console.log(JSON.stringify(flags));
}
