/**
 * Which images a note shows.
 *
 * @module
 */
import { parseCsv } from "../../../data/formats/csv.ts";
import { decodeSafetensors } from "../../../data/formats/safetensors.ts";
import type { Partition } from "../../../data/partition.ts";
import type { Sample } from "../../../data/samples.ts";
import type { Classes } from "../gather/artifacts.ts";
import type { PicturesModel } from "../model/note.ts";
import type { ImageSet } from "./sheet.ts";

/** What {@linkcode pictures} chooses from. */
export interface PicturesOptions {
  classes: Classes;
  samples: readonly Sample[];
  partition: readonly Partition[];
  /** The artifact `images`. */
  images: Uint8Array<ArrayBuffer>;
  /** The artifact `predictions` whose errors are shown. */
  predictions: string;
  /** Samples of each class. */
  perClass: number;
}

/**
 * Chooses training images of each class at regular places of their order, and finds the errors.
 *
 * @throws {TypeError} if the images are no grey or RGB images of the samples' number.
 */
export async function pictures(options: PicturesOptions): Promise<PicturesModel> {
  const { classes, samples, partition, perClass } = options;
  const index = new Map(classes.names.map((name, i) => [name, i]));
  const byClass: number[][] = classes.names.map(() => []);
  samples.forEach(({ id, origin, label }, i) => {
    const own = byClass[index.get(label) ?? -1];
    if (partition[i] === "train" && id === origin) own?.push(i);
  });
  const rows = await parseCsv(
    options.predictions,
    { id: "text", label: "text", predicted: "text" },
    "predictions",
  );
  const place = new Map(samples.map(({ id }, i) => [id, i]));
  const errors = new Map<string, number[]>();
  for (const { id, label, predicted } of rows) {
    const image = place.get(id);
    if (label === predicted || image === undefined) continue;
    const key = `${index.get(label)} ${index.get(predicted)}`;
    errors.set(key, [...errors.get(key) ?? [], image]);
  }
  return {
    images: imageSet(options.images, samples.length),
    samples: byClass.map((all) => spread(all, perClass)),
    ids: samples.map(({ id }) => id),
    errors,
  };
}

/** So many items of a list at regular places. */
function spread(items: readonly number[], count: number): number[] {
  const taken = Math.min(items.length, count);
  return Array.from(
    { length: taken },
    (_, i) => items[Math.floor((i + 0.5) * items.length / taken)],
  );
}

function imageSet(bytes: Uint8Array<ArrayBuffer>, expected: number): ImageSet {
  const pixels = decodeSafetensors(bytes, "images").get("pixels");
  const [count, height, width, channels = 1] = pixels?.shape ?? [];
  const fits = pixels?.data instanceof Uint8Array && count === expected &&
    (channels === 1 || channels === 3);
  if (!fits) {
    throw new TypeError(
      `Cannot show images as pixels must be U8 [${expected}, height, width] or ` +
        `[${expected}, height, width, 3]: current value is ${pixels?.dtype} [${pixels?.shape}]`,
    );
  }
  return { count, height, width, channels, pixels: pixels.data as Uint8Array };
}
