import { cite } from "../../references.ts";
import { math as m, rich, type Text } from "../../rich.ts";

export const interpretability = {
  intro:
    "What the trained models lean on: over all test images (global), and for single ones (local). All of it was computed once the models were chosen, and chose nothing.",
  /** Between items that have commas of their own. */
  separator: "; ",
  importance: "Global: permutation importance",
  importanceText: rich`**Permutation importance** ${cite("breiman", "en")} ${
    cite("fisher", "en")
  } asks how much worse a trained model answers once some numbers of the representation no longer tell of their own image: the values of a group of dimensions are exchanged between the test images at random, and the test scores are taken again. With ${
    m("L")
  } the log loss as it is and ${m("L_{g,r}")} that under permutation ${m("r")} of group ${
    m("g")
  }, and likewise for the fall of the accuracy, the importance is`,
  importanceReading: (o: { repeats: Text; groups: Text; placed: boolean }) =>
    rich`There are ${o.groups} groups${
      o.placed
        ? ", one for each square of the image: the dimensions that tell of its pixels, rows and columns counted from the top left corner"
        : ""
    }, and ${o.repeats} permutations of each replicate, the same for all groups. Groups that tell the same share their importance: while one of them is left, to permute the other costs little. A small importance is no proof that a group tells nothing.`,
  importanceMapFigure:
    rich`Permutation importance by square of the image: mean rise of the log loss on the test set, over permutations and replicates. The darker, the more the model leans on that square.`,
  importanceFigure: (count: Text) =>
    rich`Permutation importance: mean rise of the log loss on the test set, over permutations and replicates, of the ${count} groups where it is greatest on the mean over models.`,
  importanceFigureAlt: (values: string) =>
    `Chart of permutation importance. Greatest rise of the log loss by model: ${values}.`,
  importanceTable: (o: { model: Text; count: Text; all: Text }) =>
    rich`The ${o.count} most important of ${o.all} groups for ${o.model}, by the rise of the log loss; ± is the standard deviation over permutations and replicates. The fall of the accuracy is in percentage points.`,
  group: "Group",
  cell: (o: { row: string; column: string }) => `row ${o.row}, column ${o.column}`,
  dimensions: (o: { from: string; to: string }) => `dimensions ${o.from} to ${o.to}`,
  dimension: (index: string) => `dimension ${index}`,
  dimensionCount: "Dimensions",
  drop: "Fall of the accuracy",
  rise: "Rise of the log loss",
  deviation: "±",
  row: "Row",
  column: "Column",

  occlusion: "Local: occlusion",
  occlusionText: (o: { patch: Text; stride: Text; images: Text }) =>
    rich`**Occlusion** ${
      cite("occlusion", "en")
    } asks which part of one image an answer hangs on: a patch of ${o.patch} × ${o.patch} pixels slides over it, ${o.stride} pixels at a time, and each covered image is represented and classified anew. Where the probability of the class falls, the answer hangs on what is covered; where it rises, what is covered spoke against the class. The images are chosen by rule: the right and the wrong answers of highest probability, at most ${o.images} of each and one of each class, in the first replicate.`,
  occlusionFigure: (o: { model: Text; fill: Text }) =>
    rich`Occlusion maps of ${o.model}: the image, and the change of a class's probability by place of the patch (value ${o.fill}): of its class, and of the class given where the answer is wrong. A pixel has the mean of the patches that cover it. Each image has a scale of its own, whose end stands below its map.`,
  occlusionFigureAlt: (o: { model: string; images: string }) =>
    `A sheet of images with their occlusion maps for ${o.model}: ${o.images}. The table below tells where the probability falls most.`,
  occlusionTable: (model: Text) =>
    rich`Where covering costs ${model} most: the greatest fall of the probability of the class given, in points, and the pixels that the patch covers there.`,
  image: "Image",
  truth: "True class",
  predicted: "Given class",
  probability: "Probability",
  fall: "Greatest fall",
  place: "Rows × columns",
  placeValue: (o: { top: string; bottom: string; left: string; right: string }) =>
    `${o.top}–${o.bottom} × ${o.left}–${o.right}`,
  right: (probability: string) => `right, ${probability}`,
  wrong: (o: { predicted: string; probability: string }) =>
    `taken for ${o.predicted}, ${o.probability}`,
  ends: (points: string) => `± ${points} points`,
  rises: "rises",
  falls: "falls",
  unchanged: "unchanged",

  neighbours: "Local: nearest training images",
  neighboursText: (o: { metric: Text; images: Text }) =>
    rich`An error can be read by example ${
      cite("cases", "en")
    }: below are the training images whose representation is nearest to that of a test image (${o.metric}). Where they are of the class given, the representation already puts the image there; where they are of its true class, it is the head that parts them. The errors are those of highest probability, at most ${o.images}, one of each class, in the first replicate.`,
  metrics: { euclidean: "Euclidean distance", cosine: "cosine distance" },
  neighboursFigure: (model: Text) =>
    rich`Errors of ${model} that it is surest of, and the training images nearest to each, from near to far, with their class.`,
  neighboursFigureAlt: (errors: string) =>
    `A sheet of misclassified images with their nearest training images; the table below has their classes. Errors: ${errors}.`,
  neighboursTable: (model: Text) =>
    rich`Errors of ${model} with the classes of the training images nearest to them, that of the nearest first, and how many are of each.`,
  error: "Error",
  nearest: "Nearest training images",
  nearestClasses: "Classes of the nearest",
  distance: "Smallest distance",
};
