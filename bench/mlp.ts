/**
 * An MLP 784-512-256-128-64-10 on MNIST by Adam: the time of an epoch of 54,000 images in batches of
 * 32, and the accuracy on the test images after it, against PyTorch.
 *
 * @module
 */
import { join } from "node:path";
import { createHead } from "../core/nn/registry.ts";
import type { Samples } from "../core/nn/head.ts";
import { adam } from "../core/optim/adam.ts";
import type { Optimizer } from "../core/optim/optimizer.ts";
import { resolveHyperparameters } from "../core/optim/hyperparameters.ts";
import type { Core } from "../core/ops.ts";
import { stream } from "../core/random/stream.ts";
import { createWasmCore } from "../core/wasm/core.ts";
import { digest } from "../core/wasm/digest.ts";
import { readIdx } from "../data/formats/idx.ts";
import { median } from "./timing.ts";
import { runTorch } from "./torch.ts";

const TRAINED = 54_000;
const SEEDS = [1, 2, 3];
const STEPS_TIMED = 100;
const HIDDEN = [512, 256, 128, 64];

/** The times of epochs in seconds, and accuracies by seed. */
interface Epochs {
  seconds: number[];
  accuracies: number[];
}

/** Images and labels of one of MNIST's two parts, on a core. */
async function upload(core: Core, folder: string, part: "train" | "t10k"): Promise<Samples> {
  const read = async (kind: string) =>
    await readIdx(await Deno.readFile(join(folder, `${part}-${kind}-ubyte.gz`)), kind);
  const { data: pixels, shape } = await read("images-idx3");
  const { data: labels } = await read("labels-idx1");
  return {
    features: core.upload(Float32Array.from(pixels, (pixel) => pixel / 255), [shape[0], 784]),
    labels: core.uploadIntegers(Int32Array.from(labels), [shape[0]], { below: 10 }),
  };
}

/** An epoch for each seed, and a digest of all that was trained. */
async function train(threads: number, folder: string): Promise<Epochs & { trained: string }> {
  using core = await createWasmCore({ read: (url) => Deno.readFile(url), threads });
  const [training, test] = [
    await upload(core, folder, "train"),
    await upload(core, folder, "t10k"),
  ];
  const epochs: Epochs = { seconds: [], accuracies: [] };
  let trained = "";
  for (const seed of SEEDS) {
    const head = createHead(core, {
      name: "mlp",
      hidden: HIDDEN,
      activation: { kind: "relu" },
      batchNorm: false,
      dropout: 0,
    }, { inputs: 784, classes: 10 });
    head.initialize(stream(seed, "init"));
    const started = performance.now();
    await head.trainEpoch({
      ...training,
      rows: stream(seed, "shuffle").permutation(TRAINED),
      batchSize: 32,
      optimizer: adam,
      values: resolveHyperparameters(adam, {}),
    });
    epochs.seconds.push((performance.now() - started) / 1000);
    epochs.accuracies.push((await head.evaluate(test)).accuracy);
    for (const { data } of Object.values(await head.save())) {
      trained = await digest(new TextEncoder().encode(
        trained + await digest(new Uint8Array(data.buffer)),
      ));
    }
    head.dispose();
  }
  return { ...epochs, trained };
}

/**
 * Adam's updates alone: they read θ, g, m and v and write θ, m and v, 28 bytes a parameter for 14
 * operations, so that memory bounds them sooner than arithmetic.
 */
async function describeUpdates(threads: number): Promise<string> {
  using core = await createWasmCore({ read: (url) => Deno.readFile(url), threads });
  const widths = [784, ...HIDDEN, 10];
  const layers = HIDDEN.concat(10).map((outputs, i) => {
    const tensor = () => core.tensor([outputs, widths[i] + 1]);
    return { parameters: tensor(), gradient: tensor(), slots: [tensor(), tensor()] };
  });
  const optimizer: Optimizer = adam;
  const rule = optimizer.rule(resolveHyperparameters(adam, {}), 1);
  const times = Array.from({ length: 9 }, () => {
    const started = performance.now();
    for (let step = 0; step < STEPS_TIMED; step++) {
      for (const layer of layers) core.update({ ...layer, rule });
    }
    return (performance.now() - started) / 1000 / STEPS_TIMED;
  });
  const parameters = widths.slice(1).reduce((sum, width, i) => sum + width * (widths[i] + 1), 0);
  const epoch = median(times) * Math.ceil(TRAINED / 32);
  return `${epoch.toFixed(2)} s an epoch, ${
    (parameters * 28 / median(times) / 1e9).toFixed(1)
  } GB/s`;
}

function describe({ seconds, accuracies }: Epochs): string {
  const shares = accuracies.map((accuracy) => accuracy.toFixed(4));
  return `${median(seconds).toFixed(2)} s (${Math.min(...seconds).toFixed(2)}), test accuracy ${
    shares.join(" ")
  }`;
}

/** Measures and prints. */
export async function mlp(): Promise<void> {
  console.log(
    `mlp: 784-${
      HIDDEN.join("-")
    }-10 on MNIST, Adam, batch 32, one epoch of ${TRAINED}; median of ${SEEDS.length} seeds, the shortest in brackets`,
  );
  const mirror = Deno.env.get("CONSTAT_MIRROR");
  if (!mirror) {
    console.log("  skipped: set CONSTAT_MIRROR to a folder that holds mnist/");
    return;
  }
  const folder = join(mirror, "mnist");
  const digests = new Set<string>();
  let ours = Infinity;
  for (const threads of [...new Set([1, navigator.hardwareConcurrency])]) {
    const run = await train(threads, folder);
    digests.add(run.trained);
    ours = Math.min(ours, median(run.seconds));
    console.log(`  ours, ${threads} thread${threads === 1 ? " " : "s"}: ${describe(run)}`);
    console.log(`    of which Adam's updates: ${await describeUpdates(threads)}`);
  }
  console.log(`  ${digests.size === 1 ? "same digest" : "DIGESTS DIFFER"} with each`);
  let theirs = Infinity;
  for (const threads of [...new Set([1, navigator.hardwareConcurrency])]) {
    const torch = runTorch<Epochs>("mlp_torch.py", {
      folder,
      seeds: SEEDS,
      trained: TRAINED,
      threads,
    });
    if (!torch) return;
    theirs = Math.min(theirs, median(torch.results.seconds));
    console.log(
      `  PyTorch ${torch.version}, ${threads} thread${threads === 1 ? " " : "s"}: ${
        describe(torch.results)
      }`,
    );
  }
  console.log(`  ours : PyTorch, each at its best: ${(ours / theirs).toFixed(2)}`);
}
