/**
 * A browser profile that outlives its browser: to start again with what the last run left behind, after
 * a kill, or after something has happened to its files.
 *
 *     const profile = await keepProfile('chromium');
 *     const browser = await profile.launch();
 *     await profile.files('notebook');            // paths of the files that hold the notebook's database
 *     await profile.remove();
 */

import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { launch } from './browser.mjs';
import { temporaryFolder } from './owned.mjs';

/** What of a profile holds what, by where it lies. */
const PLACES = {
  chromium: {
    notebook: /IndexedDB\/chrome-extension_.*\.leveldb\//,
    copy: /File System\//,
    settings: /Local Extension Settings\//,
  },
  firefox: {
    // The settings are a database too, of a user context that no page has.
    notebook: /moz-extension\+\+\+[^/^]*\/idb\//,
    copy: /moz-extension\+\+\+[^/^]*\/fs\//,
    settings: /moz-extension\+\+\+[^/]*\^userContextId[^/]*\/idb\//,
  },
};

/** @param {import('./browser.mjs').Name} name */
export async function keepProfile(name) {
  const folder = await temporaryFolder(`candor-${name}-kept-`);
  return {
    launch: () => launch(name, { profile: folder.path }),

    /**
     * @param {'notebook' | 'copy' | 'settings'} what
     * @returns {Promise<string[]>}
     */
    async files(what) {
      const found = await readdir(folder.path, { recursive: true, withFileTypes: true });
      const paths = found
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
      return paths.filter((file) => PLACES[name][what].test(file)).sort();
    },

    remove: () => folder.remove(),
  };
}
