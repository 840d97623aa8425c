import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import fixture from "../optim/testdata/logistic.json" with { type: "json" };
import { createReferenceCore } from "../reference/core.ts";
import { createWasmCore } from "../wasm/core.ts";
import { ConvexFit } from "./fit_convex.ts";
import { createSoftmaxRegression } from "./softmax_regression.ts";

const { samples: n, inputs, classes } = fixture;
const cores = {
  reference: () => Promise.resolve(createReferenceCore()),
  wasm: () => createWasmCore({ read: async (url) => new Uint8Array(await readFile(url)) }),
};

for (const [name, create] of Object.entries(cores)) {
  for (const { weightDecay, objective } of fixture.optima) {
    Deno.test(`${name}: L-BFGS finds the peer's optimum for a decay of ${weightDecay}`, async () => {
      using core = await create();
      const head = createSoftmaxRegression(core, { inputs, classes });
      head.load({
        weight: { shape: [classes, inputs], data: new Float32Array(classes * inputs) },
        bias: { shape: [classes], data: new Float32Array(classes) },
      });
      const fit = new ConvexFit(head, { memory: 10, firstLength: 1 }, {
        samples: {
          features: core.upload(new Float32Array(fixture.features), [n, inputs]),
          labels: core.uploadIntegers(new Int32Array(fixture.labels), [n], { below: classes }),
        },
        weightDecay,
        penalizeBiases: false,
        loss: {},
      });
      let last = await fit.step();
      let evaluations = last.evaluations;
      for (let i = 0; i < 100 && last.slope > 1e-5 && !last.stuck; i++) {
        const before = last.objective;
        last = await fit.step();
        evaluations += last.evaluations;
        assert.ok(last.objective <= before);
      }
      assert.ok(Math.abs(last.objective / objective - 1) < 1e-6, `${last.objective}, ${objective}`);
      assert.ok(evaluations < 150, `${evaluations} evaluations`);
    });
  }
}
