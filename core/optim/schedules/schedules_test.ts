import assert from "node:assert/strict";
import fc from "fast-check";
import { resolveHyperparameters } from "../hyperparameters.ts";
import { rateFactor } from "./rate_factor.ts";
import { type ScheduleName, SCHEDULES } from "./registry.ts";
import type { Moment } from "./schedule.ts";
import fixture from "./testdata/schedules.json" with { type: "json" };

const { epochs, stepsPerEpoch, watched } = fixture;

/** The factors of every step of the fixture's training. */
function factors(
  name: ScheduleName,
  values: Readonly<Record<string, number | undefined>>,
  warmUp = 0,
): number[] {
  const all = resolveHyperparameters(SCHEDULES[name], values);
  return Array.from(
    { length: epochs * stepsPerEpoch },
    (_, step) =>
      rateFactor({ name, values: all, warmUp }, {
        step,
        stepsPerEpoch,
        epochs,
        watched: watched.slice(0, Math.floor(step / stepsPerEpoch)),
      }),
  );
}

function assertClose(seen: readonly number[], expected: readonly number[]): void {
  assert.equal(seen.length, expected.length);
  seen.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) < 1e-11, `step ${i}: ${value}`)
  );
}

for (const { name, values, rates } of fixture.schedules) {
  Deno.test(`schedule ${name} has the peer's rates`, () => {
    assertClose(factors(name as ScheduleName, values), rates);
  });
}

Deno.test("a linear warm-up has the peer's rates", () => {
  assertClose(factors("constant", {}, fixture.warmUp.epochs), fixture.warmUp.rates);
});

Deno.test("every schedule is in the fixture", () => {
  assert.deepEqual(fixture.schedules.map(({ name }) => name), Object.keys(SCHEDULES));
});

Deno.test("every factor lies in [0, 1], for any training", () => {
  const moment = fc.record({
    stepsPerEpoch: fc.integer({ min: 1, max: 50 }),
    epochs: fc.integer({ min: 1, max: 50 }),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    watched: fc.array(fc.double()),
    warmUp: fc.double({ min: 0, max: 5, noNaN: true }),
  });
  for (const name of Object.keys(SCHEDULES) as ScheduleName[]) {
    const values = resolveHyperparameters(SCHEDULES[name], {});
    fc.assert(fc.property(moment, ({ at, warmUp, ...where }) => {
      const step = Math.floor(at * where.stepsPerEpoch * where.epochs);
      const seen = rateFactor({ name, values, warmUp }, { step, ...where } satisfies Moment);
      return seen >= 0 && seen <= 1;
    }));
  }
});

Deno.test("a plateau of negated accuracies is one too", () => {
  const values = resolveHyperparameters(SCHEDULES.plateau, { patience: 1 });
  const after = (...watched: number[]) =>
    SCHEDULES.plateau.factor(values as never, { step: 0, stepsPerEpoch: 1, epochs: 9, watched });
  assert.equal(after(-0.5, -0.6, -0.7, -0.8), 1);
  assert.equal(after(-0.8, -0.8, -0.8), 0.1);
  assert.equal(after(NaN, NaN), 0.1);
});
