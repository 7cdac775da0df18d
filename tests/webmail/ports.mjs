/** Ports of the loopback interface. */

import net from 'node:net';

/**
 * Systems give the ports above these to any connection, and so to another one before a server has taken it; the last
 * port that browsers refuse to open is 10080.
 */
const FIRST = 12_000;
const LAST = 30_000;

/**
 * @param {number} count
 * @returns {Promise<number[]>} ports that nobody listens on, all different
 */
export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, listenAnywhere));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** @returns {Promise<net.Server>} one that listens on a port that was free */
async function listenAnywhere() {
  for (;;) {
    const server = net.createServer();
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    const listens = await new Promise((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (listens) return server;
  }
}

/** @returns {Promise<boolean>} whether somebody listens on a port */
export function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
