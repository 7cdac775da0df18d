/**
 * Programs and folders of our own, gone when we are: also after a failure, Ctrl-C or a kill.
 *
 *     const folder = await temporaryFolder('candor-firefox-');     // folder.path
 *     const program = await startProgram('firefox', ['--headless'], { cwd: folder.path });
 *     program.exitCode                            // null while it runs
 *     await program.ended                         // whoever ends it
 *     await program.stop();                       // asks, and kills what does not listen
 *     await program.kill();                       // as a power cut would end it
 *     await folder.remove();
 */

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How long a program may take to end by itself: on a busy machine it has a profile to write before. */
const PATIENCE = 10_000;

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** What is left to do when we end. */
const endings = new Set();

/**
 * @param {string} program
 * @param {string[]} options
 * @param {{cwd?: string, env?: Record<string, string>, uid?: number, gid?: number}} [surroundings] `env` adds
 *   to our own; `uid` and `gid` are for programs that do not run as root
 */
export async function startProgram(program, options, { cwd, env, uid, gid } = {}) {
  // A process group of its own: its workers end with it.
  const child = spawn(program, options, {
    cwd,
    uid,
    gid,
    env: { ...process.env, ...env },
    detached: true,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // Gone already.
    }
  };
  const kill = () => signal('SIGKILL');
  endings.add(kill);
  return {
    ended,
    get exitCode() {
      return child.exitCode;
    },
    /** @param {boolean} [ask] false when it has been asked to end already, in its own way */
    async stop(ask = true) {
      if (ask) signal('SIGTERM');
      const giveUp = setTimeout(kill, PATIENCE);
      await ended;
      clearTimeout(giveUp);
      // Some of its workers may be left.
      kill();
      endings.delete(kill);
    },
    async kill() {
      kill();
      await ended;
      endings.delete(kill);
    },
  };
}

/** @param {string} prefix of its name */
export async function temporaryFolder(prefix) {
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  const options = { recursive: true, force: true, maxRetries: 5 };
  const remove = () => rmSync(folder, options);
  endings.add(remove);
  return {
    path: folder,
    async remove() {
      await rm(folder, options);
      endings.delete(remove);
    },
  };
}

// The last first: programs end before the folders they write to are removed.
process.once('exit', () => [...endings].reverse().forEach((ending) => ending()));
for (const [name, code] of Object.entries(SIGNALS)) {
  process.once(name, () => process.exit(code));
}
