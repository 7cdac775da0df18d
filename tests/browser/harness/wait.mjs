/**
 * Waiting for a state instead of for a time.
 *
 *     const panel = await until('the panel is there', () => findPanel());
 *     await untilCounted('all notes are there', 1000, () => countNotes());
 *     await untilEqual('both marks', ['a', 'b'], () => marks());
 *
 * `until` asks again and again until the probe answers with something true, and gives that answer
 * back. A probe that throws counts as "not yet": documents are replaced while we look at them. When
 * the time is over, the error says what was waited for and what was seen last.
 */

import { isDeepStrictEqual, inspect } from 'node:util';

/** Long enough for a busy two-core machine with other work; a test that passes never waits for it. */
export const PATIENCE = 60_000;

const PAUSE = 40;

/**
 * @template T
 * @param {string} what what is awaited, for the message when it does not come
 * @param {() => Promise<T> | T} probe
 * @param {{patience?: number, seen?: () => Promise<string> | string}} [options] `seen` describes the
 *   state at the end for the message
 * @returns {Promise<T>}
 */
export async function until(what, probe, { patience = PATIENCE, seen } = {}) {
  const deadline = Date.now() + patience;
  let last;
  do {
    try {
      const answer = await probe();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  } while (Date.now() < deadline);
  const state = seen ? await Promise.resolve().then(seen).catch((error) => `${error}`) : '';
  throw new Error(
    `waited ${patience / 1000} s in vain: ${what}${state && `\nseen instead: ${state}`}`,
    { cause: last },
  );
}

/**
 * Waits until a number is reached, and for as long as it grows: how fast it does is the machine's matter.
 *
 * @param {string} what
 * @param {number} goal
 * @param {() => Promise<number> | number} count
 * @param {Parameters<typeof until>[2]} [options]
 * @returns {Promise<number>} the number, which may be beyond the goal by then
 */
export async function untilCounted(what, goal, count, options) {
  let counted = -Infinity;
  while (counted < goal) {
    const grown = async () => {
      const number = await count();
      return number > counted && { number };
    };
    ({ number: counted } = await until(`${what} (${counted} of ${goal} so far)`, grown, options));
  }
  return counted;
}

/**
 * Waits until a probe answers with exactly this, as deep as it goes: an assertion for what comes by a way of
 * its own, and so a moment later than what a test has waited for.
 *
 * @template T
 * @param {string} what
 * @param {T} wanted
 * @param {() => Promise<T> | T} probe
 * @param {Parameters<typeof until>[2]} [options]
 */
export async function untilEqual(what, wanted, probe, options) {
  let seen = 'nothing';
  const isThere = async () => {
    const answer = await probe();
    seen = inspect(answer, { depth: null });
    return isDeepStrictEqual(answer, wanted);
  };
  const told = () => `${seen}\nwanted: ${inspect(wanted, { depth: null })}`;
  await until(what, isThere, { seen: told, ...options });
}
