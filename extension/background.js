/**
 * The broker of one-time tokens, the keeper of what content scripts could read, and of the sites that the
 * user enabled.
 *
 * A panel may speak only when a content script of ours, in the same tab, asked for it: the browser tells
 * us here who is asking, which neither of the two could prove to the other.
 */

// Firefox loads it by the manifest; a service worker loads it by itself.
if (typeof reminders === "undefined") importScripts("reminders.js");
reminders.start();

/** A panel redeems its token while it loads; one that has not by then never will. Milliseconds. */
const LIFETIME = 60_000;

/**
 * Tokens that no panel has redeemed yet. Kept in memory only: the browser lets an idle background rest
 * after half a minute, and a panel that comes later than that is refused and begun anew.
 *
 * @type {Map<string, { tab: number, since: number }>}
 */
const waiting = new Map();

/** What each kind of message is answered with. */
const ANSWERS = {
  token: { isFrom: isContentScript, answer: issue },
  redeem: { isFrom: isPanel, answer: redeem },
  health: { isFrom: isContentScript, answer: keepHealth },
};

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  const known = Object.hasOwn(ANSWERS, message?.kind) ? ANSWERS[message.kind] : null;
  if (sender.id === chrome.runtime.id && sender.tab && known?.isFrom(sender)) {
    answer(known.answer(message, sender));
  }
});

function isContentScript({ url }) {
  return !url.startsWith(`${location.origin}/`);
}

function isPanel({ frameId, url }) {
  return frameId !== 0 && url.startsWith(`${location.origin}/panel.html`);
}

function issue(_, { tab }) {
  const now = Date.now();
  for (const [token, { since }] of waiting) {
    if (now - since > LIFETIME) waiting.delete(token);
  }
  const token = crypto.randomUUID();
  waiting.set(token, { tab: tab.id, since: now });
  // A content script cannot tell this origin itself: the address that it mounts may be another one.
  return { token, origin: location.origin };
}

function redeem({ token }, { tab }) {
  const ok = waiting.get(token)?.tab === tab.id;
  if (ok) waiting.delete(token);
  return { ok };
}

/**
 * Keeps what could be read of a mail on a site, and nothing of what was read: one entry a site, so that
 * tabs never write over each other's.
 */
function keepHealth({ adapter, title, missing }, { url }) {
  const { version } = chrome.runtime.getManifest();
  const entry = { adapter, title, missing, at: new Date().toISOString(), version };
  chrome.storage.local.set({ [`health:${new URL(url).host}`]: entry });
}

/**
 * Webmails that run in a frame of their page. The manifest has content scripts for pages, and would have to name
 * each of them once more for frames; it names these sites among the permissions, which registering asks for.
 */
const FRAMES = ["https://www.icloud.com/applications/mail2/*"];

/** Begins the names of what is registered. */
const SITE = "site:";

/**
 * Lets the content scripts run wherever the user allowed it, and nowhere else: the browser keeps what is
 * registered over restarts, but not over updates, and permissions may be taken away at any time.
 */
async function followPermissions() {
  const { content_scripts: scripts } = chrome.runtime.getManifest();
  const named = new Set(scripts.flatMap(({ matches }) => matches));
  const { origins = [] } = await chrome.permissions.getAll();
  const sites = origins.filter((origin) => !named.has(origin));
  const registered = await chrome.scripting.getRegisteredContentScripts();
  const wanted = [
    ...sites.flatMap((site) => scripts.map((script, at) => registration(site, script, at))),
    ...FRAMES.flatMap((site) =>
      scripts.map((script, at) => registration(site, { ...script, all_frames: true }, at)).filter(({ js }) => js),
    ),
  ];
  const isWanted = ({ id }) => wanted.some((one) => one.id === id);
  const isRegistered = ({ id }) => registered.some((one) => one.id === id);
  const gone = registered.filter((one) => one.id.startsWith(SITE) && !isWanted(one)).map(({ id }) => id);
  const added = wanted.filter((one) => !isRegistered(one));
  if (gone.length > 0) await chrome.scripting.unregisterContentScripts({ ids: gone });
  if (added.length > 0) await chrome.scripting.registerContentScripts(added);
}

/** What the manifest says of a script, for another site. */
function registration(site, script, at) {
  // Firefox gives whole addresses here, and takes only paths.
  const paths = (files) => files.map((file) => file.replace(chrome.runtime.getURL(""), ""));
  return {
    id: `${SITE}${at}:${site}`,
    matches: [site],
    ...(script.js && { js: paths(script.js) }),
    ...(script.css && { css: paths(script.css) }),
    allFrames: script.all_frames ?? false,
    matchOriginAsFallback: script.match_origin_as_fallback ?? false,
    runAt: script.run_at ?? "document_idle",
    persistAcrossSessions: true,
  };
}

/** One after the other: two at once would register the same twice. */
let following = Promise.resolve();
function follow() {
  following = following.then(followPermissions).catch((error) => console.error(error));
}

chrome.permissions.onAdded.addListener(follow);
chrome.permissions.onRemoved.addListener(follow);
chrome.runtime.onInstalled.addListener(follow);
chrome.runtime.onStartup.addListener(follow);
