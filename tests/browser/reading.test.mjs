/**
 * What the content scripts read, without an extension around them: editors as text with a way back,
 * recipient fields as people.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { forBothBrowsers } from './harness/for-both-browsers.mjs';

const FILES = [
  'namespace',
  'recipients',
  'text',
  'geometry',
  'compose',
  'fields',
  'adapters/generic',
];
const SCRIPTS = FILES.map(
  (name) => new URL(`../../extension/content/${name}.js`, import.meta.url).pathname,
);

/** What stands in an editor, what is read, and which parts of that are context. */
const EDITORS = [
  [
    'blocks stand on lines of their own',
    '<div>One</div><div>two</div>three<div>four</div>',
    'One\ntwo\nthree\nfour',
  ],
  ['paragraphs stand apart', '<p>One</p><p>Two</p>', 'One\n\nTwo'],
  [
    'paragraphs without margins are lines',
    '<p style="margin:0">One</p><p style="margin:0">Two</p>',
    'One\nTwo',
  ],
  ['an empty block is an empty line', '<div>One</div><div><br></div><div>Two</div>', 'One\n\nTwo'],
  ['a break at the end of a block is no line', '<div>One<br></div><div>Two</div>', 'One\nTwo'],
  ['breaks within a block are lines', 'One<br>two<br><br>three', 'One\ntwo\n\nthree'],
  [
    'white space collapses',
    '<div>\n  One\n  <b> two </b>\n three\n</div>\n<div> four</div>',
    'One two three\nfour',
  ],
  [
    'and does not where the page keeps it',
    '<div style="white-space:pre-wrap">One  two\n three</div>',
    'One  two\n three',
  ],
  ['no-break spaces are spaces', 'One&nbsp; two&nbsp;', 'One  two '],
  ['characters without width are passed over', 'head\u200bless \ufeffC\u00adMS', 'headless CMS'],
  ['words across elements are one', 'head<b>le</b><i>ss</i>', 'headless'],
  ['an image keeps words apart', 'news<img alt="">The', 'news The'],
  [
    'emoji and combining marks',
    'Zoe\u0308 \u{1F469}\u{1F3FD}\u200D\u{1F680} sees <b>bad</b> news',
    'Zoe\u0308 \u{1F469}\u{1F3FD}\u200D\u{1F680} sees bad news',
  ],
  [
    'lists and tables',
    '<ul><li>One</li><li>Two</li></ul><table><tr><td>a</td><td>b</td></tr></table>',
    'One\nTwo\na\nb',
  ],
  [
    'what is not shown is not read',
    'One<style>p{}</style><span style="display:none">hidden</span><script>1</script> two',
    'One two',
  ],
  [
    'an inline block is part of its line',
    'One <span style="display:inline-block">two</span> three',
    'One two three',
  ],
  ['nothing', '<p><br></p>', ''],
  [
    'quotes of mail programs are context',
    '<div>Mine</div><div class="gmail_quote"><div class="gmail_attr">On Monday Cathy wrote:</div><blockquote type="cite">Hers</blockquote></div><div>Mine again</div>',
    'Mine\nOn Monday Cathy wrote:\nHers\nMine again',
    ['\nOn Monday Cathy wrote:\nHers'],
  ],
  [
    'Outlook marks where a quote begins',
    '<div>Mine</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: Cathy</div><div>Hers</div>',
    'Mine\nFrom: Cathy\nHers',
    ['\nFrom: Cathy\nHers'],
  ],
  [
    'Roundcube: attribution, quote and signature',
    '<p>Mine</p><p id="reply-intro">On Monday Cathy wrote:</p><blockquote>Hers</blockquote><div id="_rc_sig">Jonas</div>',
    'Mine\n\nOn Monday Cathy wrote:\n\nHers\nJonas',
    ['\n\nOn Monday Cathy wrote:', '\n\nHers', '\nJonas'],
  ],
];

const RECIPIENTS = [
  ['Cathy Andre <cathy@andrelighting.example>', [['Cathy Andre', 'cathy@andrelighting.example']]],
  [
    '"Andre, Cathy" <cathy@a.example>, bob@b.example',
    [
      ['Andre, Cathy', 'cathy@a.example'],
      ['', 'bob@b.example'],
    ],
  ],
  ['"Cathy \\"Cat\\" Andre" <c@a.example>;', [['Cathy "Cat" Andre', 'c@a.example']]],
  [
    'Cathy, Bob <b@b.example>',
    [
      ['Cathy', ''],
      ['Bob', 'b@b.example'],
    ],
  ],
  [
    'c@a.example (Cathy, at work)\nd@a.example',
    [
      ['Cathy, at work', 'c@a.example'],
      ['', 'd@a.example'],
    ],
  ],
  ['<c@a.example>, , ;', [['', 'c@a.example']]],
  ["'Cathy Andre' <c@a.example>", [['Cathy Andre', 'c@a.example']]],
  ['Zoë Ångström <zoë@exämple.example>', [['Zoë Ångström', 'zoë@exämple.example']]],
  ['  ', []],
];

/** Recipient fields of webmails the generic adapter has never heard of. */
const FIELDS = [
  [
    'typed text',
    '<input name="to" value="Cathy &lt;c@a.example&gt;, Bob">',
    [
      ['Cathy', 'c@a.example'],
      ['Bob', ''],
    ],
  ],
  [
    'chips with the address in an attribute',
    '<div><label>An <input></label><span class="chip" title="c@a.example">Cathy <button>×</button></span><span class="chip" data-email="b@b.example">Bob</span></div>',
    [
      ['Cathy', 'c@a.example'],
      ['Bob', 'b@b.example'],
    ],
  ],
  [
    'a chip without an address',
    '<div aria-label="To"><ul><li role="listitem">Cathy Andre<button>Remove</button></li></ul><input aria-label="To"></div>',
    [['Cathy Andre', '']],
  ],
  [
    'the sender is no recipient',
    '<div aria-label="From" title="me@x.example">Me</div><input aria-label="To" value="c@a.example">',
    [['', 'c@a.example']],
  ],
  [
    'the same address once',
    '<div><input name="to" value="c@a.example"><span title="Cathy &lt;C@a.example&gt;">Cathy</span></div>',
    [['Cathy', 'C@a.example']],
  ],
  ['no field that can be read', '', null],
];

forBothBrowsers(
  (given) => {
    async function blank() {
      const page = await given.browser.open('about:blank');
      for (const path of SCRIPTS) await page.addScriptTag({ path });
      return page;
    }

    test('an editor is read as it looks', async () => {
      const page = await blank();
      for (const [name, html, text, context = []] of EDITORS) {
        assert.deepEqual(await page.evaluate(read, html), { text, context }, name);
      }
    });

    test('every stretch of text leads back to its place', async () => {
      const page = await blank();
      for (const [name, html] of EDITORS) {
        assert.deepEqual(await page.evaluate(strayed, html), [], name);
      }
    });

    test('a mail quoted five hundred times is read', async () => {
      const page = await blank();
      const html = `${'<blockquote>'.repeat(500)}Deep${'</blockquote>'.repeat(500)}`;
      assert.equal((await page.evaluate(read, html)).text, 'Deep');
    });

    test('lists of recipients', async () => {
      const page = await blank();
      for (const [list, people] of RECIPIENTS) {
        const found = await page.evaluate((list) => candor.recipients.parse(list), list);
        assert.deepEqual(
          found.map(({ name, address }) => [name, address]),
          people,
          list,
        );
      }
    });

    test('recipient fields of any webmail', async () => {
      const page = await blank();
      for (const [name, html, people] of FIELDS) {
        const found = await page.evaluate(readRecipients, html);
        assert.deepEqual(found && found.map(({ name, address }) => [name, address]), people, name);
      }
    });

    test('send buttons and subjects in other languages make a mail, other buttons do not', async () => {
      const page = await blank();
      const finds = (subject, send) =>
        page.evaluate(
          (subject, send) => {
            document.body.innerHTML = `<div><input aria-label="${subject}"><div contenteditable>…</div><button>${send}</button></div>`;
            return candor.generic.find(null) !== null;
          },
          subject,
          send,
        );
      for (const [subject, send] of [
        ['Subject', 'Send'],
        ['Betreff', 'Senden'],
        ['Objet', 'Envoyer'],
        ['Asunto', 'Enviar'],
        ['件名', '送信'],
        ['Тема', 'Отправить'],
        ['Ämne', 'Skicka'],
        ['Subject', 'Send ‪(Ctrl-Enter)‬'],
      ]) {
        assert.equal(await finds(subject, send), true, `${subject}, ${send}`);
      }
      for (const [subject, send] of [
        ['Subject', 'Send feedback'],
        ['Subject', 'Sender'],
        ['Search', 'Send'],
        ['Objective', 'Send'],
      ]) {
        assert.equal(await finds(subject, send), false, `${subject}, ${send}`);
      }
    });
  },
  { extension: null },
);

function read(html) {
  document.body.innerHTML = `<div id="editor">${html}</div>`;
  const { text, context } = candor.text.read(document.getElementById('editor'));
  return { text, context: context.map(([start, end]) => text.slice(start, end)) };
}

/** Stretches that lead back to other words; what editors leave between the letters aside. */
function strayed(html) {
  document.body.innerHTML = `<div id="editor">${html}</div>`;
  const reading = candor.text.read(document.getElementById('editor'));
  const plain = (text) => text.replace(/[\s\u00ad\u200b\ufeff]/g, '');
  const wrong = [];
  for (let start = 0; start < reading.text.length; start += 1) {
    for (let end = start + 1; end <= reading.text.length; end += 1) {
      const wanted = plain(reading.text.slice(start, end));
      const found = plain(String(reading.range(start, end) ?? ''));
      // Text that is not shown lies within a range around it.
      if (found !== wanted && !html.includes('hidden')) wrong.push([wanted, found]);
    }
  }
  return wrong;
}

function readRecipients(html) {
  document.body.innerHTML = `<main>${html}<input name="subject"><div contenteditable>Hi</div><button>Send</button></main>`;
  return candor.generic.find(null).recipients();
}
