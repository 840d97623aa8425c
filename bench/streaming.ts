/**
 * Training on embeddings that are read in windows against the same ones held in memory: the same
 * rows in the same order, each in a process of its own.
 *
 * @module
 */
import { createHash } from "node:crypto";
import process from "node:process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FeatureSource, StreamedSamples } from "../core/nn/feature_source.ts";
import type { Samples } from "../core/nn/head.ts";
import { createHead, type HeadDescription } from "../core/nn/registry.ts";
import { shuffledWindows, windowLayout } from "../core/nn/row_windows.ts";
import type { Core } from "../core/ops.ts";
import { adam } from "../core/optim/adam.ts";
import { resolveHyperparameters } from "../core/optim/hyperparameters.ts";
import { stream } from "../core/random/stream.ts";
import { createWasmCore } from "../core/wasm/core.ts";
import { readEmbeddingFile } from "../data/embedding_file.ts";
import { openInputFile } from "../pipeline/engine/input_file.ts";
import { median } from "./timing.ts";

const [ROWS, DIMENSION, CLASSES, BATCH, EPOCHS] = [200_000, 2048, 15, 32, 3];
const WINDOW = 64 << 20;
const ROUNDS = 3;

const HEADS: Record<string, HeadDescription> = {
  "softmax regression": { name: "softmax" },
  "MLP 256": { name: "mlp", hidden: [256], dropout: 0.5 },
};

/** What a process tells of one training. */
interface Outcome {
  /** Until the first epoch could begin, in seconds. */
  open: number;
  /** Each epoch, in seconds. */
  epochs: number[];
  peakMiB: number;
  /** SHA-256 of the parameters. */
  digest: string;
}

/** Writes the file, a block of rows at a time; its SHA-256. */
function generate(path: string): string {
  const [block, random] = [1000, stream(1, "test")];
  const entry = { dtype: "F32", shape: [ROWS, DIMENSION], data_offsets: [0, ROWS * DIMENSION * 4] };
  const text = JSON.stringify({ x: entry });
  const header = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  // Drawing 400 million normal numbers would take longer than all that is measured.
  const noise = new Float32Array((block + 1) * DIMENSION).map(() => random.normal());
  const hash = createHash("sha256");
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  const write = (bytes: Uint8Array) => {
    hash.update(bytes);
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  };
  write(length);
  write(header);
  for (let from = 0; from < ROWS; from += block) {
    const shift = random.integer(DIMENSION);
    const rows = noise.slice(shift, shift + block * DIMENSION);
    for (let i = 0; i < block; i++) rows[i * DIMENSION + (from + i) % CLASSES] += 1;
    write(new Uint8Array(rows.buffer));
  }
  return hash.digest("hex");
}

/** All rows in the core's memory. */
async function hold(core: Core, source: FeatureSource, labels: Int32Array): Promise<Samples> {
  const features = core.tensor([ROWS, DIMENSION]);
  const { shardRows } = windowLayout(DIMENSION, WINDOW);
  const shard = new Float32Array(shardRows * DIMENSION);
  for (let from = 0; from < ROWS; from += shardRows) {
    const to = Math.min(from + shardRows, ROWS);
    await source.read(from, to, shard);
    core.write(core.rows(features, from, to), shard.subarray(0, (to - from) * DIMENSION));
  }
  return { features, labels: core.uploadIntegers(labels, [ROWS], { below: CLASSES }) };
}

/** One training in this process. */
async function train(
  path: string,
  sha256: string,
  description: HeadDescription,
  isStreamed: boolean,
): Promise<Outcome> {
  const begin = performance.now();
  using core = await createWasmCore({ read: (url) => Deno.readFile(url) });
  using file = openInputFile(path, sha256);
  const source = await readEmbeddingFile(file);
  const labels = Int32Array.from({ length: ROWS }, (_, i) => i % CLASSES);
  const layout = windowLayout(DIMENSION, WINDOW);
  const samples: Samples | StreamedSamples = isStreamed
    ? { source, labels, classes: CLASSES, layout }
    : await hold(core, source, labels);
  const head = createHead(core, description, { inputs: DIMENSION, classes: CLASSES });
  head.initialize(stream(1, "init"), { dropout: stream(1, "dropout") });
  const values = resolveHyperparameters(adam, {});
  const all = Int32Array.from({ length: ROWS }, (_, i) => i);
  const open = (performance.now() - begin) / 1000;
  const epochs: number[] = [];
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const started = performance.now();
    const windows = shuffledWindows(all, layout, stream(1, "shuffle").sub(epoch));
    const settings = { batchSize: BATCH, optimizer: adam, values };
    if ("source" in samples) {
      await head.trainEpoch({ ...samples, ...settings, windows });
    } else {
      const rows = new Int32Array(ROWS);
      let at = 0;
      for (const window of windows) {
        rows.set(window.rows, at);
        at += window.rows.length;
      }
      await head.trainEpoch({ ...samples, ...settings, rows });
    }
    epochs.push((performance.now() - started) / 1000);
  }
  const hash = createHash("sha256");
  for (const { data } of Object.values(await head.save())) hash.update(new Uint8Array(data.buffer));
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  return { open, epochs, peakMiB, digest: hash.digest("hex") };
}

/** One training in a process of its own. */
function trainElsewhere(path: string, sha256: string, head: string, isStreamed: boolean): Outcome {
  const script = fileURLToPath(import.meta.url);
  const { success, stdout, stderr } = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-all", script, path, sha256, head, String(isStreamed)],
  }).outputSync();
  const text = new TextDecoder();
  if (!success) throw new Error(`The training failed: ${text.decode(stderr)}`);
  return JSON.parse(text.decode(stdout));
}

/** Measures and prints both, for each head. */
export async function streaming(): Promise<void> {
  const gib = (ROWS * DIMENSION * 4 / 2 ** 30).toFixed(2);
  console.log(
    `streaming: ${ROWS}×${DIMENSION} binary32 (${gib} GiB), batches of ${BATCH}, one thread; ` +
      `${ROUNDS} processes of ${EPOCHS} epochs each, in turns`,
  );
  const folder = await Deno.makeTempDir({ prefix: "constat-streaming-" });
  try {
    const path = join(folder, "embeddings.safetensors");
    const sha256 = generate(path);
    for (const head of Object.keys(HEADS)) {
      const outcomes: Record<"resident" | "streamed", Outcome[]> = { resident: [], streamed: [] };
      for (let round = 0; round < ROUNDS; round++) {
        outcomes.resident.push(trainElsewhere(path, sha256, head, false));
        outcomes.streamed.push(trainElsewhere(path, sha256, head, true));
      }
      console.log(`  ${head}`);
      const seconds: Record<string, number> = {};
      for (const [name, own] of Object.entries(outcomes)) {
        // The first epoch of a process still compiles, and checks what is streamed.
        const epochs = own.flatMap(({ epochs }) => epochs.slice(1));
        seconds[name] = median(epochs);
        const first = median(own.map(({ epochs }) => epochs[0]));
        console.log(
          `    ${name}  ${seconds[name].toFixed(2)} s an epoch (${
            Math.min(...epochs).toFixed(2)
          } to ${Math.max(...epochs).toFixed(2)}), ${
            Math.round(ROWS / seconds[name]).toLocaleString("en")
          } samples/s; the first ${first.toFixed(2)} s, before it ${
            median(own.map(({ open }) => open)).toFixed(2)
          } s; peak ${Math.max(...own.map(({ peakMiB }) => peakMiB)).toFixed(0)} MiB`,
        );
      }
      const digests = new Set(Object.values(outcomes).flat().map(({ digest }) => digest));
      const ratio = seconds.streamed / seconds.resident;
      console.log(`    streamed : resident  ${ratio.toFixed(2)} (bar: at most 1.30)`);
      console.log(
        `    parameters ${
          digests.size === 1 ? `equal, SHA-256 ${[...digests][0].slice(0, 16)}` : "DIFFER"
        }`,
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const [path, sha256, head, isStreamed] = Deno.args;
  const outcome = await train(path, sha256, HEADS[head], isStreamed === "true");
  console.log(JSON.stringify(outcome));
}
