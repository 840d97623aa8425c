/**
 * TensorFlow.js's times for the cases of the kernels on its wasm backend: JSON as
 * `kernels_peers.ts` takes it.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { type Case, CASES, normal, samples } from "./kernels_cases.ts";
import { type Sample, sample } from "./sample.ts";

/** Whether to transpose by hand what its own products, and so its gradients, do far more slowly. */
const byHand = Deno.args[1] === "by-hand";

/** A product. */
function product({ kind, m, n, p }: Case): () => void {
  const put = (seed: number, rows: number, columns: number) =>
    tf.tensor2d(normal(seed, rows * columns), [rows, columns]);
  const a = kind === "TN" ? put(1, p, m) : put(1, m, p);
  const b = kind === "NT" ? put(2, n, p) : put(2, p, n);
  return () =>
    tf.tidy(() => {
      if (byHand) {
        tf.matMul(kind === "TN" ? tf.transpose(a) : a, kind === "NT" ? tf.transpose(b) : b);
      } else tf.matMul(a, b, kind === "TN", kind === "NT");
    });
}

function weightGradient(input: tf.Tensor2D, gradient: tf.Tensor2D): tf.Tensor2D {
  return byHand
    ? tf.matMul(tf.transpose(input), gradient)
    : tf.matMul(input, gradient, true, false);
}

/** An epoch of softmax regression by SGD with momentum, its gradient written out. */
function epoch(item: Case): () => void {
  const { m, n, p, steps } = item;
  const { count, features, labels, rows } = samples(item);
  const [x, y] = [tf.tensor2d(features, [count, p]), tf.tensor1d(labels, "int32")];
  const batches = Array.from(
    { length: steps },
    (_, i) => tf.tensor1d(rows.slice(i * m, (i + 1) * m), "int32"),
  );
  let state: tf.Tensor[] = [[p, n], [n], [p, n], [n]].map((shape) => tf.zeros(shape));
  const step = (batch: tf.Tensor1D) =>
    tf.tidy(() => {
      const [w, b, vw, vb] = state as [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D, tf.Tensor1D];
      const input = tf.gather(x, batch);
      const targets = tf.oneHot(tf.gather(y, batch), n);
      const logProbabilities = tf.logSoftmax(tf.add(tf.matMul(input, w), b));
      tf.neg(tf.mean(tf.sum(tf.mul(logProbabilities, targets), 1)));
      const gradient: tf.Tensor2D = tf.div(tf.sub(tf.exp(logProbabilities), targets), m);
      const nextW = tf.add(tf.mul(vw, 0.9), weightGradient(input, gradient));
      const nextB = tf.add(tf.mul(vb, 0.9), tf.sum(gradient, 0));
      return [tf.sub(w, tf.mul(nextW, 0.01)), tf.sub(b, tf.mul(nextB, 0.01)), nextW, nextB];
    });
  return () => {
    for (const batch of batches) {
      const next = step(batch);
      tf.dispose(state);
      state = next;
    }
  };
}

await tf.setBackend("wasm");
const results: Record<string, Sample> = {};
for (const item of CASES) {
  tf.engine().startScope();
  const run = item.kind === "step" ? epoch(item) : product(item);
  results[item.name] = await sample(run, { times: item.steps, budget: 500 });
  tf.engine().endScope();
}
console.log(JSON.stringify({ version: tf.version_core, results }));
