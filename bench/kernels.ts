/**
 * The core's kernels, on one thread and on all: matrix products and steps of softmax regression,
 * against the machine's ceiling and against peers.
 *
 * @module
 */
import { createSoftmaxRegression } from "../core/nn/softmax_regression.ts";
import { resolveHyperparameters } from "../core/optim/hyperparameters.ts";
import { sgd } from "../core/optim/sgd.ts";
import type { Core } from "../core/ops.ts";
import { stream } from "../core/random/stream.ts";
import { createWasmCore } from "../core/wasm/core.ts";
import { compileCeiling } from "./ceiling.ts";
import { type Case, CASES, normal, samples } from "./kernels_cases.ts";
import { best, measurePeers } from "./kernels_peers.ts";
import { sample } from "./sample.ts";

/** Operations of a case's products: a multiply-add counts two, a step has two products. */
function operations({ kind, m, n, p }: Case): number {
  return 2 * m * n * p * (kind === "step" ? 2 : 1);
}

/** One product, as the dense layer's operations have it. */
function product(core: Core, { kind, m, n, p }: Case): () => void {
  const put = (seed: number, rows: number, columns: number) =>
    core.upload(normal(seed, rows * columns), [rows, columns]);
  const output = core.tensor([m, n]);
  if (kind === "NT") {
    const [input, weight] = [put(1, m, p), put(2, n, p)];
    return () => core.dense({ input, weight, output });
  }
  if (kind === "TN") {
    const [outputGradient, input] = [put(1, p, m), put(2, p, n)];
    return () => core.denseGradient({ outputGradient, input, weightGradient: output });
  }
  const [outputGradient, weight] = [put(1, m, p), put(2, p, n)];
  return () => core.denseGradient({ outputGradient, weight, inputGradient: output });
}

/** An epoch of softmax regression by SGD with momentum. */
function epoch(core: Core, item: Case): () => Promise<unknown> {
  const { m, n, p } = item;
  const { count, features, labels, rows } = samples(item);
  const head = createSoftmaxRegression(core, { inputs: p, classes: n });
  head.initialize(stream(1, "init"));
  const options = {
    features: core.upload(features, [count, p]),
    labels: core.uploadIntegers(labels, [count], { below: n }),
    rows,
    batchSize: m,
    optimizer: sgd,
    values: resolveHyperparameters(sgd, { learningRate: 0.01, momentum: 0.9 }),
  };
  return () => head.trainEpoch(options);
}

/** Measures and prints the table. */
export async function kernels(): Promise<void> {
  const ceiling = await compileCeiling();
  const read = (url: URL) => Deno.readFile(url);
  using core = await createWasmCore({ read });
  using shared = await createWasmCore({ read, threads: navigator.hardwareConcurrency });
  console.log(
    `kernels: ${core.name}, and ${shared.name}; medians, the shortest in brackets; ratios are of the latter`,
  );
  console.log(
    "  peers with the threads that serve them best; TensorFlow.js and jax-js on WebAssembly",
  );
  const rate = (operations: number, ms: number) => operations / ms / 1e6;
  const { median, least } = await sample(ceiling.run);
  const most = rate(ceiling.operations, least);
  console.log(
    `  ceiling of 128-bit multiply-adds: ${rate(ceiling.operations, median).toFixed(1)} GFLOP/s (${
      most.toFixed(1)
    }); shares are of the latter`,
  );
  const peers = measurePeers();
  const heading = peers.flatMap(({ name, version }) => [`${name} ${version} ms`, `ours : ${name}`]);
  const lines = [["", "ms", "GFLOP/s", "share of ceiling", "ms on all", "times", ...heading]];
  for (const item of CASES) {
    const measure = async (on: Core) => {
      on.reset();
      const run = item.kind === "step" ? epoch(on, item) : product(on, item);
      return await sample(run, { times: item.steps });
    };
    const ours = await measure(core);
    const all = await measure(shared);
    const both = (format: (ms: number) => string) =>
      `${format(ours.median)} (${format(ours.least)})`;
    const share = (ms: number) => `${(rate(operations(item), ms) / most * 100).toFixed(0)} %`;
    const line = [
      item.name,
      both((ms) => ms.toPrecision(3)),
      both((ms) => rate(operations(item), ms).toFixed(1)),
      both(share),
      `${all.median.toPrecision(3)} (${all.least.toPrecision(3)})`,
      `${(ours.median / all.median).toFixed(2)} (${(ours.least / all.least).toFixed(2)})`,
    ];
    for (const peer of peers) {
      const { median, least, threads } = best(peer, item.name);
      const on = `${threads} thread${threads === 1 ? "" : "s"}`;
      line.push(
        `${median.toPrecision(3)} (${least.toPrecision(3)}), ${on}`,
        `${(all.median / median).toFixed(2)} (${(all.least / least).toFixed(2)})`,
      );
    }
    lines.push(line);
  }
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  for (const line of lines) {
    console.log(`  ${line.map((text, i) => text.padEnd(widths[i])).join("  ").trimEnd()}`);
  }
}
