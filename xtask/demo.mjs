/**
 * The demo: the mailbox of `extension/demo/mailbox` in a real browser, with Candor in it and three
 * clients in its notebook.
 *
 *     node xtask/demo.mjs chromium                 # stays open until the browser is closed
 *     node xtask/demo.mjs firefox --headless       # writes the draft, prints what the panel says
 *
 * `cargo xtask run` builds the extension, finds the browser and starts this.
 */

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { launch } from '../tests/browser/harness/browser.mjs';
import { serve } from '../tests/browser/harness/static-server.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What the demo draft is there to show: a call, hidden bad news, no reason, jargon, and who it is about. */
const SHOWN = ['Call Cathy instead', 'small hiccup', 'gives no reason', 'headless CMS', 'About Cathy', 'Daughter started school'];

const TO_TRY = `
Candor runs in this browser until you close it. To try:
  · “Write the demo draft” in the mailbox: the panel beside it says what Cathy could miss.
  · Press a finding: the words it is about are shown in the draft. Change them, and it goes.
  · Write to Priya, who knows her way around web sites: her terms are no jargon to her.
  · Candor's icon in the toolbar looks clients up as you type.`;

const [name, ...flags] = process.argv.slice(2);
if (!['chromium', 'firefox'].includes(name) || flags.some((flag) => flag !== '--headless')) {
  console.error('Usage: node xtask/demo.mjs chromium|firefox [--headless]');
  process.exit(1);
}
const headless = flags.length > 0;

try {
  await demo();
} catch (error) {
  console.error(`The demo stopped: ${error.message}`);
  process.exitCode = 1;
}

async function demo() {
  const browser = await launch(name, { headless });
  const server = await serve(path.join(ROOT, 'extension/demo/mailbox'));
  try {
    await addClients(browser);
    const page = await browser.open(server.url);
    if (headless) await writeAndReport(browser, page);
    else await untilClosed(browser, server.url);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** The profile is a fresh one, so the notebook is empty. */
async function addClients(browser) {
  const clients = await browser.extensionPage('clients.html');
  await clients.press('Add three demo clients');
  await clients.waitForText('3 clients');
  await clients.close();
}

async function writeAndReport(browser, page) {
  await page.click('#write-demo');
  const panel = await browser.panel(page);
  // What the careful reader has to say comes a moment later, and what it takes back goes.
  await panel.waitForText(SHOWN[0]);
  await panel.waitFor('the careful reading', () => document.getElementById('reading').textContent === '');
  for (const words of SHOWN) await panel.waitForText(words);
  console.log(`\nThe panel says:\n\n${indented(await panel.text())}\n`);

  const folder = path.join(path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target'), 'demo');
  await mkdir(folder, { recursive: true });
  const picture = path.join(folder, `${name}.png`);
  await page.screenshot({ path: picture });
  console.log(`Screenshot: ${picture}`);

  const errors = await browser.errors();
  if (errors.length > 0) throw new Error(`something was thrown on the way:\n${errors.join('\n')}`);
}

function indented(text) {
  return text.replace(/^(?=.)/gm, '  ');
}

async function untilClosed(browser, url) {
  console.log(`\nThe mailbox is at ${url}\n${TO_TRY}`);
  await browser.ended;
}
