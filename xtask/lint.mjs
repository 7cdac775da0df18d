/**
 * Says what the reviewers' linter of Mozilla's store finds in an unpacked extension.
 *
 *     node xtask/lint.mjs target/extension/firefox
 *
 * Warnings fail as errors do: the linter only warns of `eval` and of scripts from elsewhere.
 */

import path from 'node:path';

import linter from 'addons-linter';

/** What is meant to be as it is; `build` names the folder of the one build it is about. */
const MEANT = [
  {
    code: 'ADDON_ID_REQUIRED',
    build: 'chrome',
    reason: 'The id is one for Firefox; Chrome gives its own.',
  },
  {
    code: 'MISSING_DATA_COLLECTION_PERMISSIONS',
    build: 'chrome',
    reason: 'A key of Firefox, present in the build for Firefox.',
  },
  {
    code: 'BACKGROUND_SERVICE_WORKER_NOFALLBACK',
    build: 'chrome',
    reason: 'Chrome has service workers only; the build for Firefox has background scripts.',
  },
];

const folder = path.resolve(process.argv[2] ?? '.');
const { output } = await runQuietly(folder);
const isMeant = ({ code }) =>
  MEANT.some((one) => one.code === code && one.build === path.basename(folder));
const found = [...output.errors, ...output.warnings];
const faults = found.filter((one) => !isMeant(one));

for (const { _type: type, code, message, description, file, line } of faults) {
  const place = [file, line].filter(Boolean).join(':');
  console.error(`${type} ${code}${place && ` in ${place}`}: ${message}\n  ${description}`);
}
console.log(`${folder}: ${faults.length} faults, ${found.length - faults.length} meant to be so`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** @param {string} folder */
async function runQuietly(folder) {
  const instance = linter.createInstance({
    config: { _: [folder], logLevel: 'fatal', output: 'none', boring: true, shouldScanFile: () => true },
    runAsBinary: false,
  });
  return { output: await instance.run().then(() => instance.collector) };
}
