/**
 * Samples as they are read without training: in chunks of bounded memory, held by the core or
 * streamed.
 *
 * @module
 */
import type { Core } from "../../ops.ts";
import type { StreamedSamples } from "../feature_source.ts";
import type { Samples } from "../head.ts";
import type { ForwardPass } from "../layers/layer.ts";
import { type RowWindow, rowWindows } from "../row_windows.ts";
import { streamWindows } from "../stream_windows.ts";
import { type Batch, inBatches, type InBatchesResult, joinResults } from "./batches.ts";
import type { LayerStack } from "./layer_stack.ts";
import { elementsPerSample, Workspace } from "./workspace.ts";

/** Most rows that are taken at a time. */
const CHUNK = 256;

/** Most elements that are held for it: 64 MiB. */
const CHUNK_ELEMENTS = 1 << 24;

/** What is done with a chunk whose logits are named, and what each layer was given. */
type Reader = (batch: Batch, passes: readonly ForwardPass[]) => void;

/** A part of the samples, as {@linkcode readParts} comes to it. */
export interface Part {
  /** Number of its batches. */
  batches: number;
  /** Takes it through the layers. */
  read(reader: Reader, probabilities?: boolean): Promise<InBatchesResult>;
}

/** Takes samples through a network part by part: one, or as many as there are windows. */
export async function* readParts(
  core: Core,
  stack: LayerStack,
  samples: Samples | StreamedSamples,
  classes: number,
): AsyncGenerator<Part> {
  stack.checkFeatures(samples);
  const most = Math.floor(CHUNK_ELEMENTS / elementsPerSample(stack.layers));
  const batchSize = Math.min(CHUNK, Math.max(1, most));
  // A batch's size leaves no trace here, so that none needs to reach into the next window.
  const parts = "source" in samples
    ? streamWindows(core, samples, windowsOf(samples), 1)
    : [samples];
  const space = new Workspace(core, stack.layers, batchSize, "evaluate");
  try {
    for await (const part of parts) {
      const n = part.rows?.length ?? part.features.shape[0];
      yield {
        batches: Math.ceil(n / batchSize),
        read(reader, probabilities = false) {
          let passes: ForwardPass[] = [];
          return inBatches(
            core,
            part,
            { batchSize, classes, probabilities },
            (batch) => passes = stack.forward(batch, space, { mode: "evaluate", steps: 0 }),
            (batch) => reader(batch, passes),
          );
        },
      };
    }
  } finally {
    space.dispose();
  }
}

/** Losses, classes and (where asked for) probabilities of samples. */
export async function readAnswers(
  core: Core,
  stack: LayerStack,
  samples: Samples | StreamedSamples,
  { classes, probabilities }: { classes: number; probabilities: boolean },
): Promise<InBatchesResult> {
  const results: InBatchesResult[] = [];
  for await (const part of readParts(core, stack, samples, classes)) {
    const own = await part.read(
      ({ logits, labels, losses }) => core.softmaxCrossEntropy({ logits, labels, losses }),
      probabilities,
    );
    results.push(own);
  }
  return joinResults(results);
}

/** All windows of samples that are not shuffled. */
function windowsOf({ source, rows, layout }: StreamedSamples): RowWindow[] {
  const all = rows ?? Int32Array.from({ length: source.rows }, (_, i) => i);
  return rowWindows(all, layout);
}
