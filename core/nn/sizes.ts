/** Sizes that every head is made by. */
export interface HeadSizes {
  /** Dimension d of the embeddings. */
  inputs: number;
  /** Number of classes k. */
  classes: number;
  /** Height, width and channels of the images that embeddings are, where they are pixels. */
  image?: readonly [height: number, width: number, channels: number];
}

/**
 * Checks what a head is made by.
 *
 * @throws {RangeError} unless inputs and classes are integers ≥ 1.
 */
export function checkSizes(head: string, sizes: HeadSizes): void {
  for (const name of ["inputs", "classes"] as const) {
    if (Number.isInteger(sizes[name]) && sizes[name] >= 1) continue;
    throw new RangeError(
      `Cannot create ${head} as ${name} must be an integer from 1 up: current value is ${
        sizes[name]
      }`,
    );
  }
}
