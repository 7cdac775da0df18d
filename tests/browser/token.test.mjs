/** The background's tokens: one panel each, and for nobody but panels and content scripts. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { serve } from './harness/static-server.mjs';

let server;
before(async () => {
  server = await serve(new URL('pages/', import.meta.url));
});
after(() => server.close());

forBothBrowsers((given) => {
  async function writtenIn() {
    const page = await given.browser.open(`${server.url}rich.html`);
    await page.type('.editor', 'The launch moves two weeks.');
    const panel = await given.browser.panel(page);
    await panel.waitForText('Call instead');
    return panel;
  }

  test('a token is good once, and a made-up one never', async () => {
    const panel = await writtenIn();
    const token = new URL(await panel.url()).hash.slice(1);
    assert.match(token, /^[0-9a-f-]{36}$/);
    assert.deepEqual(await panel.evaluate(ask, { kind: 'redeem', token }), { ok: false });
    const other = '00000000-0000-4000-8000-000000000000';
    assert.deepEqual(await panel.evaluate(ask, { kind: 'redeem', token: other }), { ok: false });
  });

  test('pages of the extension are given no token, and a panel in a tab of its own redeems none', async () => {
    const panel = await writtenIn();
    assert.equal(await panel.evaluate(ask, { kind: 'token' }), null);
    const clients = await given.browser.extensionPage('clients.html');
    assert.equal(await clients.evaluate(ask, { kind: 'token' }), null);
    assert.equal(await clients.evaluate(ask, { kind: 'redeem', token: '' }), null);
    const alone = await given.browser.extensionPage('panel.html');
    assert.equal(await alone.evaluate(ask, { kind: 'redeem', token: '' }), null);
    assert.equal((await alone.text()).trim(), '');
  });

  test('two mails in two tabs have tokens of their own', async () => {
    const [one, other] = [await writtenIn(), await writtenIn()];
    assert.notEqual(await one.url(), await other.url());
  });

  test('a page that knows the address cannot make a panel speak', async () => {
    const page = await given.browser.open(`${server.url}no-mail.html`);
    await page.evaluate(async (address) => {
      const frame = document.createElement('iframe');
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      frame.src = `${address}/panel.html#guessed`;
      document.body.append(frame);
      await loaded;
      const answers = [];
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => answers.push(data);
      frame.contentWindow.postMessage({ kind: 'connect', token: 'guessed' }, '*', [port2]);
      globalThis.answers = answers;
    }, given.browser.origin);
    // By the time that a mail elsewhere has been judged, this one would have had its answer.
    await writtenIn();
    assert.deepEqual(await page.evaluate(() => globalThis.answers), []);
  });
});

/** Runs in a document of the extension: what the background answers, `null` where it does not. */
async function ask(message) {
  return (await chrome.runtime.sendMessage(message)) ?? null;
}
