/**
 * What the pages that are to stand at once need only later, from a module that is loaded then: it reads what a mail
 * promises that is sent, and writes the notebook.
 */

/** @type {Promise<typeof import("./wasm/promises.js")> | undefined} */
let loading;

function load() {
  loading ??= start().catch((error) => {
    // Whoever asks next may be luckier.
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start() {
  const module = await import("./wasm/promises.js");
  await module.default();
  return module;
}

/** For whoever is about to want something of it, to wait less. What fails now fails again, and is told, then. */
export const prepare = () => load().catch(() => {});

/** What a mail promises that is being sent. */
globalThis.promisesOf = async (sent) => (await load()).promised(sent);

/** Does something in the notebook: see `src/web/store/errand.rs`. */
globalThis.runErrand = async (errand) => (await load()).run(errand);
