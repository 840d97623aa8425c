import type { Core, FloatTensor, IntegerTensor, Tensor } from "../ops.ts";
import type { Samples } from "./head.ts";

/** A batch of m samples, with room for what is computed of each. */
export interface Batch {
  /** X `[m, d]`. */
  features: FloatTensor;
  /** y `[m]`. */
  labels: IntegerTensor;
  /** Z `[m, k]`, to be written. */
  logits: FloatTensor;
  /** ℓ `[m]`, to be written. */
  losses: FloatTensor;
}

/** Options for {@linkcode inBatches}. */
export interface InBatchesOptions {
  /** Samples a batch; the last may be smaller. */
  batchSize: number;
  /** Number of classes k. */
  classes: number;
  /** Also reads P `[n, k]`. Default: false. */
  probabilities?: boolean;
}

/** What {@linkcode inBatches} reads when all batches are done, in the order of the samples. */
export interface InBatchesResult {
  losses: Float32Array<ArrayBuffer>;
  predicted: Int32Array<ArrayBuffer>;
  labels: Int32Array<ArrayBuffer>;
  /** Empty unless asked for. */
  probabilities: Float32Array<ArrayBuffer>;
}

/**
 * Takes samples through a model batch by batch. The core is read once, at the end: losses and
 * greatest logits gather in arrays over all samples.
 *
 * @param forward Computes the logits of a batch.
 * @param backward Computes the losses of a batch, and whatever else follows from the logits, which
 * it may overwrite.
 *
 * @throws {RangeError} if there is no sample, or a row is not one of the features'.
 */
export async function inBatches(
  core: Core,
  { features, labels, rows }: Samples,
  { batchSize, classes, probabilities = false }: InBatchesOptions,
  forward: (batch: Batch) => void,
  backward: (batch: Batch) => void,
): Promise<InBatchesResult> {
  const [total, dimension] = features.shape;
  const n = rows?.length ?? total;
  if (n === 0) throw new RangeError("Cannot compute on samples as there is none");
  const held: Tensor[] = [];
  const hold = <T extends Tensor>(tensor: T): T => {
    held.push(tensor);
    return tensor;
  };
  try {
    const order = rows && hold(core.uploadIntegers(rows, [n], { name: "rows", below: total }));
    const y = order ? hold(core.integers([n], labels.below)) : labels;
    if (order) core.gatherRows({ source: labels, indices: order, output: y });
    const size = Math.min(batchSize, n);
    const gathered = order && hold(core.tensor([size, dimension]));
    const logits = hold(core.tensor([size, classes]));
    const losses = hold(core.tensor([n]));
    const predicted = hold(core.integers([n], classes));
    const shares = hold(core.tensor([probabilities ? n : 0, classes]));
    for (let from = 0; from < n; from += size) {
      const to = Math.min(from + size, n);
      const batch: Batch = {
        features: gathered ? core.rows(gathered, 0, to - from) : core.rows(features, from, to),
        labels: core.rows(y, from, to),
        logits: core.rows(logits, 0, to - from),
        losses: core.rows(losses, from, to),
      };
      if (order) {
        const indices = core.rows(order, from, to);
        core.gatherRows({ source: features, indices, output: batch.features });
      }
      forward(batch);
      core.argmax({ input: batch.logits, output: core.rows(predicted, from, to) });
      if (probabilities) {
        core.softmax({ logits: batch.logits, probabilities: core.rows(shares, from, to) });
      }
      backward(batch);
    }
    return {
      losses: await core.download(losses),
      predicted: await core.downloadIntegers(predicted),
      labels: await core.downloadIntegers(y),
      probabilities: await core.download(shares),
    };
  } finally {
    for (const tensor of held) core.free(tensor);
  }
}
