/** The panel's door: waits for the content script that mounted this page, then starts the wasm module. */
import init, { panel } from "./wasm/candor.js";
import { showWhenStopped } from "./stopped.js";
import { prepare } from "./later.js";

const token = location.hash.slice(1);

// Registered before anything is awaited: the one message with the port comes right after loading.
addEventListener("message", function connect({ data, ports: [port] }) {
  if (!token || !port || data?.kind !== "connect" || data.token !== token) return;
  removeEventListener("message", connect);
  showWhenStopped(() => stopped(port));
  document.getElementById("note").addEventListener("focus", prepare, { once: true });
  init().then(() => panel(port, token));
});

/** @param {MessagePort} port */
function stopped(port) {
  // A module that has trapped is not to be trusted again. It hears nothing more, and the content
  // script mounts a fresh panel when asked to.
  port.addEventListener("message", (event) => event.stopImmediatePropagation(), { capture: true });
  const { offsetWidth: width, offsetHeight: height } = document.getElementById("stopped");
  port.postMessage({ kind: "stopped" });
  port.postMessage({ kind: "size", folded: false, width, height });
  document.getElementById("restart").onclick = () => port.postMessage({ kind: "restart" });
}
