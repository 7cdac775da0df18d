/** Starts the client page. */
import init, { clients } from "./wasm/notebook.js";
import { showWhenStopped } from "./stopped.js";

showWhenStopped();
document.getElementById("restart").onclick = () => location.reload();
init().then(clients);
