/**
 * A sweep as studies have it: softmax regression 20,000 × 2048 → 100 by SGD with momentum, five
 * epochs for each of eleven weight decays, as many at once as there are cores, against the same loop
 * in PyTorch.
 *
 * @module
 */
import { CLASSES, DIMENSION, EPOCHS, SAMPLES } from "./decays_samples.ts";
import { runTorch } from "./torch.ts";

const DECAYS = [0, 1e-7, 1e-6, 1e-5, 3.16e-5, 1e-4, 3.16e-4, 1e-3, 3.16e-3, 1e-2, 3.16e-2];

/** Starts workers that have their samples ready. */
async function startWorkers(count: number): Promise<Worker[]> {
  return await Promise.all(Array.from({ length: count }, () => {
    const worker = new Worker(new URL("./decays_worker.ts", import.meta.url), { type: "module" });
    return new Promise<Worker>((resolve) => {
      worker.onmessage = () => resolve(worker);
    });
  }));
}

/** Trains for each decay, each worker taking the next one; digests of the weights by decay. */
async function sweep(workers: readonly Worker[]): Promise<string[]> {
  const digests: string[] = [];
  let next = 0;
  await Promise.all(workers.map(async (worker) => {
    while (next < DECAYS.length) {
      const index = next++;
      digests[index] = await new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.postMessage(DECAYS[index]);
      });
    }
  }));
  return digests;
}

/** Measures and prints. */
export async function decays(): Promise<void> {
  const cores = navigator.hardwareConcurrency;
  const workers = await startWorkers(cores);
  const taken: number[] = [];
  const digests = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    digests.add((await sweep(workers)).join());
    taken.push((performance.now() - started) / 1000);
  }
  for (const worker of workers) worker.terminate();
  const ours = taken.sort((a, b) => a - b)[1];
  console.log(
    `decays: eleven weight decays on ${SAMPLES}×${DIMENSION}→${CLASSES}, ${EPOCHS} epochs each`,
  );
  const steps = DECAYS.length * EPOCHS * Math.ceil(SAMPLES / 256);
  const operations = DECAYS.length * EPOCHS * SAMPLES * DIMENSION * CLASSES * 4;
  console.log(
    `  ours, ${cores} at once: ${ours.toFixed(2)} s (median of 3), ${steps} steps, ${
      (operations / ours / 1e9).toFixed(0)
    } GFLOP/s in products; ${digests.size === 1 ? "same digests" : "DIGESTS DIFFER"} in all runs`,
  );
  const torch = runTorch<Record<string, number[]>>("decays_torch.py", {
    samples: SAMPLES,
    dimension: DIMENSION,
    classes: CLASSES,
    epochs: EPOCHS,
    decays: DECAYS,
  });
  if (!torch) return;
  const medians = Object.entries(torch.results)
    .map(([threads, seconds]): [string, number] => [threads, seconds.sort((a, b) => a - b)[1]])
    .sort(([, a], [, b]) => a - b);
  const [[threads, best]] = medians;
  console.log(
    `  PyTorch ${torch.version}, ${threads} thread${threads === "1" ? "" : "s"} (its best): ${
      best.toFixed(2)
    } s; ours : PyTorch ${(ours / best).toFixed(2)}`,
  );
}
