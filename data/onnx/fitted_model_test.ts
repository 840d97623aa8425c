import assert from "node:assert/strict";
import * as onnx from "onnxruntime-web";
import type { FittedArrays } from "../../core/fitted/fitted_head.ts";
import type { FittedDescription } from "../../core/fitted/registry.ts";
import { stream } from "../../core/random/stream.ts";
import { mirrored, mirrorFolder } from "../../testing/mirror.ts";
import { needs } from "../../testing/require.ts";
import { readIdx } from "../formats/idx.ts";
import { encodeOnnx } from "../formats/onnx.ts";
import { fittedModel } from "./fitted_model.ts";
import {
  fit,
  FITTED_HEADS,
  type FittedCase,
  FOREST,
  hogRows,
  letterforms,
  ownAnswers,
  tiedRows,
} from "./testing/fitted_heads.ts";

onnx.env.wasm.numThreads = 1;

const options = (classes: number) => ({
  ...{ name: "test", description: "A test." },
  classes: Array.from({ length: classes }, (_, c) => `class ${c}`),
});

/** Answers of onnxruntime to the queries of a case. */
async function runModel(
  head: FittedDescription,
  arrays: FittedArrays,
  { samples, queries, count }: FittedCase,
): Promise<{ probabilities: Float32Array; predicted: number[] }> {
  const { dimension, classes } = samples;
  const model = fittedModel(head, arrays, samples, options(classes));
  const session = await onnx.InferenceSession.create(await encodeOnnx(model));
  assert.deepEqual(session.inputNames, ["embeddings"]);
  assert.deepEqual(session.outputNames, ["predicted", "probabilities"]);
  const { predicted, probabilities } = await session.run({
    embeddings: new onnx.Tensor("float32", queries, [count, dimension]),
  });
  assert.deepEqual(predicted.dims, [count]);
  assert.deepEqual(probabilities.dims, [count, classes]);
  await session.release();
  return {
    probabilities: probabilities.data as Float32Array,
    predicted: Array.from(predicted.data as BigInt64Array, Number),
  };
}

/** Holds onnxruntime to the answers of a head; gives how many classes were answered. */
async function compare(head: FittedDescription, given: FittedCase): Promise<number> {
  const arrays = await fit(head, given);
  const own = await ownAnswers(head, arrays, given);
  const found = await runModel(head, arrays, given);
  const what = JSON.stringify(head);
  assert.deepEqual(found.predicted, [...own.predicted], what);
  // A forest's sums are rounded otherwise, and the runtime has an exponential function of its own.
  const tolerance = head.name === "knn" ? 0 : 2 ** -24;
  const worst = Math.max(...own.probabilities.map((p, i) => Math.abs(p - found.probabilities[i])));
  assert(worst <= tolerance, `the greatest difference is ${worst}: ${what}`);
  return new Set(found.predicted).size;
}

Deno.test("onnxruntime answers as heads fitted to letters do", async () => {
  const given = await letterforms();
  for (const head of FITTED_HEADS) {
    // Constant answers would agree whatever the head did; three trees of two splits know few classes.
    assert(await compare(head, given) > (head === FITTED_HEADS[2] ? 3 : 10), JSON.stringify(head));
  }
});

Deno.test({
  name: "onnxruntime answers as heads fitted to Fashion-MNIST do",
  ...needs(mirrored("fashion-mnist")),
  async fn() {
    const read = async (name: string) =>
      await readIdx(await Deno.readFile(`${mirrorFolder()}/fashion-mnist/t10k-${name}-ubyte.gz`));
    const [images, labels] = [await read("images-idx3"), await read("labels-idx1")];
    const given = hogRows(images.data, labels.data.subarray(0, 700), 28, 10);
    for (const head of FITTED_HEADS) assert(await compare(head, given) > 3, JSON.stringify(head));
  },
});

for (const [dimension, classes] of [[1, 2], [2, 3], [3, 2], [5, 4]]) {
  Deno.test(`equally near rows, rows twice and rows of zeros: ${dimension} features, ${classes} classes`, async () => {
    const given = tiedRows(dimension, classes);
    for (const head of FITTED_HEADS) {
      await compare(head.name === "forest" ? { ...head, maxFeatures: "all" } : head, given);
    }
  });
}

/** Rows of one number. */
function column(rows: number[], labels: number[], queries: number[], classes = 2): FittedCase {
  return {
    samples: {
      x: Float32Array.from(rows),
      labels: Int32Array.from(labels),
      ...{ dimension: 1, classes },
    },
    queries: Float32Array.from(queries),
    count: queries.length,
  };
}

Deno.test("a value goes left up to the threshold itself, and right from the next float32 on", async () => {
  // Halfway between the two values.
  const edge = 0.75;
  const next = new Float32Array(new Uint32Array([0x3f400001]).buffer)[0];
  const given = column([0.5, 1], [0, 1], [0.5, edge, next, 1]);
  const head = { ...FOREST, trees: 1, bootstrap: false };
  const arrays = await fit(head, given);
  assert.equal(arrays.thresholds.data[0], edge);
  assert.deepEqual((await runModel(head, arrays, given)).predicted, [0, 0, 1, 1]);
});

Deno.test("forests of leaves alone, and of one class of two", async () => {
  const rows = [0, 1, 2, 3, 4];
  await compare({ ...FOREST, minLeaf: 5 }, column(rows, [0, 1, 1, 0, 1], [2, 9]));
  await compare(FOREST, column(rows, [1, 1, 1, 1, 1], [2, 9]));
  await compare(FOREST, column(rows, [0, 0, 0, 0, 0], [2, 9]));
});

Deno.test("all rows are neighbours, those at distance 0 vote alone", async () => {
  const head = { name: "knn", neighbors: 6, metric: "euclidean", weights: "distance" } as const;
  const given = column([3, 3, 3, 5, 4, 7], [1, 0, 1, 0, 1, 0], [3, 4, 5, 6, 3.5]);
  await compare(head, given);
  const { probabilities } = await runModel(head, await fit(head, given), given);
  assert.deepEqual([...probabilities.slice(0, 4)], [Math.fround(1 / 3), Math.fround(2 / 3), 0, 1]);
});

Deno.test("rows that are multiples of each other lie at one angle", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => [3, 4].map((value) => value * (60 - i)));
  const given = {
    samples: {
      x: Float32Array.from(rows.flat()),
      labels: Int32Array.from(rows, (_, i) => (i * 7 >> 2) % 4),
      ...{ dimension: 2, classes: 4 },
    },
    queries: Float32Array.from([[6, 8], [0, 7], [3, 4.5], [-3, -4], [0, 0]].flat()),
    count: 5,
  };
  for (const head of FITTED_HEADS.filter(({ name }) => name !== "forest")) {
    await compare(head, given);
  }
});

Deno.test("distances that differ by the order of their sums alone", async () => {
  // Each row has the same numbers in another order, and a query has one number everywhere.
  const [dimension, classes] = [16, 50];
  const random = stream(1, "data");
  const values = Array.from({ length: dimension }, () => random.normal());
  const rows = Array.from({ length: classes }, () => random.permutation(dimension));
  const queries = Array.from({ length: 40 }, () => new Array(dimension).fill(random.normal()));
  const given = {
    samples: {
      x: Float32Array.from(rows.flatMap((row) => Array.from(row, (i) => values[i]))),
      labels: Int32Array.from(rows.keys()),
      ...{ dimension, classes },
    },
    queries: Float32Array.from(queries.flat()),
    count: queries.length,
  };
  for (const head of FITTED_HEADS.filter(({ name }) => name !== "forest")) {
    if (head.name === "centroid" && head.shrinkage > 0) continue;
    await compare(head, given);
  }
});

Deno.test("rows far from 0 and near to each other, and queries far from all of them", async () => {
  const { samples, queries, count } = await letterforms(8);
  const shift = (x: Float32Array<ArrayBuffer>) => x.map((value) => 1000 + value / 100);
  const far = { samples: { ...samples, x: shift(samples.x) }, queries: shift(queries), count };
  const away = { samples, queries: queries.map((value) => value * 1e4), count };
  for (const head of FITTED_HEADS) {
    await compare(head, far);
    await compare(head, away);
  }
});

Deno.test("a head needs a name for each class, and its arrays", async () => {
  const given = tiedRows(2, 3);
  const head = FITTED_HEADS.find(({ name }) => name === "centroid")!;
  const arrays = await fit(head, given);
  assert.throws(
    () => fittedModel(head, arrays, given.samples, options(2)),
    /head centroid as it needs 3 names of classes: current number is 2/,
  );
  const { scale: _, ...others } = arrays;
  assert.throws(
    () => fittedModel(head, others, given.samples, options(3)),
    /its array scale must be F32 \[1\]: current one is none/,
  );
});
