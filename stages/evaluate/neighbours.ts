/**
 * `evaluate.neighbours`: training images nearest to a trained model's most confident errors.
 *
 * @module
 */
import { NearestRows } from "../../core/interpret/nearest_rows.ts";
import { EMBEDDED_INPUTS, openEmbeddedSamples } from "../../data/embedded_inputs.ts";
import { type EmbeddedSamples, readChunks, readRows } from "../../data/embedded_samples.ts";
import { parseCsv, stringifyCsv } from "../../data/formats/csv.ts";
import { parseSamples } from "../../data/samples.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { ANSWER_COLUMNS, chooseImages } from "./choose_images.ts";
import { neighboursSection } from "./section.ts";

/** Training images between two calls of `progress`. */
const BETWEEN_PROGRESS = 2000;

export default defineStep({
  name: "evaluate.neighbours",
  module: import.meta.url,
  scope: "replicate",
  params: neighboursSection,
  inputs: {
    ...EMBEDDED_INPUTS,
    predictions: { format: "csv" },
  },
  outputs: { neighbours: { format: "csv" } },
  resources: { memoryMiB: 300 },
  async run({ params, inputs, outputs, progress }) {
    using samples = await openEmbeddedSamples(inputs);
    const answers = await parseCsv(await inputs.predictions.text(), ANSWER_COLUMNS, "predictions");
    const chosen = chooseImages(answers, "wrong", params.images);
    const rows = await originals(samples, await inputs.samples.text());
    const found = new NearestRows({
      queries: await queriesOf(samples, chosen.map(({ id }) => id)),
      count: params.count,
      distance: params.distance,
    });
    const { dimension } = samples;
    let done = 0;
    for await (const { values } of readChunks(samples, rows)) {
      for (let at = 0; at < values.length; at += dimension) {
        found.add(values.subarray(at, at + dimension));
        if (++done % BETWEEN_PROGRESS === 0) await progress(done, rows.length, "images");
      }
    }
    const columns = [
      "id",
      "label",
      "predicted",
      "probability_predicted",
      "place",
      "neighbour",
      "neighbour_label",
      "metric",
      "distance",
    ];
    await outputs.neighbours.text(
      await stringifyCsv(
        columns,
        chosen.flatMap(({ id, label, predicted, probability_predicted }, i) =>
          found.nearest[i].map(({ index, distance }, place) => [
            id,
            label,
            predicted,
            probability_predicted,
            place + 1,
            samples.ids[rows[index]],
            samples.classes[samples.labels[rows[index]]],
            params.distance,
            distance,
          ])
        ),
      ),
    );
  },
});

/** Rows of the training images that augmentation did not make. */
async function originals({ partition }: EmbeddedSamples, table: string): Promise<Int32Array> {
  const all = await parseSamples(table);
  const rows = all.flatMap(({ id, origin }, i) =>
    partition[i] === "train" && id === origin ? [i] : []
  );
  return Int32Array.from(rows);
}

async function queriesOf(
  samples: EmbeddedSamples,
  ids: readonly string[],
): Promise<Float32Array[]> {
  const rowOf = new Map(samples.ids.map((id, row) => [id, row]));
  return await Promise.all(ids.map((id) => readRows(samples, Int32Array.of(rowOf.get(id)!))));
}
