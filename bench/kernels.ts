/**
 * The core's kernels on one thread: matrix products and steps of softmax regression, against the
 * machine's ceiling and against PyTorch.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { createSoftmaxRegression } from "../core/nn/softmax_regression.ts";
import { resolveHyperparameters } from "../core/optim/hyperparameters.ts";
import { sgd } from "../core/optim/sgd.ts";
import type { Core } from "../core/ops.ts";
import { stream } from "../core/random/stream.ts";
import { createWasmCore } from "../core/wasm/core.ts";
import { compileCeiling } from "./ceiling.ts";
import { type Sample, sample } from "./sample.ts";

/** A product C [m, n] over p, or a step of m samples with p inputs and n classes. */
interface Case {
  name: string;
  kind: "NN" | "NT" | "TN" | "step";
  m: number;
  n: number;
  p: number;
  /** Steps of an epoch that is timed as a whole. */
  steps: number;
}

const CASES: Case[] = [
  { name: "GEMM 512×512×512", kind: "NN", m: 512, n: 512, p: 512, steps: 1 },
  { name: "forward 256×2048→1000", kind: "NT", m: 256, n: 1000, p: 2048, steps: 1 },
  { name: "weight gradient 256×2048→1000", kind: "TN", m: 1000, n: 2048, p: 256, steps: 1 },
  { name: "input gradient 256×2048→1000", kind: "NN", m: 256, n: 2048, p: 1000, steps: 1 },
  { name: "forward 32×2048→15", kind: "NT", m: 32, n: 15, p: 2048, steps: 1 },
  { name: "weight gradient 32×2048→15", kind: "TN", m: 15, n: 2048, p: 32, steps: 1 },
  { name: "softmax step 256×2048→1000", kind: "step", m: 256, n: 1000, p: 2048, steps: 4 },
  { name: "softmax step 32×2048→15", kind: "step", m: 32, n: 15, p: 2048, steps: 100 },
  { name: "softmax step 128×784→10", kind: "step", m: 128, n: 10, p: 784, steps: 100 },
];

/** Operations of a case's products: a multiply-add counts two, a step has two products. */
function operations({ kind, m, n, p }: Case): number {
  return 2 * m * n * p * (kind === "step" ? 2 : 1);
}

function normal(seed: number, size: number): Float32Array {
  const random = stream(seed, "test");
  return new Float32Array(size).map(() => random.normal());
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
function epoch(core: Core, { m, n, p, steps }: Case): () => Promise<unknown> {
  const samples = m * steps;
  const random = stream(3, "test");
  const features = core.upload(normal(1, samples * p), [samples, p]);
  const targets = new Int32Array(samples).map(() => random.integer(n));
  const labels = core.uploadIntegers(targets, [samples], { below: n });
  const head = createSoftmaxRegression(core, { inputs: p, classes: n });
  head.initialize(stream(1, "init"));
  const rows = random.permutation(samples);
  const values = resolveHyperparameters(sgd, { learningRate: 0.01, momentum: 0.9 });
  return () => head.trainEpoch({ features, labels, rows, batchSize: m, optimizer: sgd, values });
}

type Peer = Record<string, Record<string, Sample>>;

/** PyTorch's times by case and threads; `undefined` and a word why where it is absent. */
function measureTorch(): { version: string; results: Peer } | undefined {
  const script = fileURLToPath(new URL("kernels_torch.py", import.meta.url));
  try {
    const { success, stdout, stderr } = new Deno.Command("/usr/bin/python3", {
      args: [script, JSON.stringify(CASES)],
    }).outputSync();
    const text = new TextDecoder();
    if (success) return JSON.parse(text.decode(stdout));
    const reason = text.decode(stderr).trim().split("\n").at(-1);
    console.log(`  PyTorch skipped (Debian: python3-torch): ${reason}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log("  PyTorch skipped: there is no /usr/bin/python3");
  }
  return undefined;
}

/** Measures and prints the table. */
export async function kernels(): Promise<void> {
  const ceiling = await compileCeiling();
  const core = await createWasmCore({ read: (url) => Deno.readFile(url) });
  console.log(`kernels: ${core.name}, one thread; medians, the shortest in brackets`);
  const rate = (operations: number, ms: number) => operations / ms / 1e6;
  const { median, least } = await sample(ceiling.run);
  const most = rate(ceiling.operations, least);
  console.log(
    `  ceiling of 128-bit multiply-adds: ${rate(ceiling.operations, median).toFixed(1)} GFLOP/s (${
      most.toFixed(1)
    }); shares are of the latter`,
  );
  const torch = measureTorch();
  const lines = [[
    "",
    "ms",
    "GFLOP/s",
    "share of ceiling",
    torch ? `PyTorch ${torch.version} ms` : "",
    torch ? "ours : PyTorch" : "",
  ]];
  for (const item of CASES) {
    core.reset();
    const ours = await sample(
      item.kind === "step" ? epoch(core, item) : product(core, item),
      { times: item.steps },
    );
    const both = (format: (ms: number) => string) =>
      `${format(ours.median)} (${format(ours.least)})`;
    const share = (ms: number) => `${(rate(operations(item), ms) / most * 100).toFixed(0)} %`;
    const line = [
      item.name,
      both((ms) => ms.toPrecision(3)),
      both((ms) => rate(operations(item), ms).toFixed(1)),
      both(share),
    ];
    if (torch) {
      const [[threads, best]] = Object.entries(torch.results[item.name])
        .sort(([, a], [, b]) => a.median - b.median);
      line.push(
        `${best.median.toPrecision(3)} (${best.least.toPrecision(3)}), ${threads} thread${
          threads === "1" ? "" : "s"
        }`,
        `${(ours.median / best.median).toFixed(2)} (${(ours.least / best.least).toFixed(2)})`,
      );
    }
    lines.push(line);
  }
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  for (const line of lines) {
    console.log(`  ${line.map((text, i) => text.padEnd(widths[i])).join("  ").trimEnd()}`);
  }
}
