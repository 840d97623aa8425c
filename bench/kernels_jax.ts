/**
 * jax-js's times for the cases of the kernels on its wasm device, with as many threads as the
 * argument says: JSON as `kernels_peers.ts` takes it.
 *
 * @module
 */
import type { numpy } from "@jax-js/jax";
import project from "../deno.json" with { type: "json" };
import { type Case, CASES, normal, samples } from "./kernels_cases.ts";
import { type Sample, sample } from "./sample.ts";

// It starts a thread for each core that the navigator tells of, and is loaded after that is said.
Object.defineProperty(navigator, "hardwareConcurrency", { value: Number(Deno.args[0]) });
const { blockUntilReady, defaultDevice, init, jit, nn, numpy: np, valueAndGrad } = await import(
  "@jax-js/jax"
);

function put(seed: number, rows: number, columns: number): numpy.Array {
  return np.array(normal(seed, rows * columns)).reshape([rows, columns]);
}

/** A product, compiled. Arguments are given away: `ref` keeps what is used again. */
function product({ kind, m, n, p }: Case): () => Promise<void> {
  const a = kind === "TN" ? put(1, p, m) : put(1, m, p);
  const b = kind === "NT" ? put(2, n, p) : put(2, p, n);
  const multiply = jit((a: numpy.Array, b: numpy.Array) =>
    np.matmul(kind === "TN" ? np.transpose(a) : a, kind === "NT" ? np.transpose(b) : b)
  );
  return async () => {
    const c = multiply(a.ref, b.ref);
    await c.blockUntilReady();
    c.dispose();
  };
}

type Parameters = { w: numpy.Array; b: numpy.Array };
type State = { parameters: Parameters; velocity: Parameters };

/** An epoch of softmax regression by SGD with momentum, differentiated and compiled. */
function epoch(item: Case): () => Promise<void> {
  const { m, n, p, steps } = item;
  const { count, features, labels, rows } = samples(item);
  const x = np.array(features).reshape([count, p]);
  const y = np.array(labels, { dtype: np.int32 });
  const batches = Array.from(
    { length: steps },
    (_, i) => np.array(rows.slice(i * m, (i + 1) * m), { dtype: np.int32 }),
  );
  const loss = ({ w, b }: Parameters, input: numpy.Array, label: numpy.Array) =>
    nn.logSoftmax(np.matmul(input, w).add(b)).mul(nn.oneHot(label, n)).sum().mul(-1 / m);
  const step = jit(
    (
      { parameters: { w, b }, velocity }: State,
      x: numpy.Array,
      y: numpy.Array,
      batch: numpy.Array,
    ): [State, numpy.Array] => {
      const [value, gradient] = valueAndGrad(loss)(
        { w: w.ref, b: b.ref },
        np.take(x, batch.ref, 0),
        np.take(y, batch, 0),
      );
      const vw = velocity.w.mul(0.9).add(gradient.w), vb = velocity.b.mul(0.9).add(gradient.b);
      const next = { w: w.sub(vw.ref.mul(0.01)), b: b.sub(vb.ref.mul(0.01)) };
      return [{ parameters: next, velocity: { w: vw, b: vb } }, value];
    },
  );
  const zeros = () => ({ w: np.zeros([p, n]), b: np.zeros([n]) });
  let state: State = { parameters: zeros(), velocity: zeros() };
  return async () => {
    for (const batch of batches) {
      const [next, value] = step(state, x.ref, y.ref, batch.ref);
      value.dispose();
      state = next;
    }
    await blockUntilReady(state);
  };
}

await init("wasm");
defaultDevice("wasm");
const results: Record<string, Sample> = {};
for (const item of CASES) {
  const run = item.kind === "step" ? epoch(item) : product(item);
  results[item.name] = await sample(run, { times: item.steps, budget: 500 });
}
console.log(
  JSON.stringify({ version: project.imports["@jax-js/jax"].split("@").at(-1), results }),
);
Deno.exit(); // its threads would wait for more
