/**
 * What is told of a training epoch by epoch.
 *
 * @module
 */

/** One epoch of a training. */
export interface HistoryRow {
  epoch: number;
  trainLoss: number;
  trainAccuracy: number;
  validationLoss: number;
  validationAccuracy: number;
  /** The training loss with its penalties, weights as they are at the epoch's end in a full history. */
  objective: number;
  /** Σ|θ| at the epoch's end. */
  absoluteSum: number;
  /** √Σθ² at the epoch's end. */
  norm: number;
  /** Norm of each layer's gradient at the last step, by the layer's name. */
  gradientNorms: ReadonlyMap<string, number>;
  /** Share of units that no training image brings to life, by the activation; of a full history. */
  deadUnits: ReadonlyMap<string, number>;
  /** Whether the history is a full one. */
  full: boolean;
}

/** Loss and accuracy on the test images after one epoch. */
export interface TestCurveRow {
  epoch: number;
  loss: number;
  accuracy: number;
}
