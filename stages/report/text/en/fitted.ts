import type { FittedName } from "../../../../core/fitted/registry.ts";
import { cite } from "../../references.ts";
import { math as m, type Rich, rich, type Text } from "../../rich.ts";

/** Heads that are fitted in one go. */
export const fitted = {
  heads: "Heads",
  concept: {
    forest: rich`A **random forest** ${
      cite("breiman", "en")
    } is many decision trees, each grown on a sample of its own of the training images, drawn with replacement. Each node asks whether one feature is below a threshold: of some features drawn at random it takes the one, and the threshold, for which the impurity of the two parts is least, by the Gini index of the shares ${
      m("q_k")
    } of the classes. The probability of a class is the mean of its shares in the ${
      m("T")
    } leaves that an image comes to:`,
    knn: rich`**k nearest neighbours** ${
      cite("neighbors", "en")
    } keeps the training images. The probability of a class is its share of the votes of the ${
      m("k")
    } training images ${m("N(x)")} whose vectors are nearest, which count ${
      m("w_i = 1")
    } each, or ${m("1 / d(x, x_i)")}:`,
    centroid: rich`The **nearest centroid** ${
      cite("centroid", "en")
    } gives an image the class whose mean ${
      m("\\mu_k")
    } over the training images is nearest. Probabilities follow the squared distances, by a scale ${
      m("s")
    } under which the labels of the training images are most likely:`,
  } satisfies Record<FittedName, Rich>,
  shrunken:
    rich`Where a shrinkage is given, each mean is first drawn to the mean of all images, feature by feature, by as many standard deviations.`,
  without:
    "The heads that follow are fitted to the training images in one go: they have no epochs, no batches and no optimiser, and settings of those have no effect on them. The validation images have a part only where values are tuned.",
  outOfBag:
    rich`The out-of-bag accuracy of a forest is that on its training images, each answered by the trees whose sample it is not in: it needs no other images.`,
  heading: "Heads fitted in one go",
  caption: "Heads fitted in one go: options, and means over replicates.",
  options: "Options",
  images: "Training images",
  numbers: "Numbers kept",
  validation: "Validation accuracy",
  outOfBagHeader: "Out-of-bag accuracy",
  trainUse: "Fitting the heads",
  validationUse: "The choice of hyperparameters",
  selection:
    "The test images take no part in the fit or in the choice of hyperparameters: the steps that do these have no access to test predictions, and those that fit read training and validation images only.",
  replicated: (o: { count: Text; names: Text }) =>
    rich`Each model is fitted ${o.count} times (${o.names}), and models are compared in pairs.`,
  mixed: (o: { count: Text; names: Text }) =>
    rich`Each model is trained, or fitted, ${o.count} times (${o.names}). Under one seed, models with the same layers start from the same weights, and those with the same batches see them in the same order; all models are compared in pairs.`,
  once: "Each model is fitted once: the results do not tell how much chance has to do with them.",
  replicates:
    "Replicates of a head that draws no random numbers differ only by their images: on one split they are one fit, and give the same answers.",
};
