import type { Random } from "../random/stream.ts";
import {
  type BinnedSamples,
  type GrownTree,
  type TreeGrower,
  type TreeLimits,
  weightedRows,
} from "./tree_grower.ts";

const MODULE = new URL("./forest.wasm", import.meta.url);

/** Files that {@linkcode createWasmGrower} reads: a step that uses it declares them. */
export const forestAssets: readonly URL[] = [MODULE];

const PAGE = 65_536;

/** The kernel; see `assembly/index.ts`. */
type Grow = (...values: number[]) => number;

/**
 * {@linkcode TreeGrower} in WebAssembly.
 *
 * @param read Reads one of {@linkcode forestAssets}.
 * @throws {RangeError} if the samples do not fit into 4 GiB.
 */
export async function createWasmGrower(
  samples: BinnedSamples,
  limits: TreeLimits,
  read: (url: URL) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<TreeGrower> {
  const { rows: n, dimension: d, classes: k, codes, labels } = samples;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: PAGE });
  const { instance } = await WebAssembly.instantiate(await read(MODULE), { env: { memory } });
  const { grow } = instance.exports as unknown as { grow: Grow };
  let end = PAGE; // The first page is the module's own.
  const place = (bytes: number) => {
    const at = Math.ceil(end / 16) * 16;
    end = at + bytes;
    return at;
  };
  const at = {
    codes: place(codes.length),
    rows: place(4 * n),
    tags: place(8 * n),
    scratch: place(4 * (d + 5 * n + 2 * k)),
    features: place(8 * n),
    bins: place(8 * n),
    links: place(8 * n),
    leaves: place(4 * n * k),
  };
  const pages = Math.ceil(end / PAGE);
  if (pages > PAGE) {
    throw new RangeError(
      `Cannot grow trees on ${n} samples of ${d} features and ${k} classes as they must fit into ` +
        `4 GiB: current size is ${(end / 2 ** 30).toFixed(1)} GiB`,
    );
  }
  memory.grow(pages - memory.buffer.byteLength / PAGE);
  new Uint8Array(memory.buffer).set(codes, at.codes);
  const words = (from: number, count: number) => new Int32Array(memory.buffer, from, count);
  return {
    grow(weights: Int32Array, random: Random): GrownTree {
      const rows = weightedRows(weights);
      const m = rows.length;
      words(at.rows, m).set(rows);
      const tags = words(at.tags, 2 * m);
      rows.forEach((row, i) => {
        tags[2 * i] = weights[row];
        tags[2 * i + 1] = labels[row];
      });
      const { maxDepth, maxFeatures, minLeaf } = limits;
      const nodes = grow(
        ...[at.codes, n, d, k, at.rows, at.tags, m, ...random.key],
        ...[maxFeatures, maxDepth, minLeaf],
        ...[at.scratch, at.features, at.bins, at.links, at.leaves],
      );
      return {
        features: words(at.features, nodes).slice(),
        bins: words(at.bins, nodes).slice(),
        links: words(at.links, nodes).slice(),
        leaves: words(at.leaves, (nodes + 1) / 2 * k).slice(),
      };
    },
  };
}
