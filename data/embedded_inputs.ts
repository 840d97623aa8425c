import type { ReadableFile } from "./embedding_file.ts";
import { type EmbeddedSamples, readEmbeddedSamples } from "./embedded_samples.ts";

/** Ports of embedded images with their labels and partitions, as steps declare them. */
export const EMBEDDED_INPUTS = {
  embeddings: { format: "safetensors" },
  samples: { format: "csv" },
  classes: { format: "json" },
  partition: { format: "csv" },
} as const;

/** These ports' artifacts, as a step is given them. */
export interface EmbeddedInputs {
  embeddings: { open(): Promise<ReadableFile & Disposable> };
  samples: { text(): Promise<string> };
  classes: { json<T>(): Promise<T> };
  partition: { text(): Promise<string> };
}

/**
 * Opens the embeddings and reads what belongs to them, as {@linkcode readEmbeddedSamples} does. Rows
 * can be read until the samples are disposed of.
 *
 * @throws {SyntaxError} if an artifact is damaged, or the partition is not of these samples.
 * @throws {RangeError} if the embeddings are not one for each sample, or a label is no class.
 */
export async function openEmbeddedSamples(
  inputs: EmbeddedInputs,
): Promise<EmbeddedSamples & Disposable> {
  const embeddings = await inputs.embeddings.open();
  try {
    const samples = await readEmbeddedSamples({
      embeddings,
      samples: await inputs.samples.text(),
      classes: await inputs.classes.json<{ names: string[] }>(),
      partition: await inputs.partition.text(),
    });
    return { ...samples, [Symbol.dispose]: () => embeddings[Symbol.dispose]() };
  } catch (error) {
    embeddings[Symbol.dispose]();
    throw error;
  }
}
