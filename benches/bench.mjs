/**
 * The quick reader, native and in wasm, beside checkers that people use today, on the same drafts in one run;
 * the lookup beside nucleo, which pickers use; and the popup in both browsers beside what it promises.
 *
 *     node bench.mjs NATIVE MODULE PAGES_WASM PEERS REPORT
 *
 * Every run changes every clause of the draft, so that nothing can be kept from the run before, and the tools
 * take turns, so that a busy machine slows all alike. `cargo xtask bench` builds what this needs.
 */

import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { measurePopup } from './popup.mjs';

/** Each turn, every tool checks this many drafts, one after the other, as it would while somebody types. */
const RUNS = 10;
const SLOW_RUNS = 2;
/** Until every tool is compiled as well as it ever will be. */
const WARM_UP = 60;
const TURNS = 7;
const STARTS = 7;
/** As many clients as the popup has to answer for within a frame. */
const CLIENTS = 10_000;
/** Keystroke by keystroke, with typos. */
const QUERIES = ['müller fig', 'okafro', 'andersson quartet', '0207 003'].flatMap((query) =>
  Array.from(query, (_, at) => query.slice(0, at + 1)),
);

const [native, module, pagesWasm, peers, report] = process.argv.slice(2);
const draft = readFileSync(new URL('draft.txt', import.meta.url), 'utf8');

/** A number at the end of every clause. */
const fresh = (run) => draft.replace(/[,.!?](?=\s)/g, (mark) => ` ${1000 + run}${mark}`);

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** The native program, asked one draft at a time. */
async function startNative() {
  const program = spawn(native, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const answer = async () => JSON.parse((await lines.next()).value);
  const { ready } = await answer();
  return {
    ready,
    ask: async (text) => {
      program.stdin.write(`${JSON.stringify(text)}\n`);
      return answer();
    },
    end: () => program.stdin.end(),
  };
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Milliseconds from nothing to the first answer, each time in a process of its own. */
function cold(load, first) {
  const script = `
    import { readFileSync } from 'node:fs';
    const text = readFileSync(${JSON.stringify(fileURLToPath(new URL('draft.txt', import.meta.url)))}, 'utf8');
    const start = performance.now();
    ${load}
    await ${first};
    console.log(performance.now() - start);`;
  const once = () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
        cwd: peers,
        encoding: 'utf8',
      }),
    );
  return median(Array.from({ length: STARTS }, once));
}

const { Directory, findings } = await import(pathToFileURL(module).href);
const { peers: flags } = await import(pathToFileURL(`${peers}/peers.mjs`).href);
const program = await startNative();

const times = {};
const note = (name, value) => (times[name] ??= []).push(value);
const tools = {
  native: async (text) => {
    const { check, plain, more } = await program.ask(text);
    note('native', check);
    note('plain', plain);
    note('more', more);
  },
  wasm: async (text) => note('wasm', await timed(() => findings(text))),
  'write-good': async (text) => note('write-good', await timed(() => flags.get('write-good')(text))),
  'harper.js': async (text) => note('harper.js', await timed(() => flags.get('harper.js')(text))),
};
for (let turn = 0; turn < TURNS; turn += 1) {
  for (const [name, check] of Object.entries(tools)) {
    const runs = name === 'harper.js' ? SLOW_RUNS : turn === 0 ? WARM_UP : RUNS;
    for (let run = 0; run < runs; run += 1) await check(fresh(turn * RUNS + run));
  }
  if (turn === 0) for (const name of Object.keys(times)) times[name] = [];
}
program.end();

const directory = new Directory(CLIENTS);
for (let turn = 0; turn < TURNS; turn += 1) {
  note('index', await timed(() => directory.rebuild()));
  for (const query of QUERIES) {
    note('lookup', await timed(() => directory.find(query)));
    note('nucleo', await timed(() => directory.find_by_nucleo(query)));
  }
}
const popups = {};
for (const name of ['chromium', 'firefox']) popups[name] = await measurePopup(name, QUERIES);
const slowest = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)];

const start = {
  wasm: cold(
    `const { findings } = await import(${JSON.stringify(pathToFileURL(module).href)});`,
    'findings(text)',
  ),
  'write-good': cold(`const { default: check } = await import('write-good');`, 'check(text)'),
  'harper.js': cold(
    `const { LocalLinter } = await import('harper.js');
     const { binary } = await import('harper.js/binary');
     const linter = new LocalLinter({ binary });`,
    `linter.lint(text, { language: 'plaintext' })`,
  ),
};
const kilobytes = (file) => statSync(file).size / 1000;
const harperWasm = `${peers}/node_modules/harper.js/dist/harper_wasm_bg.wasm`;

const words = draft.split(/\s+/).filter(Boolean).length;
const row = (name, value, unit, peer, peer_value) => ({
  name,
  value,
  unit,
  peer,
  peer_value,
  ratio: value / peer_value,
});
const rows = [
  ...['write-good', 'harper.js'].flatMap((peer) => [
    row(`quick reader, native, ${words} words`, median(times.native), 'ms', peer, median(times[peer])),
    row(`quick reader, wasm, ${words} words`, median(times.wasm), 'ms', peer, median(times[peer])),
    row('start and first check, wasm', start.wasm, 'ms', peer, start[peer]),
  ]),
  row('lexicon ready, native', program.ready, 'ms', 'write-good, start', start['write-good']),
  row('module of the panel', kilobytes(pagesWasm), 'KB', 'harper.js', kilobytes(harperWasm)),
  row(
    'module of the popup',
    kilobytes(path.join(path.dirname(pagesWasm), 'lookup_bg.wasm')),
    'KB',
    'the panel',
    kilobytes(pagesWasm),
  ),
  row(
    `lookup at a keystroke, wasm, ${CLIENTS} clients`,
    median(times.lookup),
    'ms',
    'nucleo-matcher',
    median(times.nucleo),
  ),
  row('the slowest of twenty keystrokes', slowest(times.lookup), 'ms', 'nucleo-matcher', slowest(times.nucleo)),
  row(`index of ${CLIENTS} clients, wasm`, median(times.index), 'ms', 'a frame', 1000 / 60),
  ...Object.entries(popups).flatMap(([name, { usable, keystrokes }]) => [
    row(`popup usable after, ${name}, ${CLIENTS} clients`, median(usable), 'ms', 'promised', 150),
    row(`popup at a keystroke, ${name}`, median(keystrokes), 'ms', 'a frame', 1000 / 60),
    row(`popup, the slowest of twenty, ${name}`, slowest(keystrokes), 'ms', 'a frame', 1000 / 60),
  ]),
  row(
    'words read, a hundred phrases more',
    median(times.more),
    'ms',
    'without them',
    median(times.plain),
  ),
];
writeFileSync(report, `${JSON.stringify(rows, null, 2)}\n`);
