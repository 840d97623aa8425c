import type { StopReason } from "../../../../data/artifacts/summary.ts";
import { cite } from "../../references.ts";
import { rich, type Text } from "../../rich.ts";

export const results = {
  best: (o: { model: Text; accuracy: Text; interval: Text; level: Text }) =>
    rich`**${o.model}** reaches the highest accuracy on the test set, ${o.accuracy}, with the ${o.level} interval ${o.interval}.`,
  overview: "Overview",
  table: (replicates: Text) =>
    rich`Results on the test set (${replicates}). Intervals are over test images; ± is the standard deviation over replicates. The best of each column is in bold.`,
  accuracy: "Accuracy",
  interval: "Interval",
  deviation: "±",
  macroF1: "Macro F1",
  logLoss: "Log loss",
  epochsToBest: "Best epoch",
  epochs: "Epochs",
  multiplyAdds: "Multiply-adds to best",
  parameters: "Parameters",
  accuracyFigure:
    rich`Accuracy on the test set: mean with its interval, and each replicate (small marks).`,
  accuracyFigureAlt: (o: { values: string }) => `Chart of test accuracy by model. ${o.values}.`,
  curves: "Learning curves",
  lossFigure: (o: { stopped: Text }) =>
    rich`Loss by epoch: mean over replicates, with the range from the lowest to the highest as a band, as long as at least half of the replicates still train. ${o.stopped}`,
  accuracyCurves: rich`Accuracy by epoch, drawn as the loss above.`,
  markers:
    "The solid line marks the mean best epoch, the dashed line the mean epoch after which models over-fit.",
  markersAgree: "The line marks the mean best epoch, which is also where over-fitting sets in.",
  bestAndOverfit: "Best epoch, then over-fitting",
  bestMarker: "The solid line marks the mean best epoch; over-fitting sets in for no replicate.",
  lossFigureAlt: (models: string) =>
    `Curves of training and validation loss by epoch, one panel for each of ${models}`,
  accuracyCurvesAlt: (models: string) =>
    `Curves of training and validation accuracy by epoch, one panel for each of ${models}`,
  epoch: "Epoch",
  loss: "Loss",
  training: "Training",
  validation: "Validation",
  series: "Partition",
  curvesTable: "Epochs, means over replicates with the lowest and the highest.",
  bestEpoch: "Best epoch",
  overfitEpoch: "Over-fits after",
  stopEpoch: "Epochs run",
  stopped: "Stopped by",
  stops: {
    patience: "patience",
    maximum: "maximum of epochs",
    converged: "convergence",
    diverged: "divergence",
  } satisfies Record<StopReason, string>,
  never: "never",
  neverFor: (mean: Text, count: Text, total: Text) => rich`${mean} (in ${count} of ${total})`,
  testCurves: "On the test set, epoch by epoch",
  testCurvesTitle: "A diagnostic, and no basis for a choice",
  testCurvesReading:
    "The study asks for these curves by name. They come after everything was chosen: each training that was kept is run once more, held to the bits of its weights, and tested after each epoch. No epoch, no hyperparameter and no model is chosen by them, and no step reads them but the one that writes this note. An epoch that was chosen by them would owe part of its score to chance.",
  testLossFigure:
    rich`Loss on the validation and on the test images by epoch, drawn as the learning curves. The line marks the mean epoch that is kept.`,
  testAccuracyFigure:
    rich`Accuracy on the validation and on the test images by epoch, drawn alike.`,
  testLossFigureAlt: (models: string) =>
    `Curves of validation and test loss by epoch, one panel for each of ${models}`,
  testAccuracyFigureAlt: (models: string) =>
    `Curves of validation and test accuracy by epoch, one panel for each of ${models}`,
  testCurvesTable:
    "Accuracy on the test images of the epoch that is kept, and the highest of any epoch, which flatters: means over replicates.",
  keptEpoch: "Epoch kept",
  accuracyThere: "Test accuracy",
  highestEpoch: "Epoch of the highest",
  cost: "Cost to converge",
  costFigure:
    rich`Cost to converge, counted up to the best epoch: each replicate (small marks) and the mean.`,
  costFigureAlt: (values: string) => `Chart of epochs to the best epoch by model. ${values}.`,
  costTable: "Cost to the best epoch, means over replicates.",
  steps: "Steps",
  samples: "Images seen",
  perClass: "By class",
  perClassFigure:
    rich`F1 of each class, mean over replicates. Classes are in the order of their mean F1.`,
  perClassFigureOf: (count: Text) =>
    rich`F1 of the ${count} classes where its mean over models is lowest, mean over replicates.`,
  perClassFigureAlt: (o: { worst: string; best: string }) =>
    `Chart of F1 by class and model, from ${o.worst}, the lowest, to ${o.best}, the highest`,
  report: (model: Text) =>
    rich`Classification report of ${model}, means over replicates. The CSV also counts each class against the rest, over all replicates.`,
  range: (o: { precision: Text; recall: Text }) =>
    rich`Precision ranges from ${o.precision} and recall from ${o.recall}.`,
  fromTo: (low: Text, lowClass: Text, high: Text, highClass: Text) =>
    rich`${low} (${lowClass}) to ${high} (${highClass})`,
  precision: "Precision",
  recall: "Recall",
  f1: "F1",
  support: "Support",
  macro: "Macro average",
  micro: "Micro average (accuracy)",
  weighted: "Weighted average",
  confusion: "Confusion",
  confusionFigure: (model: Text) =>
    rich`Confusion matrix of ${model}: share of each class's test images given each class, in percent, over all replicates. Shares under one percent are left out.`,
  confusionFigureAlt: (o: { model: string; pairs: string }) =>
    `Confusion matrix of ${o.model}. Largest confusions: ${o.pairs}`,
  truth: "True class",
  predicted: "Predicted class",
  share: "Share (%)",
  pairs: "Most confused pairs",
  pairsTable: (count: Text) =>
    rich`The ${count} most frequent confusions, as a share of the test images of the true class, over all models and replicates.`,
  count: "Errors",
  countShare: "Share",
  errorsFigure:
    rich`Test images that the most accurate model gets wrong, for the most confused pairs, first replicate; beside them, training images of the true class and of the predicted one.`,
  errorsFigureAlt: (pairs: string) =>
    `A sheet of misclassified images, one row for each of: ${pairs}`,
  pair: (truth: string, predicted: string) => `${truth} → ${predicted}`,
  scores: "Further scores",
  scoresTable: (replicates: Text) =>
    rich`Further scores on the test set (${replicates}). ROC AUC and average precision are macro averages. For Brier and ECE, lower is better. The best of each column is in bold.`,
  scoreNames: {
    balancedAccuracy: "Balanced accuracy",
    topK: (k: string) => `Top ${k}`,
    cohenKappa: "κ",
    matthewsCorrelation: "MCC",
    rocAuc: "ROC AUC",
    averagePrecision: "Average precision",
    brier: "Brier",
    calibrationError: "ECE",
  },
  classesOnly: (model: Text) =>
    rich`For ${model} the file gives classes without their probabilities, so scores of probabilities are left out.`,
  scoreMissing:
    "A dash marks a score that the test images leave undefined: ROC AUC and average precision need images of every class, κ answers or images of more than one class.",
  overReplicates: (o: { level: Text; intervals: Text; splits: boolean }) =>
    rich`Over replicates, Student's t gives these ${o.level} intervals of the mean accuracy: ${o.intervals}. ${
      o.splits
        ? "They tell of the chance in training and splitting, and are too narrow as far as splits share training images."
        : "They tell of the chance in training, not of the draw of test images."
    }`,
  calibrationFigure:
    rich`Calibration: accuracy of predictions by their probability, in bins, all replicates together. Marks on the dashed line are as often right as they are sure; larger marks hold more predictions.`,
  calibrationFigureAlt: (errors: string) =>
    `Reliability diagram of the models. Calibration errors: ${errors}`,
  confidence: "Probability of the prediction",
  folds: "Cross-validation",
  foldsReading: (o: { complete: boolean }) =>
    rich`${
      o.complete
        ? "Each image is tested in exactly one fold, by a model that has"
        : "Each test image is tested by models that have"
    } neither trained on it nor chosen by it. The folds share most of their training images, so their scores are not independent and the interval over folds is too narrow ${
      cite("crossValidation", "en")
    }; *pooled* scores the answers of all folds together.`,
  foldsTable: "Accuracy of each model in each fold, and over all of them. The CSV has every score.",
  testImages: "Test images",
  standardDeviation: "Standard deviation",
  intervalOver: {
    images: (level: string) => `${level} interval over test images`,
    folds: (level: string) => `${level} interval over folds`,
  },
  pooled: "Pooled",
  tests: "Pairwise tests",
  testsTable: (alpha: Text) =>
    rich`Differences in accuracy between every two models, first minus second, in percentage points. Disagree: share of the test images that one of the two alone gets right. Significant: p corrected by Holm at most ${alpha}. p (replicates): sign-flip test. Detectable from: a dash where the two models disagree too rarely for any difference to be significant. Differences are taken before rounding.`,
  pairOf: (left: string, right: string) => `${left}\u00a0−\u00a0${right}`,
  pairHeader: "Pair",
  differenceHeader: "Difference",
  discordance: "Disagree",
  p: "p (McNemar)",
  corrected: "p (Holm)",
  seedsP: "p (replicates)",
  significant: "Significant",
  yes: "yes",
  no: "no",
  detectable: "Detectable from",
  testsFigure:
    rich`Differences in accuracy with their intervals. Within the grey band a difference is smaller than this test set can show.`,
  testsFigureAlt: (values: string) => `Chart of differences in accuracy. ${values}.`,
  differencePoints: "Difference in accuracy (points)",
  noPair: "There is one model: nothing to compare.",
};
