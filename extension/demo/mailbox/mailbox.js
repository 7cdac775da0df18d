/**
 * A webmail that only looks like one: the mails are a file, and what is sent goes nowhere.
 *
 * It knows nothing of what may be watching it. Only one thing is open at a time, and it is taken out
 * of the document when it is closed, as real webmails do.
 */

/**
 * @typedef {object} Mail
 * @property {string} name of who wrote it
 * @property {string} address
 * @property {string} when as shown
 * @property {string} subject
 * @property {string[]} text in paragraphs
 */

const stage = document.getElementById('stage');
const idle = [...stage.children];

/** @param {string} file beside this one */
async function read(file) {
  return (await fetch(new URL(file, import.meta.url))).json();
}

/**
 * @param {string} id of a template with one element in it
 * @param {Record<string, string>} [texts] for its parts
 * @returns {{element: HTMLElement, part: (name: string) => HTMLElement}}
 */
function instance(id, texts = {}) {
  const element = document.getElementById(id).content.firstElementChild.cloneNode(true);
  const part = (name) => element.querySelector(`[data-part="${name}"]`);
  for (const [name, text] of Object.entries(texts)) part(name).textContent = text;
  return { element, part };
}

/** @param {Node[]} nodes what is open from now on */
function open(...nodes) {
  for (const entry of document.querySelectorAll('[aria-current]')) {
    entry.removeAttribute('aria-current');
  }
  stage.replaceChildren(...nodes);
}

function close() {
  open(...idle);
  document.getElementById('new-message').focus();
}

function person({ name, address }) {
  return `${name} <${address}>`;
}

/** @param {Mail} mail */
function entry(mail) {
  const { element, part } = instance('entry', {
    initials: mail.name.replace(/\B\w|\s/g, ''),
    name: mail.name,
    when: mail.when,
    subject: mail.subject,
    start: mail.text.join(' '),
  });
  const button = element.querySelector('button');
  button.addEventListener('click', () => {
    show(mail);
    button.setAttribute('aria-current', 'true');
  });
  return element;
}

/** @param {Mail} mail */
function show(mail) {
  const { name, address, when, subject } = mail;
  const { element, part } = instance('mail', { name, address, when, subject });
  part('text').append(...paragraphs(mail.text));
  part('reply').addEventListener('click', () => reply(mail));
  open(element);
}

/** @param {string[]} texts */
function paragraphs(texts) {
  return texts.map((text) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    return paragraph;
  });
}

/** Opens an empty compose window and gives back its fields. */
function compose() {
  const { element, part } = instance('compose');
  const to = element.querySelector('[name=to]');
  const subject = element.querySelector('[name=subject]');
  const body = element.querySelector('.editor');
  part('discard').addEventListener('click', close);
  part('send').addEventListener('click', () => {
    send(to.value, subject.value, body);
  });
  open(element);
  to.focus();
  return { to, subject, body };
}

/** @param {Mail} mail */
function reply(mail) {
  const { to, subject, body } = compose();
  to.value = person(mail);
  subject.value = `Re: ${mail.subject}`;
  const quote = document.createElement('blockquote');
  quote.setAttribute('type', 'cite');
  quote.append(...paragraphs(mail.text));
  const attribution = document.createElement('div');
  attribution.textContent = `On ${mail.when}, ${person(mail)} wrote:`;
  const first = emptyLine();
  body.append(first, emptyLine(), attribution, quote);
  body.focus();
  getSelection().collapse(first, 0);
}

function emptyLine() {
  const line = document.createElement('div');
  line.append(document.createElement('br'));
  return line;
}

/**
 * @param {string} to
 * @param {string} subject
 * @param {HTMLElement} body its content is what would be sent, as it is
 */
function send(to, subject, body) {
  const { element, part } = instance('sent', { to, subject });
  part('body').append(...body.childNodes);
  part('back').addEventListener('click', close);
  open(element);
  part('back').focus();
}

/**
 * Types a text into a field, so that whoever listens to input hears of it.
 *
 * @param {HTMLElement} field
 * @param {string} text
 */
function type(field, text) {
  field.focus();
  for (const [at, line] of text.split('\n').entries()) {
    if (at > 0) document.execCommand('insertParagraph');
    if (line) document.execCommand('insertText', false, line);
  }
}

async function writeDemo() {
  /** @type {{to: string, subject: string, body: string}} */
  const draft = await read('draft.json');
  const { to, subject, body } = compose();
  type(to, draft.to);
  type(subject, draft.subject);
  type(body, draft.body);
}

document.getElementById('new-message').addEventListener('click', compose);
document.getElementById('write-demo').addEventListener('click', writeDemo);

/** @type {Mail[]} */
const inbox = await read('inbox.json');
document.getElementById('inbox').append(...inbox.map(entry));
const people = new Set(inbox.map(person));
document.getElementById('people').append(...[...people].map((one) => new Option(one, one)));
