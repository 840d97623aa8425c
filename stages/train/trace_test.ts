import assert from "node:assert/strict";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { runStep } from "../../testing/run_step.ts";
import { syntheticEmbeddings } from "../../testing/synthetic_embeddings.ts";
import { describeTraining } from "./describe_training.ts";
import fit, { FitParams } from "./fit.ts";
import { trainSection } from "./section.ts";
import trace from "./trace.ts";

async function trained(section: object) {
  const { testIds: _, ...inputs } = await syntheticEmbeddings({});
  const params = FitParams.parse(
    describeTraining(trainSection.parse({ epochs: 8, patience: 2, ...section })),
  );
  const result = await runStep(fit, params, { inputs });
  const kept = { weights: result.bytes("weights"), summary: result.bytes("summary") };
  return { inputs: { ...inputs, ...kept }, summary: result.json("summary") };
}

Deno.test("train.trace keeps the weights of each epoch, the best one's as they were kept", async () => {
  for (const section of [{}, { head: "mlp", hidden: 5, dropout: 0.3, batchNorm: true }]) {
    const { inputs, summary } = await trained(section);
    const result = await runStep(trace, {}, { inputs });
    const epochs = decodeSafetensors(result.bytes("epochWeights"), "epochWeights");
    const kept = decodeSafetensors(inputs.weights, "weights");
    assert.equal(epochs.size, summary.epochs * kept.size);
    for (const [name, { data, shape }] of kept) {
      const own = epochs.get(`${summary.bestEpoch}/${name}`)!;
      assert.deepEqual([own.shape, own.data], [shape, data], name);
    }
    const [first] = kept.keys();
    assert.notDeepEqual(epochs.get(`1/${first}`)!.data, epochs.get(`2/${first}`)!.data);
  }
});

Deno.test("train.trace refuses weights that the training does not give", async () => {
  const { inputs } = await trained({});
  const weights = inputs.weights.slice();
  weights[weights.length - 1] ^= 1;
  await assert.rejects(
    runStep(trace, {}, { inputs: { ...inputs, weights } }),
    /gave other weights of epoch \d+ when it was run again/,
  );
});
