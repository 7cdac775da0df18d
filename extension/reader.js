/**
 * The careful reader's Worker. Gets `{id, request}` and answers each with `{id, reading}` or `{id, error}`.
 * Whoever started it ends it.
 */
import init, { CarefulReader, ModelFile } from "./wasm/reader.js";

const starting = start();
// Whoever asks is told; until somebody does, it is nobody's fault.
starting.catch(() => {});

async function start() {
  const [model] = await Promise.all([fetch("model/reader.safetensors"), init()]);
  if (!model.ok) throw new Error(`the model could not be read: ${model.status}`);
  const file = new ModelFile();
  for await (const piece of model.body) file.add(piece);
  return new CarefulReader(file);
}

addEventListener("message", async ({ data: { id, request } }) => {
  try {
    const reader = await starting;
    postMessage({ id, reading: reader.read(request) });
  } catch (error) {
    postMessage({ id, error: String(error?.message ?? error) });
  }
});
