import type { DatasetCard } from "../../data/dataset_card.ts";
import { type Sample, stringifySamples } from "../../data/samples.ts";
import type { OutputHandle } from "../../pipeline/stage.ts";

/** The outputs that every step of this stage has. */
export const DATASET_OUTPUTS = {
  images: { format: "safetensors" },
  samples: { format: "csv" },
  classes: { format: "json" },
  dataset: { format: "json" },
} as const;

/** A data set as a step has read or drawn it. */
export interface Dataset {
  /** The `images` file. */
  images: Uint8Array;
  samples: readonly Sample[];
  classes: { names: readonly string[]; titles: readonly string[] };
  card: DatasetCard;
}

/** Writes a data set to its ports. */
export async function writeDataset(
  outputs: Readonly<Record<keyof typeof DATASET_OUTPUTS, OutputHandle>>,
  { images, samples, classes, card }: Dataset,
): Promise<void> {
  await outputs.images.bytes(images);
  await outputs.samples.text(await stringifySamples(samples));
  await outputs.classes.json(classes);
  await outputs.dataset.json(card);
}
