/**
 * A real Dovecot on the loopback interface, for a webmail to read mail from. Everything it writes is in the
 * given folder.
 *
 *     const dovecot = await startDovecot(folder);   // dovecot.port; anybody may log in with PASSWORD
 *     await dovecot.stop();
 *
 * `cargo xtask test` installs Debian's `dovecot-imapd`.
 */

import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { startProgram } from '../browser/harness/owned.mjs';
import { until } from '../browser/harness/wait.mjs';
import { answers, freePorts } from './ports.mjs';

const run = promisify(execFile);

/** Anybody's. */
export const PASSWORD = 'secret';

/** Whom things belong to when we are root, which some programs do not run as. */
export const NOBODY = 65_534;

export function isRoot() {
  return process.getuid() === 0;
}

/** @param {string} folder that is there already */
export async function startDovecot(folder) {
  const [port] = await freePorts(1);
  // Its own users have to come through here.
  await chmod(folder, 0o755);
  for (const name of ['mail', 'dovecot']) await mkdir(path.join(folder, name));
  if (isRoot()) await chown(path.join(folder, 'mail'), NOBODY, NOBODY);
  const file = path.join(folder, 'dovecot.conf');
  await writeFile(file, await configuration(folder, port));
  const dovecot = await startProgram('dovecot', ['-F', '-c', file]);
  const seen = () => readFile(logOf(folder), 'utf8');
  await until('Dovecot to answer', () => answers(port), { seen });
  return { port, stop: () => dovecot.stop() };
}

const logOf = (folder) => path.join(folder, 'dovecot/dovecot.log');

async function configuration(folder, port) {
  const { uid, gid, username } = userInfo();
  const { stdout: group } = await run('id', ['-gn']);
  const owner = isRoot() ? { uid: NOBODY, gid: NOBODY } : { uid, gid };
  // Not started by root, Dovecot cannot change to users of its own nor lock itself in.
  const rootless = isRoot()
    ? ''
    : `default_internal_user = ${username}
default_login_user = ${username}
default_internal_group = ${group.trim()}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
  return `base_dir = ${folder}/dovecot
state_dir = ${folder}/dovecot
log_path = ${logOf(folder)}
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 0
mail_location = maildir:${folder}/mail/%n
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail/%n
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = subscribe
    special_use = \\Sent
  }
  mailbox Drafts {
    auto = subscribe
    special_use = \\Drafts
  }
}
${rootless}`;
}
