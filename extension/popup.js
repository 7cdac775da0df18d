/** Starts the lookup in the toolbar's popup. */
import init, { popup } from "./wasm/lookup.js";
import { showWhenStopped } from "./stopped.js";

showWhenStopped();
document.getElementById("restart").onclick = () => location.reload();
init().then(popup);
