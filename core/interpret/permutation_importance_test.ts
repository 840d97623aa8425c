import assert from "node:assert/strict";
import { type FeatureGroup, groupCells, groupRuns } from "./feature_groups.ts";
import { type AnswerScores, permutationImportance } from "./permutation_importance.ts";
import fixture from "./testdata/permutation_importance.json" with { type: "json" };

/** Softmax regression in binary64, written out. */
function score(x: Float32Array): Promise<AnswerScores> {
  const { dimension: d, classes: k, weights, bias, labels } = fixture;
  let right = 0;
  let loss = 0;
  labels.forEach((label, i) => {
    const logits = bias.map((b, c) => {
      let z = b;
      for (let j = 0; j < d; j++) z += weights[c * d + j] * x[i * d + j];
      return z;
    });
    if (logits.indexOf(Math.max(...logits)) === label) right++;
    loss += Math.log(logits.reduce((sum, z) => sum + Math.exp(z - logits[label]), 0));
  });
  const n = labels.length;
  assert.equal(x.length, n * d);
  assert.equal(k, bias.length);
  return Promise.resolve({ accuracy: right / n, logLoss: loss / n });
}

const group = (columns: number[]): FeatureGroup => ({
  name: columns.join("+"),
  columns: Int32Array.from(columns),
});

const options = {
  features: Float32Array.from(fixture.x),
  dimension: fixture.dimension,
  groups: fixture.groups.map(group),
  permutations: fixture.permutations.map((order) => Int32Array.from(order)),
  score,
};

Deno.test("permutationImportance() is scikit-learn's, of single dimensions and of groups", async () => {
  const before = options.features.slice();
  const { groups } = await permutationImportance(options);
  assert.equal(groups.length, 8);
  groups.forEach(({ accuracyDrops, logLossRises }, i) => {
    fixture.accuracyDrops[i].forEach((drop, r) => {
      assert.ok(Math.abs(accuracyDrops[r] - drop) < 1e-12, `accuracy of ${i}, ${r}`);
      const difference = Math.abs(logLossRises[r] - fixture.logLossRises[i][r]);
      assert.ok(difference < 1e-9, `log loss of ${i}, ${r}: ${difference}`);
    });
  });
  assert.deepEqual(options.features, before);
  // The model gives the fifth dimension no weight.
  assert.deepEqual(groups[4].accuracyDrops, [0, 0, 0, 0]);
  assert.deepEqual(groups[4].logLossRises, [0, 0, 0, 0]);
  assert.ok(groups[0].logLossRises.every((rise) => rise > 0));
});

Deno.test("permutationImportance() of one group is the score of features put together by hand", async () => {
  const [permutation] = options.permutations;
  const { baseline, groups: [own] } = await permutationImportance({
    ...options,
    groups: [group([1, 2])],
  });
  const { dimension: d } = fixture;
  const x = options.features.map((value, at) => {
    const [row, column] = [Math.floor(at / d), at % d];
    return column === 1 || column === 2 ? options.features[permutation[row] * d + column] : value;
  });
  const by = await score(x);
  const whole = await score(options.features);
  assert.deepEqual(baseline, whole);
  assert.equal(own.accuracyDrops[0], whole.accuracy - by.accuracy);
  assert.equal(own.logLossRises[0], by.logLoss - whole.logLoss);
});

Deno.test("permutationImportance() of rows left in their place is zero", async () => {
  const same = Int32Array.from(fixture.labels, (_, i) => i);
  const done: string[] = [];
  const { groups } = await permutationImportance({
    ...options,
    permutations: [same],
    progress: (part, all) => Promise.resolve(void done.push(`${part}/${all}`)),
  });
  assert.ok(groups.every((own) => own.accuracyDrops[0] === 0 && own.logLossRises[0] === 0));
  assert.deepEqual(done, ["1/8", "2/8", "3/8", "4/8", "5/8", "6/8", "7/8", "8/8"]);
});

Deno.test("groupRuns() and groupCells() share out every dimension once", () => {
  const runs = groupRuns(7, 3);
  assert.deepEqual(runs.map(({ name }) => name), [
    "dimensions-0-2",
    "dimensions-3-5",
    "dimension-6",
  ]);
  assert.deepEqual(runs.flatMap(({ columns }) => [...columns]), [0, 1, 2, 3, 4, 5, 6]);
  const cells = groupCells({ rows: 1, columns: 2, side: 4, cellOf: Int32Array.of(1, 0, 1) });
  assert.deepEqual(cells.map(({ name, columns, place }) => [name, [...columns], place]), [
    ["cell-0-0", [1], { row: 0, column: 0 }],
    ["cell-0-1", [0, 2], { row: 0, column: 1 }],
  ]);
});
