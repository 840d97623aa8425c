import assert from "node:assert/strict";
import { parseCsv } from "../../data/formats/csv.ts";
import { runStep } from "../../testing/run_step.ts";
import { syntheticEmbeddings } from "../../testing/synthetic_embeddings.ts";
import fit, { FitParams } from "../train/fit.ts";
import trace from "../train/trace.ts";
import { describeTraining } from "../train/describe_training.ts";
import { trainSection } from "../train/section.ts";
import curves from "./curves.ts";
import model from "./model.ts";

Deno.test("evaluate.curves tells of each epoch, and of the kept one what evaluate.model tells", async () => {
  for (const section of [{}, { head: "mlp", hidden: 5, batchNorm: true }]) {
    const { testIds: _, ...inputs } = await syntheticEmbeddings({});
    const params = FitParams.parse(
      describeTraining(trainSection.parse({ epochs: 9, patience: 3, ...section })),
    );
    const fitted = await runStep(fit, params, { inputs });
    const kept = { weights: fitted.bytes("weights"), summary: fitted.bytes("summary") };
    const traced = await runStep(trace, {}, { inputs: { ...inputs, ...kept } });
    const result = await runStep(curves, {}, {
      inputs: { ...inputs, summary: kept.summary, epochWeights: traced.bytes("epochWeights") },
    });
    const rows = await parseCsv(result.text("testCurves"), {
      epoch: "number",
      test_loss: "number",
      test_accuracy: "number",
    }, "testCurves");
    const summary = fitted.json("summary");
    assert.deepEqual(rows.map(({ epoch }) => epoch), rows.map((_, i) => i + 1));
    assert.equal(rows.length, summary.epochs);
    const evaluated = await runStep(model, { bootstrap: { samples: 100 } }, {
      inputs: { ...inputs, ...kept },
    });
    const { scores } = evaluated.json("metrics");
    const best = rows[summary.bestEpoch - 1];
    assert.equal(best.test_accuracy, scores.accuracy);
    assert.ok(Math.abs(best.test_loss - scores.logLoss) < 1e-6);
  }
});
