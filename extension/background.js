/**
 * The broker of one-time tokens, and nothing else.
 *
 * A panel may speak only when a content script of ours, in the same tab, asked for it: the browser
 * tells us here who is asking, which neither of the two could prove to the other.
 */

/** Tokens that no panel has redeemed yet, with the tab each was made for. */
const waiting = new Map();

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  if (sender.id !== chrome.runtime.id || !sender.tab) return;
  const isOurPage = sender.url.startsWith(chrome.runtime.getURL(""));
  if (message?.kind === "token" && !isOurPage && sender.frameId === 0) {
    const token = crypto.randomUUID();
    waiting.set(token, sender.tab.id);
    answer({ token });
  }
  if (message?.kind === "redeem" && isOurPage) {
    const ok = waiting.get(message.token) === sender.tab.id;
    if (ok) waiting.delete(message.token);
    answer({ ok });
  }
});
