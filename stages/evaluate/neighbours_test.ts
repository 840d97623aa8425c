import assert from "node:assert/strict";
import { DISTANCES } from "../../core/interpret/nearest_rows.ts";
import { readEmbeddedSamples, readRows } from "../../data/embedded_samples.ts";
import { parseCsv, stringifyCsv } from "../../data/formats/csv.ts";
import { parseSamples, stringifySamples } from "../../data/samples.ts";
import { inMemory } from "../../testing/in_memory.ts";
import { runStep } from "../../testing/run_step.ts";
import { syntheticEmbeddings } from "../../testing/synthetic_embeddings.ts";
import neighbours from "./neighbours.ts";

/** Every test image of class c is taken for b, the later ones with more confidence. */
async function given() {
  const { testIds, ...artifacts } = await syntheticEmbeddings();
  const predictions = await stringifyCsv(
    ["id", "label", "predicted", "probability_predicted", "probability_label"],
    testIds.map((id, i) => [id, id[0], id[0] === "c" ? "b" : id[0], 0.5 + i / 200, 0.1]),
  );
  return { inputs: { ...artifacts, predictions }, artifacts, testIds };
}

const COLUMNS = {
  id: "text",
  label: "text",
  predicted: "text",
  probability_predicted: "number",
  place: "number",
  neighbour: "text",
  neighbour_label: "text",
  metric: "text",
  distance: "number",
} as const;

for (const distance of ["euclidean", "cosine"] as const) {
  Deno.test(`evaluate.neighbours finds the nearest training images: ${distance}`, async () => {
    const { inputs, artifacts, testIds } = await given();
    const result = await runStep(neighbours, { count: 4, distance }, { inputs });
    const rows = await parseCsv(result.text("neighbours"), COLUMNS, "neighbours");
    // One error of each class, the surest: the last test image of class c.
    assert.deepEqual(
      rows.map(({ id, place }) => `${id} ${place}`),
      [1, 2, 3, 4].map((place) => `${testIds.at(-1)} ${place}`),
    );
    const samples = await readEmbeddedSamples({
      embeddings: inMemory(artifacts.embeddings),
      samples: artifacts.samples,
      classes: artifacts.classes.json,
      partition: artifacts.partition,
    });
    const row = (id: string) => readRows(samples, Int32Array.of(samples.ids.indexOf(id)));
    const query = await row(rows[0].id);
    const train = samples.ids.filter((_, i) => samples.partition[i] === "train");
    const all = await Promise.all(train.map(async (id) => ({
      id,
      distance: DISTANCES[distance](query, await row(id)),
    })));
    all.sort((a, b) => a.distance - b.distance);
    assert.deepEqual(
      rows.map(({ neighbour, distance }) => ({ id: neighbour, distance })),
      all.slice(0, 4),
    );
    for (const own of rows) {
      assert.deepEqual([own.neighbour[0], distance], [own.neighbour_label, own.metric]);
    }
  });
}

Deno.test("evaluate.neighbours passes over what augmentation made", async () => {
  const { inputs } = await given();
  const first = await runStep(neighbours, { count: 1 }, { inputs });
  const [{ neighbour }] = await parseCsv(first.text("neighbours"), COLUMNS, "neighbours");
  const samples = await parseSamples(inputs.samples);
  const made = samples.map((own) => own.id === neighbour ? { ...own, origin: samples[0].id } : own);
  const result = await runStep(neighbours, { count: 1 }, {
    inputs: { ...inputs, samples: await stringifySamples(made) },
  });
  const [row] = await parseCsv(result.text("neighbours"), COLUMNS, "neighbours");
  assert.notEqual(row.neighbour, neighbour);
});
