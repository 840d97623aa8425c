import assert from "node:assert/strict";
import type { Comparison } from "../../data/artifacts/comparison.ts";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import { TRAINING_FIGURES } from "../../data/artifacts/value_names.ts";
import type { PointLabel } from "../../pipeline/stage.ts";
import { runStep } from "../../testing/run_step.ts";
import note from "./note.ts";
import { syntheticStudy } from "./testdata/synthetic.ts";

interface Json<T> {
  json: T;
  label: PointLabel;
}

const OPTIONS: Record<string, Record<string, unknown>> = {
  forest: { trees: 200, maxFeatures: "sqrt", maxDepth: null },
  knn: { neighbors: 5, metric: "cosine" },
  centroid: { metric: "euclidean", shrinkage: 0.5 },
};

/** Fails with what was sought, not with the whole page. */
function tells(page: string, sought: RegExp, expected = true): void {
  const found = page.match(sought)?.[0];
  assert.equal(found !== undefined, expected, `${sought} ${found ?? "is not there"}`);
}

/** The note of a study some of whose models are heads that are fitted in one go, of their names. */
async function write(models: readonly string[]) {
  const { params, inputs } = syntheticStudy({ models });
  for (const { json, label } of inputs.metrics as Json<Metrics>[]) {
    const options = OPTIONS[label.model];
    if (options === undefined) continue;
    json.training = {
      fitted: true,
      head: label.model,
      headOptions: options,
      seed: null,
      best: { validationLoss: 0.5, validationAccuracy: 0.75 },
      outOfBag: label.model === "forest" ? { samples: 480, accuracy: 0.5 } : null,
      images: 480,
      parameters: 12_345,
    };
  }
  const { json: comparison } = inputs.comparison as Json<Comparison>;
  for (const model of comparison.models) {
    if (OPTIONS[model.name] === undefined) continue;
    model.head = model.name;
    model.optimizer = null;
    for (const figure of TRAINING_FIGURES) delete model.quantities[figure];
    model.quantities.parameters = {
      mean: 12_345,
      standardDeviation: 0,
      perReplicate: [],
      low: null,
      high: null,
      overReplicates: null,
    };
  }
  const header =
    "epoch,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy\n";
  const history = (inputs.history as { data: string; label: PointLabel }[]).map((own) =>
    OPTIONS[own.label.model] === undefined ? own : { ...own, data: header }
  );
  // Cited values and claims of the made-up study are about its own models.
  const { claims: _, ...others } = inputs;
  const result = await runStep(note, params, { inputs: { ...others, history } });
  const files = [...result.files.keys()];
  return { files, fr: result.text("note/note.md"), en: result.text("note/note.en.md"), result };
}

Deno.test("a note tells heads that are fitted in one go beside those that are trained", async () => {
  const { en, fr, result } = await write(["adam", "forest", "knn", "centroid"]);
  for (const page of [en, fr]) {
    tells(page, /\(\[Breiman, 2001\]/);
    tells(page, /\(\[Cover (and|et) Hart, 1967\]/);
    tells(page, /\(\[Tibshirani et al\., 2002\]/);
    tells(page, /\*shrinkage\*|Where a shrinkage/);
  }
  tells(en, /### Heads\n/);
  tells(en, /softmax regression \(multinomial/);
  tells(
    en,
    /\| forest \| maxFeatures\s=\s`sqrt`, trees\s=\s200 \| 480 \|.* 75\.0% \| 50\.0% \|/,
  );
  tells(en, /\| knn \| metric\s=\s`cosine`, neighbors\s=\s5 \|.* 75\.0% \| – \|/);
  tells(fr, /\| forest \| maxFeatures\s=\s`sqrt`\s; trees\s=\s200 \|/);
  tells(fr, /### Têtes ajustées d’un coup/);
  tells(en, /Each model is trained, or fitted, 5 times/);
  tells(fr, /Chaque modèle est entraîné, ou ajusté, 5 fois/);
  // Epochs are the trained model's alone.
  tells(en, /one panel for each of Adam\]/);
  const epochs = result.text("note/tables/epochs.csv");
  tells(epochs, /^adam,/m);
  tells(epochs, /forest|knn|centroid/, false);
  const results = result.text("note/tables/results.csv");
  tells(results, /^forest,[\d.,e-]+,,,12345$/m);
  tells(result.text("note/tables/fitted-heads.csv"), /^centroid,centroid,.*,0\.75,$/m);
});

Deno.test("a note of fitted heads alone says nothing of epochs, optimisers and gradients", async () => {
  const { en, files, fr } = await write(["forest", "knn"]);
  assert.doesNotMatch(
    en,
    /Optimisers|early stopping|[Bb]est epoch|[Gg]radient of the loss|batches,/,
  );
  tells(fr, /Optimiseurs|Arrêt anticipé|[Mm]eilleure époque|gradient de la fonction/, false);
  tells(en, /Each model is fitted 5 times \(seed = 1, 2, 3, 4 and 5\)/);
  tells(fr, /Chaque modèle est ajusté 5 fois/);
  for (const path of files) tells(path, /curves|epochs|cost/, false);
});

Deno.test("a note without fitted heads has none of their words", async () => {
  const { en, files } = await write(["adam", "lion"]);
  tells(en, /in one go|Breiman/, false);
  assert.ok(!files.includes("note/tables/fitted-heads.csv"));
});
