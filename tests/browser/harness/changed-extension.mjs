/**
 * The extension as it was built, changed in a folder of its own: for what a browser asks its user otherwise, and no
 * test can answer.
 *
 *     const extension = await changedExtension('chromium', folder, {
 *       'manifest.json': inManifest((manifest) => manifest.permissions.push('notifications')),
 *     });
 *     const browser = await launch('chromium', { extension });
 */

import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { builtExtension } from './browser.mjs';

/**
 * @param {import('./browser.mjs').Name} name of the browser that it was built for
 * @param {string} folder to be made, or empty
 * @param {Record<string, (text: string) => string>} changes what each file says instead, by its name
 * @returns {Promise<string>} the folder
 */
export async function changedExtension(name, folder, changes) {
  await cp(builtExtension(name), folder, { recursive: true });
  for (const [file, change] of Object.entries(changes)) {
    const place = path.join(folder, file);
    await writeFile(place, change(await readFile(place, 'utf8')));
  }
  return folder;
}

/** @param {(manifest: any) => void} change */
export function inManifest(change) {
  return (text) => {
    const manifest = JSON.parse(text);
    change(manifest);
    return JSON.stringify(manifest);
  };
}
