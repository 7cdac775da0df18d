/**
 * How much of a text was typed and deleted between two readings. Only the two numbers are kept: what was
 * deleted is forgotten.
 *
 * @param {string} before
 * @param {string} after
 * @returns {{ typed: number, deleted: number }} in UTF-16 units, from the first difference to the last
 */
candor.effort = (before, after) => {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < least - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { typed: after.length - start - end, deleted: before.length - start - end };
};
