/**
 * A random forest of 200 trees on 2,400 embeddings like those of HOG, of 15 classes, on one thread:
 * seconds and the accuracy on 600 others, against scikit-learn on the same bytes, in turns.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { argmax } from "../core/fitted/argmax.ts";
import { fitForest, type ForestOptions } from "../core/forest/fit_forest.ts";
import { predictForest } from "../core/forest/forest.ts";
import { createWasmGrower } from "../core/forest/wasm_grower.ts";
import { stream } from "../core/random/stream.ts";
import { runPeer } from "./peer.ts";
import { describeTimes, median } from "./timing.ts";

const [TRAINED, TESTED, DIMENSION, CLASSES] = [2400, 600, 1764, 15];
const SEEDS = [0, 1, 2];
const OPTIONS: ForestOptions = {
  trees: 200,
  maxFeatures: "sqrt",
  maxDepth: null,
  minLeaf: 1,
  bins: 256,
  bootstrap: true,
  classWeight: "uniform",
};

/** One forest. */
interface Outcome {
  seconds: number;
  accuracy: number;
  outOfBag: number;
  /** Nodes of a tree, mean. */
  nodes: number;
}

interface PeerOutcome extends Outcome {
  version: string;
}

/** Histograms of gradients are not negative, many are 0, and a class shifts all of them a little. */
function generate(): Float32Array<ArrayBuffer> {
  const random = stream(1, "test");
  const centres = Float32Array.from({ length: CLASSES * DIMENSION }, () => 0.03 * random.normal());
  return Float32Array.from({ length: (TRAINED + TESTED) * DIMENSION }, (_, at) => {
    const centre = (Math.floor(at / DIMENSION) % CLASSES) * DIMENSION + at % DIMENSION;
    return Math.max(0, 0.1 + 0.1 * random.normal() + centres[centre]);
  });
}

async function grow(all: Float32Array<ArrayBuffer>, seed: number): Promise<Outcome> {
  const x = all.slice(0, TRAINED * DIMENSION);
  const labels = Int32Array.from({ length: TRAINED }, (_, i) => i % CLASSES);
  const started = performance.now();
  const { forest, outOfBag } = await fitForest(
    { x, labels, dimension: DIMENSION, classes: CLASSES },
    OPTIONS,
    {
      seed,
      createGrower: (samples, limits) =>
        createWasmGrower(samples, limits, (url) => Deno.readFile(url)),
    },
  );
  const seconds = (performance.now() - started) / 1000;
  const p = predictForest(forest, all.subarray(TRAINED * DIMENSION), TESTED);
  let correct = 0;
  for (let i = 0; i < TESTED; i++) {
    const own = p.subarray(i * CLASSES, (i + 1) * CLASSES);
    if (argmax(own) === (TRAINED + i) % CLASSES) correct++;
  }
  return {
    seconds,
    accuracy: correct / TESTED,
    outOfBag: outOfBag!.accuracy,
    nodes: forest.features.length / OPTIONS.trees,
  };
}

function describe(outcomes: readonly Outcome[]): string {
  const shares = (name: "accuracy" | "outOfBag") =>
    outcomes.map((own) => own[name].toFixed(3)).join(" ");
  return `${describeTimes(outcomes.map(({ seconds }) => seconds))}, accuracy ${
    shares("accuracy")
  }, out of bag ${shares("outOfBag")}, ${
    median(outcomes.map(({ nodes }) => nodes)).toFixed(0)
  } nodes a tree`;
}

/** Measures and prints. */
export async function forest(): Promise<void> {
  console.log(
    `forest: ${OPTIONS.trees} trees on ${TRAINED}×${DIMENSION}, ${CLASSES} classes, one thread, with ` +
      `the out-of-bag score; median of ${SEEDS.length} seeds after one to warm up, in turns`,
  );
  const all = generate();
  const folder = await Deno.makeTempDir({ prefix: "constat-forest-" });
  try {
    const path = join(folder, "x.f32");
    await Deno.writeFile(path, new Uint8Array(all.buffer));
    const script = fileURLToPath(new URL("forest_sklearn.py", import.meta.url));
    const sizes = [TRAINED, DIMENSION, CLASSES, OPTIONS.trees].map(String);
    const ours: Outcome[] = [];
    const theirs: PeerOutcome[] = [];
    await grow(all, SEEDS[0]);
    for (const seed of SEEDS) {
      ours.push(await grow(all, seed));
      const peer = runPeer<PeerOutcome>({
        name: "scikit-learn",
        source: "Debian: python3-sklearn",
        command: "/usr/bin/python3",
        args: [script, path, ...sizes, String(seed)],
      });
      if (peer === undefined) break;
      theirs.push(peer);
    }
    console.log(`  ours: ${describe(ours)}`);
    if (theirs.length === 0) return;
    console.log(`  scikit-learn ${theirs[0].version}: ${describe(theirs)}`);
    const ratio = median(ours.map(({ seconds }) => seconds)) /
      median(theirs.map(({ seconds }) => seconds));
    console.log(`  ours : scikit-learn: ${ratio.toFixed(2)} (bar: at most 3.00)`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
