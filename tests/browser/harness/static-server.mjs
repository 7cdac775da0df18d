/**
 * A static file server on the loopback interface, for the demo mailbox and for test pages.
 *
 *     const server = await serve(directory);            // server.url: "http://127.0.0.1:41234/"
 *     const strict = await serve(directory, { headers: { 'content-security-policy': "…" } });
 *     await server.close();
 *
 * It serves what lies below the directory and nothing else, and never caches.
 */

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * @param {string | URL} directory what to serve; `index.html` answers for a folder
 * @param {{headers?: Record<string, string>, port?: number}} [options] headers sent with every
 *   answer, such as a strict content security policy; the port is any free one by default
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function serve(directory, { headers = {}, port = 0 } = {}) {
  const root = path.resolve(directory instanceof URL ? fileURLToPath(directory) : directory);
  const server = createServer(async (request, response) => {
    const { status, type, body } = await answer(root, request.url ?? '/');
    response.writeHead(status, { 'cache-control': 'no-store', 'content-type': type, ...headers });
    response.end(body);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(root, url) {
  const missing = { status: 404, type: TYPES['.txt'], body: 'Not here.' };
  let name;
  try {
    name = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return missing;
  }
  const file = path.join(root, name.endsWith('/') ? `${name}index.html` : name);
  if (!file.startsWith(root + path.sep)) return missing;
  try {
    const body = await readFile(file);
    return { status: 200, type: TYPES[path.extname(file)] ?? 'application/octet-stream', body };
  } catch {
    return missing;
  }
}
