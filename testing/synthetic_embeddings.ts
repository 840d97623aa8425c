/**
 * Small embedded data sets for tests of training and evaluation.
 *
 * @module
 */
import { stream } from "../core/random/stream.ts";
import { type ImageShape, tellFeatureShape } from "../data/feature_shape.ts";
import { allocateSafetensors } from "../data/formats/safetensors.ts";
import { type Partition, PARTITIONS, stringifyPartition } from "../data/partition.ts";
import { stringifySamples } from "../data/samples.ts";

/** Options of {@linkcode syntheticEmbeddings}. */
export interface SyntheticOptions {
  /** Names of the classes. Default: `a`, `b`, `c`; `b` and `c` look alike. */
  classes?: string[];
  /** Images of each class in each partition. Default: 20. */
  perClass?: number;
  /** Dimension, at least the number of classes. Default: 6. */
  dimension?: number;
  /** Standard deviation of the noise; the classes' centres are 2 apart. Default: 0.5. */
  noise?: number;
  /** Distance of the last class's centre from that of the one before it. Default: 0.5. */
  lookAlike?: number;
  /** Shape of an embedding that is pixels; as many as the dimension. Default: none. */
  shape?: ImageShape;
  seed?: number;
  /** Labels an image of a class in a partition otherwise. */
  label?: (label: string, partition: Partition) => string;
  /** Changes the embeddings before they are written; row-major. */
  edit?: (x: Float32Array, partition: readonly Partition[], dimension: number) => void;
}

/** Artifacts by port, as a step's inputs. */
export interface SyntheticArtifacts {
  embeddings: Uint8Array<ArrayBuffer>;
  samples: string;
  classes: { json: { names: string[]; titles: string[] } };
  partition: string;
  /** Ids of the test images, in order. */
  testIds: string[];
}

/** Classes as clouds around centres on the axes; the partitions take turns. */
export async function syntheticEmbeddings(
  options: SyntheticOptions = {},
): Promise<SyntheticArtifacts> {
  const {
    classes = ["a", "b", "c"],
    perClass = 20,
    dimension = 6,
    noise = 0.5,
    lookAlike = 0.5,
    seed = 1,
  } = options;
  const random = stream(seed, "data");
  const rows = classes.flatMap((label, index) =>
    Array.from({ length: perClass * PARTITIONS.length }, (_, i) => ({
      id: `${label}${i}`,
      label,
      index,
      partition: PARTITIONS[i % PARTITIONS.length],
    }))
  );
  const x = new Float32Array(rows.length * dimension);
  const last = classes.length - 1;
  rows.forEach(({ index }, row) => {
    for (let j = 0; j < dimension; j++) x[row * dimension + j] = noise * random.normal();
    // The centre of the last class lies next to that of the one before it.
    x[row * dimension + (index === last ? last - 1 : index)] += 2;
    if (index === last) x[row * dimension + last] += lookAlike;
  });
  const partition = rows.map((row) => row.partition);
  options.edit?.(x, partition, dimension);
  const { bytes: embeddings, tensors } = allocateSafetensors(
    { x: { dtype: "F32", shape: [rows.length, dimension] } },
    options.shape && tellFeatureShape(options.shape),
  );
  tensors.x.data.set(x);
  return {
    embeddings,
    samples: await stringifySamples(
      rows.map(({ id, label, partition }) => ({
        id,
        label: options.label?.(label, partition) ?? label,
        group: "",
        origin: id,
      })),
    ),
    classes: { json: { names: classes, titles: classes } },
    partition: await stringifyPartition(rows.map(({ id }) => id), partition),
    testIds: rows.filter((row) => row.partition === "test").map(({ id }) => id),
  };
}
