import { cite } from "../../references.ts";
import { rich, type Text } from "../../rich.ts";

export const sweeps = {
  heading: (parameter: string) => `Loss of each class by ${parameter}`,
  intro: (o: { parameter: Text }) =>
    rich`The value of a hyperparameter that serves all classes best on the whole need not be the one that serves each class best: effects of regularisation depend on the class ${
      cite("balestriero", "en")
    }. Here is the log loss of each class's test images as the ${o.parameter} changes and all else stays.`,
  diagnosticTitle: "A diagnostic, not a selection",
  diagnostic:
    "These losses are those of the test images, seen once everything was chosen. They show how classes differ; a value picked by them would have to be tested on other images.",
  valuesCaption: (o: { parameter: Text; replicates: Text }) =>
    rich`Log loss over classes by ${o.parameter} (${o.replicates}): each class counts once. Best for: the number of classes whose mean loss is lowest at this value. The lowest mean is in bold.`,
  series: "Models",
  mean: "Mean over classes",
  deviation: "±",
  bestFor: "Best for",
  classesCaption: (o: { shown: Text; all: Text }) =>
    rich`What the common value costs: the best value of each class, and its loss there and at the value that is best for the mean over classes. The ${o.shown} of ${o.all} rows with the largest difference; the CSV file has them all.`,
  classesCaptionAll:
    rich`What the common value costs: the best value of each class, and its loss there and at the value that is best for the mean over classes. Classes that lose most come first.`,
  best: "Best value",
  lossAtBest: "Loss there",
  lossAtCommon: "Loss at the common value",
  excess: "Difference",
  agreeing: "In replicates",
  agreeingValue: (o: { count: Text; all: Text }) => rich`${o.count} of ${o.all}`,
  classesShare: (o: { count: Text; all: Text; value: Text }) =>
    rich`For **${o.count}** of ${o.all} classes, another value than the common one, ${o.value}, gives the lowest loss.`,
  classesShareOf: (o: { series: Text; count: Text; all: Text; value: Text }) =>
    rich`${o.series}: for **${o.count}** of ${o.all} classes, another value than the common one, ${o.value}, gives the lowest loss.`,
  validationMean: "Mean on validation",
  bestForOnValidation: "Best for, on validation",
  bestByValidation: "Best on validation",
  lossAtValidation: "Test loss there",
  validated: (o: { value: Text; common: Text; own: Text }) =>
    rich`Chosen on the validation images instead: one value for all classes (${o.value}) gives a mean test loss over classes of ${o.common}; for each class its own value, ${o.own}. The latter may take the losses of classes from different models, so that no single classifier need attain it.`,
  validatedOf: (o: { series: Text; value: Text; common: Text; own: Text }) =>
    rich`${o.series}, chosen on the validation images instead: one value for all classes (${o.value}) gives a mean test loss over classes of ${o.common}; for each class its own value, ${o.own}. The latter may take the losses of classes from different models, so that no single classifier need attain it.`,
  figure: (o: { parameter: Text; logarithmic: boolean }) =>
    rich`Log loss of each class on the test set by ${o.parameter}${
      o.logarithmic ? ", on a logarithmic axis" : ""
    }, mean over replicates: a thin line for each class, in colour for those that lose most by the common value; the thick line is the mean over classes, the band one standard deviation over classes around it.`,
  figureAlt: (o: { parameter: string; values: string }) =>
    `Chart of the loss of each class by ${o.parameter}. Lowest mean over classes: ${o.values}.`,
  axis: "Log loss",
};
