/**
 * A mail server that delivers nothing and keeps every message as the bytes it came as.
 *
 *     const sink = await startSmtpSink();         // sink.port
 *     const mail = await sink.next();             // the next message: { to, bytes }
 *     sink.forget();                              // what nobody asked for
 *     await sink.stop();
 */

import { SMTPServer } from 'smtp-server';

import { until } from '../browser/harness/wait.mjs';

export async function startSmtpSink() {
  const received = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, bytes: Buffer.concat(chunks) });
        done();
      });
    },
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: server.server.address().port,
    /** @returns {Promise<{to: string[], bytes: Buffer}>} each message once, in order */
    next: () => until('a mail to arrive', () => received.shift()),
    /** Drops what came and was not asked for, such as the mail of a test that failed. */
    forget: () => void received.splice(0),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
