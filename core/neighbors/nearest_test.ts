import assert from "node:assert/strict";
import fc from "fast-check";
import type { Core } from "../ops.ts";
import { createReferenceCore } from "../reference/core.ts";
import { stream } from "../random/stream.ts";
import { createWasmCore } from "../wasm/core.ts";
import { dot, squaredDistance, squaredNorm } from "./distances.ts";
import { createNeighborSearch, type NeighborMetric } from "./nearest.ts";

/** All distances in binary64, sorted. */
function bruteForce(
  rows: Float32Array,
  x: Float32Array,
  d: number,
  k: number,
  metric: NeighborMetric,
): number[][] {
  return Array.from(
    { length: x.length / d },
    (_, i) =>
      Array.from({ length: rows.length / d }, (_, row) => {
        if (metric === "euclidean") {
          return { row, distance: Math.sqrt(squaredDistance(x, i * d, rows, row * d, d)) };
        }
        const norms = Math.sqrt(squaredNorm(x, i * d, d) * squaredNorm(rows, row * d, d));
        const cosine = norms === 0 ? 0 : dot(x, i * d, rows, row * d, d) / norms;
        return { row, distance: Math.max(0, 1 - cosine) };
      }).sort((a, b) => a.distance - b.distance || a.row - b.row).slice(0, k).map(({ row }) => row),
  );
}

async function check(
  core: Core,
  { seed, n, d, k, offset, steps, metric }: {
    seed: number;
    n: number;
    d: number;
    k: number;
    offset: number;
    /** Values are multiples of 1/steps: few distinct ones make ties. */
    steps: number;
    metric: NeighborMetric;
  },
): Promise<void> {
  const random = stream(seed, "test");
  const draw = (count: number) =>
    Float32Array.from(
      { length: count * d },
      () => offset + Math.round(random.normal() * steps) / steps,
    );
  const [rows, x] = [draw(n), draw(5)];
  x.set(rows.subarray(0, d)); // One is a training sample.
  const { rows: found } = await createNeighborSearch(core, rows, n, metric).find(x, 5, k);
  assert.deepEqual([...found], bruteForce(rows, x, d, k, metric).flat());
}

Deno.test("neighbours are those of all distances in binary64, ties and offsets included", async () => {
  using core = await createWasmCore({ read: (url) => Deno.readFile(url) });
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.nat(),
        n: fc.integer({ min: 1, max: 60 }),
        d: fc.integer({ min: 1, max: 40 }),
        k: fc.integer({ min: 1, max: 60 }),
        offset: fc.constantFrom(0, 1, 100, 1e4, 1e25),
        steps: fc.constantFrom(1, 2, 1e6),
        metric: fc.constantFrom("euclidean" as const, "cosine" as const),
      }),
      (given) => check(core, { ...given, k: Math.min(given.k, given.n) }),
    ),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("neighbours do not depend on how a core rounds its products", async () => {
  const core = createReferenceCore();
  // Every product off by more than the rounding of its sum.
  const download = async (tensor: Parameters<Core["download"]>[0]) => {
    const values = await core.download(tensor);
    return values.map((value, i) => value * (1 + (i % 2 === 0 ? 1 : -1) * 2 ** -22));
  };
  const rounded = new Proxy(core, {
    get(_, name) {
      const own = name === "download" ? download : core[name as keyof Core];
      return typeof own === "function" ? own.bind(core as never) : own;
    },
  });
  for (const metric of ["euclidean", "cosine"] as const) {
    const given = { seed: 1, n: 40, d: 9, k: 7, offset: 30, steps: 4, metric };
    await check(core, given);
    await check(rounded, given);
  }
});
