import assert from "node:assert/strict";
import { beta } from "./beta.ts";
import { stream } from "./stream.ts";

for (const [a, b] of [[0.2, 0.2], [1, 1], [2, 5], [0.5, 3], [40, 8]]) {
  Deno.test(`beta(${a}, ${b}) has the mean and variance of its distribution`, () => {
    const random = stream(1, "test");
    const draws = Array.from({ length: 20_000 }, () => beta(random, a, b));
    assert.ok(draws.every((x) => x >= 0 && x <= 1));
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    const expected = a * b / ((a + b) ** 2 * (a + b + 1));
    assert.ok(Math.abs(mean - a / (a + b)) < 4 * Math.sqrt(expected / draws.length), `${mean}`);
    assert.ok(Math.abs(variance / expected - 1) < 0.05, `${variance} and ${expected}`);
  });
}

Deno.test("beta() is the same for a seed, and refuses what is no shape", () => {
  const draw = () => beta(stream(7, "test"), 0.2, 0.2);
  assert.equal(draw(), draw());
  assert.equal(beta(stream(1, "test"), 1e-300, 1e-300) % 1, 0);
  for (const value of [0, -1, NaN, Infinity]) {
    assert.throws(() => beta(stream(1, "test"), 1, value), /must be above 0: current value is/);
  }
});
