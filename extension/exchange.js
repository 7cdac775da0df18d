/**
 * The Worker that reads and writes files of clients. Whoever started it ends it: to cancel is to end it, since
 * nothing is written here. It answers one message after the other, by one of these:
 *
 *     { kind: 'plan', file: Blob, clients, passphrase? }
 *         → { kind: 'progress', what: 'opening' | 'reading' | 'comparing', done, total }, many times
 *         → { kind: 'plan', plan }            what the import would do: a `Plan` of `src/exchange/plan.rs`
 *         → { kind: 'locked', wrong }         a backup under a passphrase; whether the one given is not it
 *         → { kind: 'refused', reason }       nothing of it can be read; the reason is a sentence for people
 *     { kind: 'records', decisions: [[number of an entry, decision], …], clients, today: '2026-11-22' }
 *         → { kind: 'records', records }      to be written at once, for the plan that was made last
 *     { kind: 'export', format, details, clients, now: '2026-11-22T10:00', passphrase? }
 *         → { kind: 'file', file: Blob, name }
 *     and to any of them
 *         → { kind: 'failed', reason }
 *
 * `clients` are records of the notebook as it stands. Formats are `vcard-3`, `vcard-4`, `google-csv`,
 * `outlook-csv` and `backup`, details `contact` and `all`; a passphrase seals a backup and nothing else.
 */
import init, { Exchange, envelope, iterations, naming, writeFile } from "./wasm/notebook.js";

const starting = init().then(() => new Exchange());
// Whoever asks is told; until somebody does, it is nobody's fault.
starting.catch(() => {});

const ANSWERS = { plan, records, export: exported };

/** What was asked, one after the other. */
let last = Promise.resolve();

addEventListener("message", ({ data }) => {
  last = last.then(() => answer(data));
});

async function answer(message) {
  try {
    postMessage(await ANSWERS[message.kind](await starting, message));
  } catch (error) {
    postMessage({ kind: "failed", reason: String(error?.message ?? error) });
  }
}

async function plan(exchange, { file, clients, passphrase }) {
  const told = exchange.plan(file.size, slicesOf(file), clients, tellProgress);
  if (told.kind !== "sealed") return told;
  if (!passphrase) return { kind: "locked", wrong: false };
  tellProgress("opening", 0, 1);
  const opened = await open(told.sealed, passphrase);
  if (!opened) return { kind: "locked", wrong: true };
  return exchange.plan(opened.length, (from, to) => opened.subarray(from, to), clients, tellProgress);
}

function records(exchange, { decisions, clients, today }) {
  return { kind: "records", records: exchange.records(decisions, clients, today) };
}

async function exported(_, { format, details, clients, now, passphrase }) {
  let bytes = writeFile(format, details, clients, now);
  if (passphrase && format === "backup") bytes = await seal(bytes, passphrase, now);
  const [name, type] = naming(format, now.split("T")[0]);
  return { kind: "file", file: new Blob([bytes], { type }), name };
}

function tellProgress(what, done, total) {
  postMessage({ kind: "progress", what, done, total });
}

/** A function that reads pieces of a file, so that no more of a large one is in memory. */
function slicesOf(blob) {
  const reader = new FileReaderSync();
  return (from, to) => new Uint8Array(reader.readAsArrayBuffer(blob.slice(from, to)));
}

/** Seals a backup as `src/exchange/backup.rs` says. */
async function seal(bytes, passphrase, now) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyOf(passphrase, salt, iterations(), "encrypt");
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes);
  return envelope(toBase64(salt), toBase64(iv), toBase64(new Uint8Array(data)), now);
}

/** The backup inside, or nothing when the passphrase is not the one, or the file is not what it was. */
async function open({ salt, iv, iterations, data }, passphrase) {
  try {
    const key = await keyOf(passphrase, fromBase64(salt), iterations, "decrypt");
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(iv) }, key, fromBase64(data));
    return new Uint8Array(opened);
  } catch {
    return null;
  }
}

async function keyOf(passphrase, salt, iterations, use) {
  // However a keyboard composes its accents, the passphrase is the same.
  const words = new TextEncoder().encode(passphrase.normalize("NFC"));
  const material = await crypto.subtle.importKey("raw", words, "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(derivation, material, { name: "AES-GCM", length: 256 }, false, [use]);
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  let text = "";
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

/** @param {string} text */
function fromBase64(text) {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
