/** Starts the recovery page. */
import init, { recovery } from "./wasm/notebook.js";
import { showWhenStopped } from "./stopped.js";

showWhenStopped();
document.getElementById("restart").onclick = () => location.reload();
init().then(recovery);
