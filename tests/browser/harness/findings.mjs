/** What tests look for among the panel's findings, and open there. */

/**
 * The accessible name of the finding whose name starts so, once it is there.
 *
 * @param {import('./extension-document.mjs').ExtensionDocument} panel
 * @param {string} start
 * @returns {Promise<string>}
 */
export function finding(panel, start) {
  return panel.waitFor(
    `a finding ${start}`,
    (start) =>
      [...document.querySelectorAll('#findings .finding')]
        .map((button) => button.ariaLabel)
        .find((name) => name.startsWith(start)),
    start,
  );
}

/**
 * Opens a finding, once it is there. The first one of a draft unfolds by itself, and which one is first depends on
 * how fast one types.
 *
 * @param {import('./extension-document.mjs').ExtensionDocument} panel
 * @param {string} name its whole accessible name
 */
export async function openFinding(panel, name) {
  await finding(panel, name);
  const isOpen = (name) =>
    [...document.querySelectorAll('#findings .finding')].some(
      (one) => one.ariaLabel === name && one.ariaExpanded === 'true',
    );
  if (!(await panel.evaluate(isOpen, name))) await panel.press(name);
  await panel.waitFor('it is open', isOpen, name);
}
