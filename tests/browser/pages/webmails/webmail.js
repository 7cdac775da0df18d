/**
 * What the pages of this folder have in common, and do as the webmails they stand for:
 *
 * - `?language=de` shows the interface in the language of the page's `<script data-language="de">`;
 * - `<iframe data-document="id">` is written in, its document filled with the template of that id;
 * - what carries `data-send` sends the `.box` it stands in, which then goes unless it has `data-stays`, by mouse, by
 *   Enter and Space, and Control+Enter sends the box one writes in; `sent` then holds what its editor held and which
 *   button was pressed, and the box is hidden;
 * - `openMail("id")` opens a mail like the one that was there, with the keyboard in it, and `closeMail("id")` takes
 *   it out of the page; one that carries `data-kept` is only hidden, and emptied when it is shown again.
 *
 * `isBegun` says that all of this is there.
 */

const parameters = new URLSearchParams(location.search);
const second = document.querySelector(`script[data-language="${parameters.get("language")}"]`);

globalThis.sent = [];

if (second) translate(JSON.parse(second.textContent), second.dataset);
const untouched = new Map([...document.querySelectorAll(".box")].map((box) => [box.id, box.cloneNode(true)]));
for (const frame of document.querySelectorAll("iframe[data-document]")) fill(frame);
listen(document);
Object.assign(globalThis, { openMail, closeMail, isBegun: true });

function translate(words, { language, dir }) {
  Object.assign(document.documentElement, { lang: language, dir: dir ?? "ltr" });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const element = walker.currentNode;
    for (const { name, value } of element.attributes)
      if (Object.hasOwn(words, value)) element.setAttribute(name, words[value]);
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE && Object.hasOwn(words, node.data.trim()))
        node.data = words[node.data.trim()];
  }
}

function fill(frame) {
  const { contentDocument } = frame;
  contentDocument.open();
  contentDocument.write(document.getElementById(frame.dataset.document).innerHTML);
  contentDocument.close();
  contentDocument.designMode = frame.hasAttribute("data-design-mode") ? "on" : "off";
  listen(contentDocument, frame);
  for (const inner of contentDocument.querySelectorAll("iframe[data-document]")) fill(inner);
}

function listen(own, frame) {
  const boxOf = (element) => (frame ?? element).closest(".box");
  own.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-send]");
    if (button) send(boxOf(button), button.dataset.send || "send");
  });
  own.addEventListener("keydown", (event) => {
    const { key, ctrlKey, target } = event;
    const isButton = target.closest?.("[data-send]:not(button)");
    if (key === "Enter" && ctrlKey) send(boxOf(target), "keys");
    else if (isButton && (key === "Enter" || key === " ")) send(boxOf(target), isButton.dataset.send || "send");
    else return;
    event.preventDefault();
  });
}

function send(box, by) {
  const editor = editorOf(box);
  const body = editor.contentDocument?.body ?? editor;
  globalThis.sent.push({ box: box.id, by, body: body.value ?? body.innerHTML });
  // Where sending fails, a webmail leaves the mail open.
  box.hidden = !("stays" in box.dataset);
}

function openMail(id) {
  const kept = document.getElementById(id);
  const fresh = untouched.get(id).cloneNode(true);
  if (kept) {
    editorOf(kept).replaceChildren(...editorOf(fresh).childNodes);
    kept.hidden = false;
  } else {
    document.body.append(fresh);
    for (const frame of fresh.querySelectorAll("iframe[data-document]")) fill(frame);
  }
  editorOf(kept ?? fresh).focus();
}

function closeMail(id) {
  const box = document.getElementById(id);
  if ("kept" in box.dataset) box.hidden = true;
  else box.remove();
}

function editorOf(box) {
  return box.querySelector("iframe, .editor");
}
