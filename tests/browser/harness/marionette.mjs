/**
 * A client for Marionette, Firefox's own automation protocol.
 *
 * Firefox's WebDriver BiDi leaves out every document of an extension (Mozilla bug 1755014), so
 * puppeteer sees neither the panel nor the extension's pages there. Marionette, the protocol behind
 * geckodriver, does. The two share one session: Marionette opens it, puppeteer joins it.
 *
 *     const marionette = await Marionette.connect(port);
 *     const { capabilities } = await marionette.send('WebDriver:NewSession', { … });
 *     await marionette.alone(async (send) => {          // nobody else moves the focus meanwhile
 *       await send('WebDriver:SwitchToWindow', { handle });
 *       return send('WebDriver:ExecuteScript', { script, args });
 *     });
 *
 * Messages are JSON behind their length in bytes and a colon: `[0, id, command, parameters]` goes
 * out, `[1, id, error, result]` comes back.
 */

import net from 'node:net';

const COLON = 0x3a;

export class Marionette {
  #socket;
  #received = Buffer.alloc(0);
  #waiting = new Map();
  #last = 0;
  #turn = Promise.resolve();

  /** @param {number} port */
  static async connect(port) {
    const socket = net.connect(port, '127.0.0.1');
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new Marionette(socket);
  }

  /** @param {net.Socket} socket a connected one */
  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('Firefox closed the Marionette connection')));
  }

  /**
   * @param {string} command such as `WebDriver:Navigate`
   * @param {object} [parameters]
   * @returns {Promise<any>} the command's result
   */
  send(command, parameters = {}) {
    const id = ++this.#last;
    const message = JSON.stringify([0, id, command, parameters]);
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) {
        reject(new Error(`${command}: Firefox is closed`));
        return;
      }
      this.#waiting.set(id, { command, resolve, reject });
      this.#socket.write(`${Buffer.byteLength(message)}:${message}`);
    });
  }

  /**
   * Runs several commands without another sequence between them: the session has one current
   * window and frame, and a sequence that selects its own must keep it.
   *
   * @template T
   * @param {(send: Marionette['send']) => Promise<T>} sequence
   * @returns {Promise<T>}
   */
  alone(sequence) {
    const done = this.#turn.then(() => sequence((...command) => this.send(...command)));
    this.#turn = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  close() {
    this.#socket.destroy();
  }

  #receive(bytes) {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const colon = this.#received.indexOf(COLON);
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#received.toString('latin1', 0, colon));
      if (this.#received.length < end) return;
      const message = JSON.parse(this.#received.toString('utf8', colon + 1, end));
      this.#received = this.#received.subarray(end);
      if (Array.isArray(message)) this.#settle(message);
    }
  }

  #settle([, id, error, result]) {
    const { command, resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) reject(new Error(`${command}: ${error.error}: ${error.message}`));
    else resolve(result);
  }

  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
