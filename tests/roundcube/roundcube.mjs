/**
 * A real Roundcube on the loopback interface: Debian's packages of it, of Dovecot and of PHP, with
 * everything they write in a folder that goes away again. No service of the system is touched.
 *
 *     const roundcube = await startRoundcube({ editor: 'rich' });
 *     roundcube.url                               // any user may log in, the password is "secret"
 *     roundcube.sink                              // where its mail goes: see `smtp-sink.mjs`
 *     await roundcube.stop();
 *
 * `cargo xtask test` installs the packages:
 *   roundcube-core roundcube-sqlite3 dovecot-imapd php-cli php-sqlite3 php-intl php-mbstring php-xml
 */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { startProgram, temporaryFolder } from '../browser/harness/owned.mjs';
import { until } from '../browser/harness/wait.mjs';
import { startSmtpSink } from './smtp-sink.mjs';

const run = promisify(execFile);

const PASSWORD = 'secret';
const SITE = '/var/lib/roundcube/public_html';
const SCHEMA = '/usr/share/roundcube/SQL/sqlite.initial.sql';

/** Whom mailboxes belong to when we are root: Dovecot opens none for root itself. */
const NOBODY = 65_534;

/**
 * @typedef {object} Roundcube
 * @property {string} url
 * @property {string} password anybody's
 * @property {'plain' | 'rich'} editor
 * @property {Awaited<ReturnType<typeof startSmtpSink>>} sink
 * @property {() => Promise<void>} stop ends everything and removes its files
 */

/**
 * @param {{editor?: 'plain' | 'rich'}} [options] which editor new mails are written in
 * @returns {Promise<Roundcube>}
 */
export async function startRoundcube({ editor = 'plain' } = {}) {
  if (!existsSync(SITE)) {
    throw new Error('no Roundcube here: `cargo xtask test` installs it where there is apt-get');
  }
  const state = await makeFolder();
  const folder = state.path;
  const sink = await startSmtpSink();
  const [http, imap] = await freePorts(2);
  const running = [];
  const stop = async () => {
    await Promise.all(running.map((program) => program.stop()));
    await sink.stop();
    await state.remove();
  };
  try {
    const dovecot = path.join(folder, 'dovecot.conf');
    await writeFile(dovecot, await dovecotConfiguration(folder, imap));
    running.push(await startProgram('dovecot', ['-F', '-c', dovecot]));

    const configuration = await roundcubeConfiguration(folder, imap, sink.port, editor);
    const surroundings = { PHP_CLI_SERVER_WORKERS: '4', ROUNDCUBE_CONFIG_DIR: configuration };
    const php = ['-S', `127.0.0.1:${http}`, '-t', SITE];
    running.push(await startProgram('php', php, { env: surroundings }));

    const url = `http://127.0.0.1:${http}/`;
    const seen = () => logs(folder);
    await until('Dovecot to answer', () => reaches(imap), { seen });
    await until('Roundcube to answer', async () => (await fetch(url)).ok, { seen });
    return { url, password: PASSWORD, editor, sink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeFolder() {
  const folder = await temporaryFolder('candor-roundcube-');
  // Dovecot's own users have to come through here.
  await chmod(folder.path, 0o755);
  for (const name of ['conf', 'data', 'log', 'mail', 'run']) {
    await mkdir(path.join(folder.path, name));
  }
  if (isRoot()) await chown(path.join(folder.path, 'mail'), NOBODY, NOBODY);
  return folder;
}

function isRoot() {
  return process.getuid() === 0;
}

async function dovecotConfiguration(folder, port) {
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
  return `base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log/dovecot.log
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

/** Fills Roundcube's configuration folder and its database, and gives back the folder. */
async function roundcubeConfiguration(folder, imap, smtp, editor) {
  const configuration = path.join(folder, 'conf');
  for (const name of ['defaults.inc.php', 'mimetypes.php']) {
    await copyFile(path.join('/etc/roundcube', name), path.join(configuration, name));
  }
  const database = path.join(folder, 'data/roundcube.db');
  await writeFile(
    path.join(configuration, 'config.inc.php'),
    `<?php
$config = [
    'db_dsnw' => 'sqlite:///${database}?mode=0640',
    'imap_host' => ['127.0.0.1:${imap}'],
    'smtp_host' => '127.0.0.1:${smtp}',
    'smtp_user' => '',
    'smtp_pass' => '',
    'des_key' => 'abcdefghijklmnopqrstuvwx',
    'plugins' => [],
    'skin' => 'elastic',
    'htmleditor' => ${editor === 'rich' ? 1 : 0},
    'enable_spellcheck' => false,
    'log_dir' => '${folder}/log',
    'temp_dir' => '${folder}/data',
];
`,
  );
  const create = '(new PDO("sqlite:" . $argv[1]))->exec(file_get_contents($argv[2]));';
  await run('php', ['-r', create, '--', database, SCHEMA]);
  return configuration;
}

/** Ports that nobody listens on, all different. */
async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = net.createServer();
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function reaches(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function logs(folder) {
  const names = ['dovecot.log', 'errors.log'];
  const all = names.map((name) => readFile(path.join(folder, 'log', name), 'utf8').catch(() => ''));
  return (await Promise.all(all)).join('') || 'nothing in the logs';
}
