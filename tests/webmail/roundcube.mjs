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
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { startProgram, temporaryFolder } from '../browser/harness/owned.mjs';
import { until } from '../browser/harness/wait.mjs';
import { PASSWORD, startDovecot } from './dovecot.mjs';
import { freePorts } from './ports.mjs';
import { startSmtpSink } from './smtp-sink.mjs';

const run = promisify(execFile);

const SITE = '/var/lib/roundcube/public_html';
const SCHEMA = '/usr/share/roundcube/SQL/sqlite.initial.sql';

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
  const folder = await temporaryFolder('candor-roundcube-');
  const sink = await startSmtpSink();
  const running = [];
  const stop = async () => {
    await Promise.all(running.map((program) => program.stop()));
    await sink.stop();
    await folder.remove();
  };
  try {
    const dovecot = await startDovecot(folder.path);
    running.push(dovecot);
    const configuration = await configure(folder.path, dovecot.port, sink.port, editor);
    const [port] = await freePorts(1);
    const surroundings = { PHP_CLI_SERVER_WORKERS: '4', ROUNDCUBE_CONFIG_DIR: configuration };
    const php = ['-S', `127.0.0.1:${port}`, '-t', SITE];
    running.push(await startProgram('php', php, { env: surroundings }));

    const url = `http://127.0.0.1:${port}/`;
    const seen = () => readFile(path.join(folder.path, 'log/errors.log'), 'utf8');
    await until('Roundcube to answer', async () => (await fetch(url)).ok, { seen });
    return { url, password: PASSWORD, editor, sink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes Roundcube's configuration and its database, and gives back the folder of the former. */
async function configure(folder, imap, smtp, editor) {
  const configuration = path.join(folder, 'conf');
  for (const name of ['conf', 'data', 'log']) await mkdir(path.join(folder, name));
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
