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
}

/** Loss and accuracy on the test images after one epoch. */
export interface TestCurveRow {
  epoch: number;
  loss: number;
  accuracy: number;
}
