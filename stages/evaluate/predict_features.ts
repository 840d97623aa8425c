import type { Head, Prediction } from "../../core/nn/head.ts";
import type { HeadSizes } from "../../core/nn/registry.ts";
import type { Core } from "../../core/ops.ts";
import { type HeadSummary, isFitted } from "../../data/artifacts/summary.ts";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { loadFittedHead, loadHead } from "./load_head.ts";

/** Numbers that the core holds at once: 64 MiB. */
const WINDOW = 1 << 24;

/** Predicts samples whose features lie in memory, as often as wanted. */
export interface FeaturePredictor {
  /**
   * @param features `[n, d]`, row-major, where n is the number of labels.
   */
  predict(
    features: Float32Array<ArrayBuffer>,
  ): Promise<Pick<Prediction, "probabilities" | "predicted">>;
}

interface FeaturePredictorOptions {
  /** Number of features d. */
  dimension: number;
  /** Class index of each sample `[n]`. */
  labels: Int32Array<ArrayBuffer>;
  /** Number of classes k. */
  classes: number;
}

/**
 * A trained or fitted head that predicts some samples again and again with other features.
 *
 * @param weights Bytes of the artifact `weights`.
 * @throws {RangeError} if the weights are not those of such a head.
 */
export function openPredictor(
  core: Core,
  summary: HeadSummary,
  weights: Uint8Array<ArrayBuffer>,
  labels: Int32Array<ArrayBuffer>,
  sizes: HeadSizes,
): FeaturePredictor {
  const tensors = decodeSafetensors(weights, "weights");
  const { inputs: dimension, classes } = sizes;
  if (!isFitted(summary)) {
    const head = loadHead(core, summary, tensors, sizes);
    return featurePredictor(core, head, { dimension, labels, classes });
  }
  const head = loadFittedHead(core, summary, tensors, { dimension, classes });
  return { predict: async (features) => await head.predict(features, labels.length) };
}

/** Makes room in a core for some samples, to be predicted again and again with other features. */
function featurePredictor(
  core: Core,
  head: Head,
  { dimension: d, labels, classes }: FeaturePredictorOptions,
): FeaturePredictor {
  const n = labels.length;
  const rows = Math.max(1, Math.min(n, Math.floor(WINDOW / d)));
  const room = core.tensor([rows, d]);
  const windows = Array.from({ length: Math.ceil(n / rows) }, (_, i) => {
    const [from, to] = [i * rows, Math.min((i + 1) * rows, n)];
    return {
      from,
      to,
      features: core.rows(room, 0, to - from),
      labels: core.uploadIntegers(labels.slice(from, to), [to - from], { below: classes }),
    };
  });
  return {
    async predict(features) {
      const probabilities = new Float32Array(n * classes);
      const predicted = new Int32Array(n);
      for (const { from, to, ...samples } of windows) {
        // Whoever reads features has held them to finite values.
        const part = features.subarray(from * d, to * d);
        core.write(samples.features, part, { allowNonFinite: true });
        const own = await head.predict(samples);
        probabilities.set(own.probabilities, from * classes);
        predicted.set(own.predicted, from);
      }
      return { probabilities, predicted };
    },
  };
}
