import assert from "node:assert/strict";
import fc from "fast-check";
import { percentileInterval, quantile, resamples } from "./bootstrap.ts";
import { clusterById, rowsOfDraw } from "./clusters.ts";

Deno.test("resamples() depends on the seed and the resample's number alone", () => {
  const draw = (n: number, samples: number, seed: number) => [...resamples(n, { samples, seed })];
  assert.deepEqual(draw(10, 3, 1), draw(10, 5, 1).slice(0, 3));
  assert.notDeepEqual(draw(10, 3, 1), draw(10, 3, 2));
  assert.throws(() => resamples(0, { samples: 1, seed: 1 }).next(), /at least 1 unit/);
});

Deno.test("resamples() draws each unit equally often", () => {
  const counts = new Array<number>(10).fill(0);
  for (const rows of resamples(10, { samples: 2000, seed: 3 })) {
    for (const row of rows) counts[row]++;
  }
  // 2000 expected, standard deviation 42.
  for (const count of counts) assert.ok(Math.abs(count - 2000) < 210, String(counts));
});

Deno.test("a percentile interval of the mean covers as often as it says", () => {
  let covered = 0;
  for (let trial = 0; trial < 200; trial++) {
    // 60 tosses of a coin that falls heads with chance 0.3.
    const tosses = [...resamples(60, { samples: 1, seed: 1000 + trial })][0].map((u) =>
      u < 18 ? 1 : 0
    );
    const means = Float64Array.from(
      resamples(60, { samples: 200, seed: trial }),
      (rows) => rows.reduce((sum, row) => sum + tosses[row], 0) / 60,
    );
    const { low, high } = percentileInterval(means, 0.9);
    if (low <= 0.3 && 0.3 <= high) covered++;
  }
  assert.ok(covered > 165 && covered < 195, `covered ${covered} of 200`);
});

Deno.test("quantile() is monotone and ends at the least and the greatest value", () => {
  const values = fc.array(fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 64), { minLength: 1 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(values, share, share, (given, a, b) => {
    const sorted = new Float64Array(given).sort();
    assert.equal(quantile(sorted, 0), sorted[0]);
    assert.equal(quantile(sorted, 1), sorted.at(-1));
    const [low, high] = [quantile(sorted, Math.min(a, b)), quantile(sorted, Math.max(a, b))];
    assert.ok(low <= high + 1e-9);
  }));
});

Deno.test("percentileInterval() refuses values without an interval", () => {
  assert.throws(() => percentileInterval(new Float64Array(0), 0.95), /there is none/);
  assert.throws(() => percentileInterval(new Float64Array([1, NaN]), 0.95), /value at 1 is NaN/);
  assert.throws(
    () => percentileInterval(new Float64Array([1]), 1),
    /confidence must be in \(0, 1\)/,
  );
});

Deno.test("clusterById() draws a sample in every list that has it", () => {
  const { ids, rows } = clusterById([["a", "b", "c"], ["c", "d"]]);
  assert.deepEqual(ids, ["a", "b", "c", "d"]);
  const draw = new Int32Array([2, 0, 2, 3]);
  assert.deepEqual([...rowsOfDraw(draw, rows[0])], [2, 0, 2]);
  assert.deepEqual([...rowsOfDraw(draw, rows[1])], [0, 0, 1]);
});
