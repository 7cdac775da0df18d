/**
 * A real SOGo on the loopback interface: Debian's packages of it, of Dovecot, PostgreSQL and memcached, with
 * everything they write in a folder that goes away again. No service of the system is touched.
 *
 *     const sogo = await startSogo({ editor: 'rich' });
 *     sogo.url                                    // `sogo.user` may log in by `sogo.password`
 *     sogo.sink                                   // where its mail goes: see `smtp-sink.mjs`
 *     await sogo.stop();
 *
 * `cargo xtask test` installs the packages: sogo memcached postgresql dovecot-imapd
 */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, readdir } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';

import { startProgram, temporaryFolder } from '../browser/harness/owned.mjs';
import { until } from '../browser/harness/wait.mjs';
import { NOBODY, PASSWORD, isRoot, startDovecot } from './dovecot.mjs';
import { answers, freePorts } from './ports.mjs';
import { startSmtpSink } from './smtp-sink.mjs';

const run = promisify(execFile);

const SOGO = '/usr/sbin/sogod';
const POSTGRES = '/usr/lib/postgresql';

/** Scripts and styles, which SOGo leaves to the web server in front of it. */
const RESOURCES = '/usr/lib/GNUstep/SOGo/WebServerResources';

const USER = 'writer';

const KINDS = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/**
 * @typedef {object} Sogo
 * @property {string} url
 * @property {string} user
 * @property {string} password
 * @property {'plain' | 'rich'} editor
 * @property {Awaited<ReturnType<typeof startSmtpSink>>} sink
 * @property {() => Promise<void>} stop ends everything and removes its files
 */

/**
 * @param {{editor?: 'plain' | 'rich', animated?: boolean}} [options] which editor new mails are written in, and whether
 *   what opens and closes does so slowly
 * @returns {Promise<Sogo>}
 */
export async function startSogo({ editor = 'plain', animated = true } = {}) {
  if (!existsSync(SOGO)) {
    throw new Error('no SOGo here: `cargo xtask test` installs it where there is apt-get');
  }
  const folder = await temporaryFolder('candor-sogo-');
  const sink = await startSmtpSink();
  const running = [];
  const stop = async () => {
    // The last one first: each needs those that were started before it.
    for (const program of running.reverse()) await program.stop();
    await sink.stop();
    await folder.remove();
  };
  try {
    const start = async (starting) => {
      const program = await starting;
      running.push(program);
      return program.port;
    };
    const imap = await start(startDovecot(folder.path));
    const database = await start(startPostgres(folder.path));
    const cache = await start(startMemcached());
    const settings = configuration({ imap, smtp: sink.port, database, cache, editor, animated });
    const sogo = await start(startDaemon(folder.path, settings));
    const port = await start(startWebServer(sogo));
    return { url: `http://127.0.0.1:${port}/SOGo/`, user: USER, password: PASSWORD, editor, sink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A database for one user of the webmail, who may log in as `PASSWORD` says. */
async function startPostgres(folder) {
  const [version] = (await readdir(POSTGRES)).sort((a, b) => b - a);
  const program = (name) => path.join(POSTGRES, version, 'bin', name);
  const data = path.join(folder, 'postgres');
  await mkdir(data, { mode: 0o700 });
  const options = { ...(isRoot() && { uid: NOBODY, gid: NOBODY }), cwd: data };
  if (isRoot()) await chown(data, NOBODY, NOBODY);
  await run(program('initdb'), ['-D', data, '-U', 'sogo', '--auth=trust', '--no-sync', '-E', 'UTF8'], options);
  const [port] = await freePorts(1);
  const listen = ['-D', data, '-k', data, '-h', '127.0.0.1', '-p', port, '-F'];
  const postgres = await startProgram(program('postgres'), listen, options);
  const users = `
    CREATE TABLE sogo_users (c_uid text PRIMARY KEY, c_name text, c_password text, c_cn text, mail text);
    INSERT INTO sogo_users VALUES ('${USER}', '${USER}', '${PASSWORD}', 'Jonas Writer', '${USER}@example.org');`;
  const psql = ['-h', '127.0.0.1', '-p', port, '-U', 'sogo', '-d', 'postgres', '-q', '-c', users];
  await until('PostgreSQL to answer', () => run(program('psql'), psql, options));
  return { port, stop: () => postgres.stop() };
}

async function startMemcached() {
  const [port] = await freePorts(1);
  const user = isRoot() ? ['-u', 'nobody'] : [];
  const memcached = await startProgram('memcached', ['-l', '127.0.0.1', '-p', port, '-U', 0, ...user]);
  await until('memcached to answer', () => answers(port));
  return { port, stop: () => memcached.stop() };
}

/** What `/etc/sogo/sogo.conf` would say. */
function configuration({ imap, smtp, database, cache, editor, animated }) {
  const table = (name) => `postgresql://sogo@127.0.0.1:${database}/postgres/${name}`;
  return {
    SOGoProfileURL: table('sogo_user_profile'),
    OCSFolderInfoURL: table('sogo_folder_info'),
    OCSSessionsFolderURL: table('sogo_sessions_folder'),
    OCSEMailAlarmsFolderURL: table('sogo_alarms_folder'),
    SOGoUserSources: `({
      type = sql; id = users; viewURL = "${table('sogo_users')}"; userPasswordAlgorithm = none;
      canAuthenticate = YES; isAddressBook = NO;
    })`,
    SOGoIMAPServer: `imap://127.0.0.1:${imap}`,
    SOGoMailingMechanism: 'smtp',
    SOGoSMTPServer: `smtp://127.0.0.1:${smtp}`,
    SOGoMailDomain: 'example.org',
    SOGoMemcachedHost: `127.0.0.1:${cache}`,
    SOGoLoginModule: 'Mail',
    SOGoLanguage: 'English',
    SOGoTimeZone: 'UTC',
    SOGoMailComposeMessageType: editor === 'rich' ? 'html' : 'text',
    SOGoAnimationMode: animated ? 'normal' : 'none',
    SOGoPasswordChangeEnabled: 'NO',
    SOGoSieveScriptsEnabled: 'NO',
    WOWorkersCount: '3',
    WONoDetach: 'YES',
  };
}

/**
 * SOGo refuses to run as root. Whoever else runs it has to be able to read `/etc/sogo/sogo.conf`, which it
 * wants to see even where all is said on its command line.
 */
async function startDaemon(folder, settings) {
  const home = path.join(folder, 'sogo');
  await mkdir(home);
  const user = isRoot() ? await userOf('sogo') : {};
  if (isRoot()) await chown(home, user.uid, user.gid);
  const [port] = await freePorts(1);
  const file = (name) => path.join(home, name);
  const all = { ...settings, WOPort: `127.0.0.1:${port}`, WOPidFile: file('pid'), WOLogFile: file('log') };
  const options = Object.entries(all).flatMap(([name, value]) => [`-${name}`, value]);
  const sogo = await startProgram(SOGO, options, { ...user, cwd: home, env: { HOME: home } });
  const address = `http://127.0.0.1:${port}/SOGo/`;
  const seen = () => readFile(file('log'), 'utf8');
  await until('SOGo to answer', async () => (await fetch(address)).ok, { seen });
  return { port, stop: () => sogo.stop() };
}

async function userOf(name) {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((what) => run('id', [what, name])));
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** What the Apache of SOGo's own documentation does: resources from their folder, all else from SOGo. */
async function startWebServer(sogo) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    const resource = pathname.match(/^\/SOGo(?:\.woa)?\/WebServerResources\/(.+)$/)?.[1];
    if (resource) serve(path.join(RESOURCES, path.normalize(`/${resource}`)), response);
    else forward(request, response, sogo);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(file, response) {
  try {
    const content = await readFile(file);
    response.writeHead(200, {
      'content-type': KINDS[path.extname(file)] ?? 'application/octet-stream',
      'cache-control': 'max-age=3600',
    });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}

function forward(request, response, port) {
  const { host } = request.headers;
  const headers = {
    ...request.headers,
    connection: 'close',
    'x-webobjects-server-protocol': 'HTTP/1.0',
    'x-webobjects-server-name': host,
    'x-webobjects-server-port': host.split(':')[1],
    'x-webobjects-server-url': `http://${host}`,
  };
  const { method, url } = request;
  const onward = http.request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
