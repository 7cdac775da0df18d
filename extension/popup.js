/** Starts the lookup in the toolbar's popup. */
import init, { popup } from "./wasm/lookup.js";
import { showWhenStopped } from "./stopped.js";
import { prepare } from "./later.js";

showWhenStopped();
// A popup may be closed as soon as a note is kept.
document.getElementById("note").addEventListener("focus", prepare, { once: true });
document.getElementById("restart").onclick = () => location.reload();
init().then(popup);
