import { HogExtractor } from "../../../core/features/hog.ts";
import { fitArrays } from "../../../core/fitted/fit.ts";
import type {
  FittedArrays,
  FittedPrediction,
  LabelledRows,
} from "../../../core/fitted/fitted_head.ts";
import { loadFitted } from "../../../core/fitted/load.ts";
import type { FittedDescription } from "../../../core/fitted/registry.ts";
import { stream } from "../../../core/random/stream.ts";
import { createWasmCore } from "../../../core/wasm/core.ts";
import { charactersOf } from "../../letterforms/characters.ts";
import { drawLetterforms } from "../../letterforms/draw_letterforms.ts";
import { loadRasterizer, RASTERIZER_URL } from "../../letterforms/rasterize.ts";
import { FONT_STYLES } from "../../letterforms/styles.ts";

/** A forest as a study has it that says nothing about it, but small. */
export const FOREST = {
  name: "forest",
  trees: 20,
  maxFeatures: "sqrt",
  maxDepth: null,
  minLeaf: 1,
  bins: 256,
  bootstrap: true,
  classWeight: "uniform",
} as const satisfies FittedDescription;

/** Heads that are fitted in one go, with every option that changes what they answer. */
export const FITTED_HEADS: readonly FittedDescription[] = [
  FOREST,
  { ...FOREST, trees: 7, minLeaf: 5, classWeight: "balanced", bins: 8 },
  { ...FOREST, trees: 3, maxDepth: 2, bootstrap: false },
  ...(["euclidean", "cosine"] as const).flatMap((metric): FittedDescription[] => [
    { name: "knn", neighbors: 1, metric, weights: "uniform" },
    { name: "knn", neighbors: 6, metric, weights: "uniform" },
    { name: "knn", neighbors: 6, metric, weights: "distance" },
    { name: "centroid", metric, shrinkage: 0 },
    { name: "centroid", metric, shrinkage: 0.5 },
  ]),
];

/** Samples to fit to, and rows to answer. */
export interface FittedCase {
  samples: LabelledRows;
  /** `[n, d]`. */
  queries: Float32Array<ArrayBuffer>;
  /** Number of queries n. */
  count: number;
}

/**
 * Labelled rows, two of seven to be answered and the others to be fitted to.
 *
 * @param x `[n, d]`.
 */
export function splitRows(
  x: Float32Array,
  labels: ArrayLike<number>,
  { dimension, classes }: Pick<LabelledRows, "dimension" | "classes">,
): FittedCase {
  const rows = [...Array(labels.length).keys()];
  const take = (own: number[]) =>
    Float32Array.from(own.flatMap((i) => [...x.subarray(i * dimension, (i + 1) * dimension)]));
  const [fitted, asked] = [rows.filter((i) => i % 7 > 1), rows.filter((i) => i % 7 < 2)];
  return {
    samples: {
      x: take(fitted),
      labels: Int32Array.from(fitted, (i) => labels[i]),
      dimension,
      classes,
    },
    queries: take(asked),
    count: asked.length,
  };
}

/** Letters of some fonts, embedded by HOG. */
export async function letterforms(styles = 25): Promise<FittedCase> {
  const characters = charactersOf("look-alikes");
  const letters = FONT_STYLES.filter(({ index }) => index % 8 === 0).slice(0, styles)
    .flatMap((style) => characters.map((character) => ({ style, character })));
  const size = 24;
  const pixels = await drawLetterforms(letters, {
    ...{ seed: 1, size, scale: [0.6, 0.7], shift: 0.05, rotation: 8 },
    font: ({ url }) => Deno.readFile(url),
    rasterize: await loadRasterizer(await Deno.readFile(RASTERIZER_URL)),
  });
  const labels = letters.map(({ character }) => characters.indexOf(character));
  return hogRows(pixels, labels, size, characters.length);
}

/** Square grey images embedded by HOG. */
export function hogRows(
  pixels: Uint8Array,
  labels: ArrayLike<number>,
  size: number,
  classes: number,
): FittedCase {
  const hog = new HogExtractor({
    ...{ height: size, width: size, channels: 1 },
    ...{ orientations: 9, cell: 4, block: 2 },
  });
  const { dimension } = hog;
  const x = new Float32Array(labels.length * dimension);
  for (let i = 0; i < labels.length; i++) {
    const image = pixels.subarray(i * size * size, (i + 1) * size * size);
    hog.extract(image, x.subarray(i * dimension, (i + 1) * dimension));
  }
  return splitRows(x, labels, { dimension, classes });
}

/**
 * Rows of few small integers: many are the same row under another label, many are equally near, some are
 * zero; and many queries are one of the rows.
 */
export function tiedRows(dimension: number, classes: number): FittedCase {
  const random = stream(dimension, "data");
  const rows = 180;
  const x = Float32Array.from({ length: rows * dimension }, () => random.integer(3) - 1);
  return splitRows(x, Array.from({ length: rows }, (_, i) => i % classes), { dimension, classes });
}

/** A head fitted to the samples of a case. */
export async function fit(
  head: FittedDescription,
  { samples }: FittedCase,
): Promise<FittedArrays> {
  const { arrays } = await fitArrays(head, samples, {
    seed: 1,
    read: (url) => Deno.readFile(url),
    progress: async () => {},
  });
  return arrays;
}

/** What the head itself answers to the queries of a case. */
export async function ownAnswers(
  head: FittedDescription,
  arrays: FittedArrays,
  { samples, queries, count }: FittedCase,
): Promise<FittedPrediction> {
  using core = await createWasmCore({ read: (url) => Deno.readFile(url) });
  return await loadFitted(core, head, arrays, samples).predict(queries, count);
}
