/** What tests look for among the panel's findings. */

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
