/**
 * `split.assign`: what each image is used for, with a check that no image is used twice.
 *
 * @module
 */
import { parseCsv } from "../../data/formats/csv.ts";
import { readImages } from "../../data/images.ts";
import { stringifyPartition } from "../../data/partition.ts";
import { parseSamples } from "../../data/samples.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { findDuplicates } from "./find_duplicates.ts";
import { SplitParams } from "./params.ts";
import { partitionImages } from "./partition_images.ts";
import { splitReport } from "./split_report.ts";

export default defineStep({
  name: "split.assign",
  module: import.meta.url,
  scope: "replicate",
  params: SplitParams,
  inputs: {
    images: { format: "safetensors" },
    samples: { format: "csv" },
    publishedPartition: { format: "csv", optional: true },
  },
  outputs: { partition: { format: "csv" }, splitReport: { format: "json" } },
  resources: { memoryMiB: 400 },
  async run({ params, inputs, outputs }) {
    const samples = await parseSamples(await inputs.samples.text());
    const published = params.published
      ? await inputs.publishedPartition?.text().then(parsePublished)
      : undefined;
    const split = partitionImages(samples, params, published);
    const { count, pixels } = readImages(await inputs.images.bytes());
    if (count !== samples.length) {
      throw new RangeError(
        `Cannot split dataset as there must be one image for each of ${samples.length} samples: ` +
          `current number is ${count}`,
      );
    }
    const report = splitReport(
      samples,
      split,
      findDuplicates(pixels, count),
      params,
    );
    const { across, sets: [first] } = report.duplicates;
    if (first !== undefined && !params.allowDuplicates) {
      const where = first.map(({ id, partition }) => `${id} (${partition})`).join(", ");
      throw new RangeError(
        `Cannot split dataset as no image may stand in two partitions: ${across} do, such as ` +
          `${where}; leave them out, or set \`split.allowDuplicates: true\` to only report them`,
      );
    }
    await outputs.partition.text(
      await stringifyPartition(samples.map(({ id }) => id), split.partition),
    );
    await outputs.splitReport.json(report);
  },
});

async function parsePublished(text: string): Promise<Map<string, string>> {
  const rows = await parseCsv(text, { id: "text", partition: "text" }, "published partition");
  return new Map(rows.map(({ id, partition }) => [id, partition]));
}
