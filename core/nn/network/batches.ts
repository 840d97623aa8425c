import type { Core, FloatTensor, IntegerTensor, Step, Tensor } from "../../ops.ts";
import type { Samples } from "../head.ts";
import type { MixUp } from "../regularization.ts";

/** A batch of m samples, with room for what is computed of each. */
export interface Batch {
  /** X `[m, d]`, mixed where samples are. */
  features: FloatTensor;
  /** y `[m]`. */
  labels: IntegerTensor;
  /** Z `[m, k]`, to be written. */
  logits: FloatTensor;
  /** ℓ `[m]`, to be written. */
  losses: FloatTensor;
  /** y′ `[m]`, labels of the samples that were mixed in; none where none were. */
  others?: IntegerTensor;
  /** Of an array `[batches, …]` that has a row for each batch, this one's `[1, …]`. */
  window(tensor: FloatTensor): FloatTensor;
  /** As {@linkcode Step.rule}, its steps counted from the first batch. */
  rule: Step["rule"];
}

/** Options for {@linkcode inBatches}. */
export interface InBatchesOptions {
  /** Samples a batch; the last may be smaller. */
  batchSize: number;
  /** Number of classes k. */
  classes: number;
  /** Also reads P `[n, k]`. Default: false. */
  probabilities?: boolean;
  /** Mixes each sample with its partner, a place in the order of the samples. Default: no. */
  mixUp?: MixUp;
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
 * The results of samples that were taken in parts, as those of all of them.
 *
 * @throws {RangeError} if there is no sample.
 */
export function joinResults(parts: readonly InBatchesResult[]): InBatchesResult {
  if (parts.length === 1) return parts[0];
  if (parts.length === 0) throw new RangeError("Cannot compute on samples as there is none");
  const floats = (key: "losses" | "probabilities") =>
    joined(parts.map((part) => part[key]), (length) => new Float32Array(length));
  const integers = (key: "predicted" | "labels") =>
    joined(parts.map((part) => part[key]), (length) => new Int32Array(length));
  return {
    losses: floats("losses"),
    predicted: integers("predicted"),
    labels: integers("labels"),
    probabilities: floats("probabilities"),
  };
}

function joined<T extends Float32Array | Int32Array>(
  arrays: readonly T[],
  make: (length: number) => T,
): T {
  const whole = make(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}

/**
 * Takes samples through a model batch by batch. The core repeats the steps by itself and is read
 * once, at the end: losses and greatest logits gather in arrays over all samples. So both functions
 * name operations and do nothing else; see {@linkcode Core.repeat}.
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
  { batchSize, classes, probabilities = false, mixUp }: InBatchesOptions,
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
    const partners = mixUp && hold(
      core.uploadIntegers(
        rows ? mixUp.partners.map((place) => rows[place]) : mixUp.partners,
        [n],
        { name: "partners", below: total },
      ),
    );
    const others = partners && hold(core.integers([n], labels.below));
    if (partners) core.gatherRows({ source: labels, indices: partners, output: others! });
    const mixed = partners && hold(core.tensor([size, dimension]));
    const gathered = order && hold(core.tensor([size, dimension]));
    const logits = hold(core.tensor([size, classes]));
    const losses = hold(core.tensor([n]));
    const predicted = hold(core.integers([n], classes));
    const shares = hold(core.tensor([probabilities ? n : 0, classes]));
    const run = (first: number, batches: number, m: number) =>
      core.repeat(batches, (step) => {
        const from = first * size, to = from + batches * m;
        const rows = <T extends Tensor>(tensor: T) => step.rows(core.rows(tensor, from, to), m);
        const batch: Batch = {
          features: gathered ? core.rows(gathered, 0, m) : rows(features),
          labels: rows(y),
          others: others && rows(others),
          logits: core.rows(logits, 0, m),
          losses: rows(losses),
          window: (tensor) => step.rows(core.rows(tensor, first, first + batches), 1),
          rule: (of) => step.rule((i) => of(first + i)),
        };
        if (order) {
          core.gatherRows({ source: features, indices: rows(order), output: batch.features });
        }
        if (partners) {
          const output = core.rows(mixed!, 0, m);
          core.gatherRows({ source: features, indices: rows(partners), output });
          const mixture = batch.rule((i) => ({ kind: "mixture", share: mixUp.share(i) }));
          core.mix({ input: batch.features, others: output, mixture, output });
          batch.features = output;
        }
        forward(batch);
        core.argmax({ input: batch.logits, output: rows(predicted) });
        if (probabilities) {
          core.softmax({ logits: batch.logits, probabilities: rows(shares) });
        }
        backward(batch);
      });
    const full = Math.floor(n / size);
    run(0, full, size);
    if (n > full * size) run(full, 1, n - full * size);
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
