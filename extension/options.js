/** Starts the options page. */
import init, { options } from "./wasm/candor.js";
import { showWhenStopped } from "./stopped.js";

showWhenStopped();
document.getElementById("restart").onclick = () => location.reload();
init().then(options);
