/** A test image whose answer was looked into, and what covering parts of it did. */
export interface OccludedImage {
  id: string;
  /** Names of its class and of the class given. */
  label: string;
  predicted: string;
  /** Probabilities of both, the image as it is. */
  probabilityLabel: number;
  probabilityPredicted: number;
  /**
   * Probability of its class, as it is minus with the patch: a row for each of
   * {@linkcode Occlusion.tops}, a column for each of {@linkcode Occlusion.lefts}.
   */
  labelFalls: number[][];
  /** The same of the class given; equal where the answer is right. */
  predictedFalls: number[][];
}

/** The artifact `occlusion`: which parts of some test images a trained model's answers hang on. */
export interface Occlusion {
  /** In pixels. */
  height: number;
  width: number;
  /** Side of the patch in pixels. */
  patch: number;
  stride: number;
  /** Value that covers each channel, 0 to 255. */
  fill: number[];
  /** First rows and columns of pixels of the patch's places. */
  tops: number[];
  lefts: number[];
  /** Right answers first, each kind from the most confident on. */
  images: OccludedImage[];
}
