import assert from "node:assert/strict";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import type { FittedSummary, TrainingSummary } from "../../data/artifacts/summary.ts";
import { runStep } from "../../testing/run_step.ts";
import { syntheticEmbeddings } from "../../testing/synthetic_embeddings.ts";
import fit, { FitParams } from "../train/fit.ts";
import fitOnce, { FitOnceParams } from "../train/fit_once.ts";
import trainStage from "../train/stage.ts";
import model from "./model.ts";

const SECTIONS: Record<string, object> = {
  "softmax": { head: "softmax" },
  "mlp": { head: "mlp", hidden: [16, 8], activation: "leakyRelu", batchNorm: true, dropout: 0.25 },
  "cnn": { head: "cnn", channels: [8], hidden: [16], initialization: "heNormal" },
  "cnn with batch normalisation": {
    head: "cnn",
    channels: [6],
    pooling: "average",
    hidden: [],
    batchNorm: true,
  },
  "transfer": { head: "transfer", initialization: "xavierUniform" },
};

/** The inputs with validation and test images swapped. */
function swapped(partition: string): string {
  return partition.split("\n").map((line) =>
    line.replace(/,(validation|test)$/, (_, own) => own === "test" ? ",validation" : ",test")
  ).join("\n");
}

for (const [name, section] of Object.entries(SECTIONS)) {
  Deno.test(`evaluate.model rebuilds what train.fit trained: ${name}`, async () => {
    const { testIds: _, ...inputs } = await syntheticEmbeddings({
      dimension: 4 * 5 * 2,
      shape: [4, 5, 2],
      lookAlike: 2,
    });
    const parsed = trainStage.section.parse({
      epochs: 20,
      batchSize: 16,
      learningRate: 0.02,
      ...section,
    });
    const [{ params }] = trainStage.steps(parsed, { name: "test", models: [], study: {} });
    // Evaluated on the validation images, the model must score as it did in training.
    const trained = await runStep(fit, FitParams.parse(params), { inputs });
    const summary = trained.json<TrainingSummary>("summary");
    assert.equal(summary.head, parsed.head);
    assert.ok(summary.best!.validationAccuracy > 0.7, JSON.stringify(summary.best));
    const result = await runStep(model, { bootstrap: { samples: 100 } }, {
      inputs: {
        ...inputs,
        partition: swapped(inputs.partition),
        weights: trained.bytes("weights"),
        summary: trained.bytes("summary"),
      },
    });
    const { scores, training } = result.json<Metrics>("metrics");
    assert.equal(scores.accuracy, summary.best!.validationAccuracy);
    assert.deepEqual(training, summary);
  });
}

const FITTED: readonly object[] = [
  { kind: "forest", trees: 20, classWeight: "balanced" },
  { kind: "knn", neighbors: 3, metric: "cosine", weights: "distance" },
  { kind: "centroid", shrinkage: 0.2 },
];

for (const head of FITTED) {
  Deno.test(`evaluate.model answers as train.fitOnce did: ${JSON.stringify(head)}`, async () => {
    const { testIds: _, ...inputs } = await syntheticEmbeddings({ dimension: 30, lookAlike: 2 });
    const parsed = trainStage.section.parse({ head });
    const [{ step, params }] = trainStage.steps(parsed, { name: "test", models: [], study: {} });
    assert.equal(step, fitOnce);
    const trained = await runStep(fitOnce, FitOnceParams.parse(params), { inputs });
    const summary = trained.json<FittedSummary>("summary");
    assert.ok(summary.best.validationAccuracy > 0.7, JSON.stringify(summary.best));
    const result = await runStep(model, { bootstrap: { samples: 100 } }, {
      inputs: {
        ...inputs,
        partition: swapped(inputs.partition),
        weights: trained.bytes("weights"),
        summary: trained.bytes("summary"),
      },
    });
    const { scores, training } = result.json<Metrics>("metrics");
    assert.equal(scores.accuracy, summary.best.validationAccuracy);
    assert.equal(scores.logLoss, summary.best.validationLoss);
    assert.deepEqual(training, summary);
  });
}
