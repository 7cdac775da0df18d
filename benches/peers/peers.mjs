/**
 * The checkers that people use today, each as a function from a text to its flags.
 *
 * A flag has a kind, as fine as the checker's own groups of rules, and offsets into the text.
 */

import { text as alex } from 'alex';
import { LocalLinter } from 'harper.js';
import { binary } from 'harper.js/binary';
import { retext } from 'retext';
import equality from 'retext-equality';
import intensify from 'retext-intensify';
import passive from 'retext-passive';
import profanities from 'retext-profanities';
import readability from 'retext-readability';
import repeatedWords from 'retext-repeated-words';
import simplify from 'retext-simplify';
import writeGood from 'write-good';

const linter = new LocalLinter({ binary });
await linter.setup();

const processor = [
  equality,
  passive,
  simplify,
  readability,
  intensify,
  profanities,
  repeatedWords,
].reduce((processor, plugin) => processor.use(plugin), retext());

const ofMessages = ({ messages }) =>
  // alex speaks of positions, as the older release of its messages does.
  messages.map(({ source, place, position }) => ({
    kind: source,
    start: (place ?? position).start.offset,
    end: (place ?? position).end.offset,
  }));

async function harper(text) {
  const lints = await linter.lint(text, { language: 'plaintext' });
  return lints.map((lint) => {
    const { start, end } = lint.span();
    const flag = { kind: lint.lint_kind(), start, end };
    lint.free();
    return flag;
  });
}

/** The words that a reason begins with are the flagged ones; the rest tells its kind. */
const writeGoodFlags = (text) =>
  writeGood(text).map(({ index, offset, reason }) => ({
    kind: reason.replace(/^".*?" /s, ''),
    start: index,
    end: index + offset,
  }));

export const peers = new Map([
  ['write-good', writeGoodFlags],
  ['alex', (text) => ofMessages(alex(text))],
  ['retext', async (text) => ofMessages(await processor.process(text))],
  ['harper.js', harper],
]);
