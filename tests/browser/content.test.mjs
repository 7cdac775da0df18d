/**
 * The content scripts at work on a page: marks on the right words, whatever editor it is, and on bad
 * input a state that one can see, with the page and what is typed in it left alone.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { finding } from './harness/findings.mjs';
import { forBothBrowsers } from './harness/for-both-browsers.mjs';
import { keyboardIn } from './harness/keyboard.mjs';
import { serve } from './harness/static-server.mjs';
import { until, untilEqual } from './harness/wait.mjs';

const PAGES = new URL('pages/', import.meta.url);

/** As strict as a page can be without keeping frames out altogether. */
const STRICT = {
  'content-security-policy':
    "default-src 'self'; frame-src 'none'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
};

/** Takes the panel's origin away, and with it all that a panel needs. */
const SANDBOXED = { 'content-security-policy': 'sandbox allow-scripts allow-forms' };

const BAD_NEWS = 'We hit a small hiccup with the photos, so the launch moves two weeks, to 28 May.';

let server;
let strictServer;
let sandboxServer;
before(async () => {
  server = await serve(PAGES);
  strictServer = await serve(PAGES, { headers: STRICT });
  sandboxServer = await serve(PAGES, { headers: SANDBOXED });
});
after(() => Promise.all([server, strictServer, sandboxServer].map((one) => one.close())));

forBothBrowsers((given) => {
  /** A page with a mail in it, typed key by key where nothing else is said. */
  async function write(
    name,
    body,
    { to = 'Cathy Andre <cathy@andrelighting.example>', from = server } = {},
  ) {
    const page = await given.browser.open(`${from.url}${name}.html`);
    await page.type('[name=to]', to);
    await page.type('[name=subject]', 'Quick update');
    await type(page, name, body);
    return { page, panel: await given.browser.panel(page) };
  }

  async function type(page, name, body) {
    const editor = { rich: '.editor', framed: 'iframe', plain: 'textarea' }[name];
    await page.click(editor);
    await keyboardIn(page, editor);
    await page.keyboard.type(body);
  }

  const EDITORS = {
    rich: (page) => page.evaluate(highlighted),
    framed: (page) => page.evaluate(highlighted, 'iframe'),
    plain: (page) => given.browser.inShadow(page, 'candor-panel', overlaid),
  };

  function marked(page, name, words) {
    return until(
      `“${words}” to be marked`,
      async () => (await EDITORS[name](page)).includes(words),
      { seen: async () => JSON.stringify(await EDITORS[name](page)) },
    );
  }

  for (const name of Object.keys(EDITORS)) {
    test(`${name} editor: the words are marked, behind letters of every width, and stay marked while one types`, async () => {
      const { page, panel } = await write(
        name,
        `Zoe\u0308 \u{1F469}\u{1F3FD}\u200D\u{1F680} says hi. ${BAD_NEWS}`,
      );
      await panel.waitForText('“a small hiccup”');
      await marked(page, name, 'a small hiccup');
      await marked(page, name, 'the launch moves two weeks');

      // Right away, before anything is judged anew.
      await page.keyboard.down('Control');
      await page.keyboard.press('Home');
      await page.keyboard.up('Control');
      await page.keyboard.type('So: ');
      assert.ok((await EDITORS[name](page)).includes('a small hiccup'));
    });
  }

  test('nothing is added to what is written, nor to the page around it', async () => {
    const { page } = await write('rich', BAD_NEWS);
    await marked(page, 'rich', 'a small hiccup');
    const { body, others } = await page.evaluate(() => ({
      body: document.querySelector('.editor').innerHTML,
      others: [...document.documentElement.children].map(({ localName, id }) => id || localName),
    }));
    assert.equal(body, BAD_NEWS);
    assert.deepEqual(others, ['head', 'body', 'candor-panel']);
    assert.equal(await page.evaluate(() => document.querySelectorAll('style, mark').length), 0);
    assert.equal(await page.evaluate(() => globalThis.candor), undefined);
  });

  test('pressing a finding scrolls to its words, and caret and focus stay', async () => {
    const { page, panel } = await write('rich', `${BAD_NEWS}`);
    await marked(page, 'rich', 'a small hiccup');
    await page.evaluate(() => {
      const editor = document.querySelector('.editor');
      for (let line = 0; line < 60; line += 1) {
        editor.insertAdjacentHTML('beforeend', '<div>All is well with the shop.</div>');
      }
      editor.scrollTop = editor.scrollHeight;
      getSelection().collapse(editor.lastChild, 0);
    });
    const wordsInView = () =>
      page.evaluate(() => {
        const editor = document.querySelector('.editor').getBoundingClientRect();
        const [range] = [...CSS.highlights.get('candor-warn')].filter(
          (one) => `${one}` === 'a small hiccup',
        );
        const { top, bottom } = range.getBoundingClientRect();
        return top >= editor.top && bottom <= editor.bottom;
      });
    assert.equal(await wordsInView(), false);
    await panel.press(await finding(panel, '“a small hiccup”'));
    await until('the words are in view', wordsInView);
    assert.equal(
      await page.evaluate(
        () => getSelection().focusNode === document.querySelector('.editor').lastChild,
      ),
      true,
    );
    await untilEqual('the focus where it was pressed', 'candor-panel', () => page.evaluate(() => document.activeElement.id));
  });

  test('hovering a finding emphasises its words in the draft', async () => {
    const { page, panel } = await write('rich', BAD_NEWS);
    await marked(page, 'rich', 'a small hiccup');
    await panel.hover(await finding(panel, '“a small hiccup”'));
    await until('the words are emphasised', () =>
      page.evaluate(() =>
        [...(CSS.highlights.get('candor-point') ?? [])].map(String).includes('a small hiccup'),
      ),
    );
  });

  test('marks come back on a text that the page has built anew', async () => {
    const { page } = await write('rich', BAD_NEWS);
    await marked(page, 'rich', 'a small hiccup');
    await page.$eval('.editor', (editor) => {
      const copy = editor.cloneNode(true);
      editor.replaceChildren(...copy.childNodes);
    });
    await marked(page, 'rich', 'a small hiccup');
  });

  test('a page without a mail is left alone', async () => {
    const page = await given.browser.open(`${server.url}no-mail.html`);
    await page.type('textarea', BAD_NEWS);
    // The same browser, a page that has one: when that is judged, the first would have been, too.
    const { panel } = await write('rich', BAD_NEWS);
    await panel.waitForText('“a small hiccup”');
    assert.equal(await page.evaluate(() => document.querySelector('#candor-panel')), null);
  });

  test('a compose box that vanishes takes the panel along, and brings it back', async () => {
    const { page, panel } = await write('rich', BAD_NEWS);
    await panel.waitForText('“a small hiccup”');
    const isShown = () => page.evaluate(() => !document.querySelector('#candor-panel').hidden);
    assert.equal(await isShown(), true);

    await page.evaluate(() => {
      globalThis.taken = document.querySelector('.compose');
      globalThis.taken.remove();
    });
    await until('the panel is hidden', async () => !(await isShown()));
    assert.deepEqual(await EDITORS.rich(page), []);
    await panel.waitFor(
      'no findings',
      () => document.querySelectorAll('#findings li').length === 0,
    );

    await page.evaluate(() => document.body.append(globalThis.taken));
    await until('the panel is back', isShown);
    await panel.waitForText('“a small hiccup”');
    await marked(page, 'rich', 'a small hiccup');

    await page.$eval('.compose', (box) => (box.style.display = 'none'));
    await until('the panel is hidden again', async () => !(await isShown()));
  });

  test('of two mails the one with the focus is judged', async () => {
    const { page, panel } = await write('rich', BAD_NEWS);
    await panel.waitForText('“a small hiccup”');
    await page.evaluate(() => {
      const second = document.querySelector('.compose').cloneNode(true);
      second.className = 'compose second';
      second.querySelector('.editor').textContent = 'The API is down again.';
      document.body.append(second);
    });
    await page.click('.second [name=to]');
    await panel.waitFor('the second mail', () => !document.body.textContent.includes('hiccup'));
    await page.click('.editor');
    await panel.waitForText('“a small hiccup”');
  });

  test('an element that the page takes out comes back', async () => {
    const { page, panel } = await write('rich', BAD_NEWS);
    await panel.waitForText('“a small hiccup”');
    await page.evaluate(() => document.querySelector('#candor-panel').remove());
    await until('a fresh panel', async () =>
      (await (await given.browser.panel(page)).text()).includes('“a small hiccup”'),
    );
  });

  test('more than a million characters are not judged, and it says so', async () => {
    const { page, panel } = await write('plain', BAD_NEWS);
    await panel.waitForText('“a small hiccup”');
    await page.$eval('textarea', (editor) => {
      editor.value += ' All is well.'.repeat(80_000);
      editor.dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    await panel.waitForText('This draft is too long to judge');
    await until('no marks', async () => (await EDITORS.plain(page)).length === 0);
    await page.type('textarea', 'still here');
    assert.ok(await page.$eval('textarea', ({ value }) => value.endsWith('still here')));
    await page.$eval('textarea', (editor) => {
      editor.value = editor.value.slice(0, 200);
      editor.dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    await marked(page, 'plain', 'a small hiccup');
  });

  test('a recipient without an address is named, and the draft still judged', async () => {
    const { panel } = await write('rich', BAD_NEWS, { to: 'Cathy Andre' });
    await panel.waitForText('“a small hiccup”');
    await panel.waitForText('Cathy Andre has no address here');
  });

  test('recipients that cannot be read are said to be so', async () => {
    const page = await given.browser.open(`${server.url}rich.html`);
    await page.$eval('[name=to]', (field) => field.parentElement.remove());
    await type(page, 'rich', BAD_NEWS);
    await (await given.browser.panel(page)).waitForText('The recipients cannot be read here');
  });

  test('it works on a page that lets nothing in', async () => {
    const { page, panel } = await write('rich', BAD_NEWS, { from: strictServer });
    await panel.waitForText('“a small hiccup”');
    await marked(page, 'rich', 'a small hiccup');
  });

  test('a page that no panel can live on is told of', async () => {
    const page = await given.browser.open(`${sandboxServer.url}rich.html`);
    await type(page, 'rich', BAD_NEWS);
    await until('a word about it', () =>
      given.browser.inShadow(page, 'candor-panel', (shadow) =>
        shadow.textContent.includes('This page keeps Candor’s panel out'),
      ),
    );
    assert.equal(await page.$eval('.editor', ({ innerHTML }) => innerHTML), BAD_NEWS);
  });

  test('what an input method still composes is not judged, and is once it stands', async () => {
    const { page } = await write('rich', 'All is well. ');
    const commit = await composing(page, BAD_NEWS);
    // Longer than typing has to pause.
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const begun = performance.now();
          const next = () => (performance.now() - begun > 1_000 ? resolve() : requestAnimationFrame(next));
          next();
        }),
    );
    assert.deepEqual(await EDITORS.rich(page), []);
    await commit();
    await marked(page, 'rich', 'a small hiccup');
    assert.match(await page.$eval('.editor', ({ innerText }) => innerText), /^All is well\.\sWe hit .* 28 May\.$/);
  });

  /** Words on their way through an input method; Firefox's drivers have none, so events alone tell of it. */
  async function composing(page, words) {
    if (given.name === 'chromium') {
      const session = await page.createCDPSession();
      const selection = { selectionStart: words.length, selectionEnd: words.length };
      await session.send('Input.imeSetComposition', { text: words, ...selection });
      return () => session.send('Input.insertText', { text: words });
    }
    const tell = (type) =>
      page.$eval(
        '.editor',
        (editor, type) => editor.dispatchEvent(new CompositionEvent(type, { bubbles: true })),
        type,
      );
    await tell('compositionstart');
    await page.$eval(
      '.editor',
      (editor, words) => {
        editor.append(words);
        editor.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
      },
      words,
    );
    return () => tell('compositionend');
  }

  test('typing is judged though an input method never said that it has ended', async () => {
    const page = await given.browser.open(`${server.url}rich.html`);
    await page.click('.editor');
    await page.$eval('.editor', (editor) => editor.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true })));
    await page.keyboard.type(BAD_NEWS);
    await marked(page, 'rich', 'a small hiccup');
  });

  test('no keystroke is lost while drafts are judged and marked', async () => {
    const text = `${BAD_NEWS} `.repeat(6);
    const { page } = await write('rich', text);
    await marked(page, 'rich', 'a small hiccup');
    assert.equal(
      await page.$eval('.editor', ({ innerText }) => innerText.replaceAll('\u00a0', ' ')),
      text,
    );
  });
});

/** Runs in the page: the words that are underlined in a document. */
function highlighted(frame) {
  const { CSS } = frame ? document.querySelector(frame).contentWindow : window;
  return ['candor-warn', 'candor-hint'].flatMap((name) =>
    [...(CSS.highlights.get(name) ?? [])].map(String),
  );
}

/** Runs in our shadow root: the words that are underlined over a plain editor. */
function overlaid(shadow) {
  return [...shadow.querySelectorAll('mark')].map(({ textContent }) => textContent);
}
