/** What pages beside webmail need only after a draft, from a module that is loaded then. */

/** @type {Promise<typeof import("./wasm/promises.js")> | undefined} */
let loading;

function load() {
  loading ??= import("./wasm/promises.js").then(async (module) => {
    await module.default();
    return module;
  });
  return loading;
}

/** What a mail promises that is being sent. */
globalThis.promisesOf = async (sent) => (await load()).promised(sent);

/** Works out anew what the background reminds of. */
globalThis.planAnew = () => load().then((module) => module.plan()).catch((error) => console.debug("Candor:", error));
