import type { Monitor } from "../../../../data/artifacts/summary.ts";
import { code, rich, type Text } from "../../rich.ts";

export const question = {
  models: "The models compared:",
  differs: (name: Text, values: Text) => rich`${name}: ${values}`,
  claims: "The claims put to the test:",
};

export const dataset = {
  name: "Name",
  images: "Images",
  imagesValue: (o: { count: Text; height: Text; width: Text; channels: Text }) =>
    rich`${o.count}, of ${o.height} × ${o.width} pixels, ${o.channels}`,
  grey: "grey",
  colour: "colour",
  classes: "Classes",
  groups: "Groups",
  groupsValue: (count: Text) => rich`${count}; images of one group have a common origin`,
  licence: "Licence",
  source: "Source",
  citation: "Citation",
  notRedistributable:
    "The licence of these images does not let them be passed on: this note shows none of them.",
  pretrainedTitle: "Seen in pre-training",
  pretrained: (names: Text) =>
    rich`These images come out of ${names}. A representation pre-trained there may have seen the test images, and its accuracy here then says little of new images.`,
  counts: (o: { classes: Text }) =>
    rich`Images of each of the ${o.classes} classes in each partition.`,
  countsVary:
    rich`Images of each class in each partition, for the first replicate; the others differ by their split.`,
  equal: (count: Text) =>
    rich`The classes are balanced (${count} images each), so accuracy sums up the errors fairly.`,
  balanced: (o: { least: Text; most: Text }) =>
    rich`The classes are balanced (from ${o.least} to ${o.most} images each), so accuracy sums up the errors fairly.`,
  unbalanced: (o: { least: Text; most: Text }) =>
    rich`The classes are not balanced (from ${o.least} to ${o.most} images each): read the macro averages beside the accuracy, as a frequent class weighs more in it.`,
  samples: (o: { count: Text }) =>
    rich`Images as the models get them before representation, at regular places among each class's training images (${o.count} a class).`,
  samplesOf: (o: { count: Text; shown: Text; classes: Text }) =>
    rich`Images as the models get them before representation, at regular places among each class's training images (${o.count} a class, for ${o.shown} of the ${o.classes} classes).`,
  samplesAlt: (classes: string) => `A sheet of sample images, one row for each class: ${classes}`,
};

export const method = {
  split: (o: { train: Text; validation: Text; test: Text }) =>
    rich`The images are shared out once, before anything is computed: ${o.train} for training, ${o.validation} for validation and ${o.test} for the test.`,
  splitWithoutValidation: (o: { train: Text; test: Text }) =>
    rich`The images are shared out once, before anything is computed: ${o.train} for training and ${o.test} for the test.`,
  stratified:
    "The split is stratified: each class has the same share in every partition, to within rounding.",
  deviation: (images: Text) =>
    rich`The largest deviation of any class from its exact share of a partition is ${images} images.`,
  grouped:
    "All images of a group are in one partition, so that the test asks about groups never seen.",
  folds: (count: Text) =>
    rich`There are ${count} folds: each replicate has another one as its test set, and shares out the rest. The numbers are those of the first replicate.`,
  published:
    "The test set is the one that the dataset's authors published; validation images are taken from the others.",
  roles: "What each partition is for, and who may read it.",
  role: "Use",
  share: "Share",
  count: "Images",
  readBy: "Read by",
  trainUse: "The gradient of the loss",
  validationUse: "Early stopping, and the choice of hyperparameters",
  testUse: "The results of this note",
  trainReader: "training",
  validationReader: "training (scores only) and selection",
  testReader: "evaluation alone, once everything is chosen",
  leakTitle: "Leak check",
  leakNone: "No image has the same bytes as one in another partition.",
  leakFound: (count: Text) =>
    rich`**${count}** sets of images with the same bytes are in several partitions; the study allows it.`,
  groupsShared: (count: Text) =>
    rich`**${count}** groups have images in several partitions: the test asks about new images of known groups, not about new groups.`,
  groupsNotShared: "No group has images in two partitions.",
  selection:
    "The test images take no part in training, in early stopping or in the choice of hyperparameters: the steps that do these have no access to test predictions, and those that train read training and validation images only.",
  replicates: (o: { count: Text; names: Text }) =>
    rich`Each model is trained ${o.count} times (${o.names}). Under one seed, every model starts from the same weights and sees the same batches in the same order, so that models are compared in pairs.`,
  replicatesApart: (o: { count: Text; names: Text }) =>
    rich`Each model is trained ${o.count} times (${o.names}). Under one seed, models with the same layers start from the same weights, and those with the same batches see them in the same order, so that models are compared in pairs.`,
  oneReplicate:
    "Each model is trained once: the results do not tell how much chance in initialisation and order of batches has to do with them.",
  outside: (o: { model: Text; file: Text; sha256: Text }) =>
    rich`The predictions of ${o.model} come from elsewhere: from the file ${o.file}, with the SHA-256 ${o.sha256}. They are evaluated on the same test images and compared like any other; how they were made is not part of what is recomputed.`,
  training: (o: { epochs: Text; batches: Text; watched: Text; patience: Text; kept: Text }) =>
    rich`Training lasts at most ${o.epochs} ${
      o.epochs === "1" ? "epoch" : "epochs"
    }${o.batches} and stops once ${o.watched} has not improved for ${o.patience} ${
      o.patience === "1" ? "epoch" : "epochs"
    }${o.kept}.`,
  batches: (batch: Text) => rich` of mini-batches of ${batch} images`,
  allAtOnce: ", each step on all training images,",
  watched: {
    validationLoss: "the validation loss",
    validationAccuracy: "the validation accuracy",
    mixed: "the value that it watches, validation loss or validation accuracy,",
  } satisfies Record<Monitor | "mixed", string>,
  keptBest: "; the weights of the best epoch are kept",
  augmentation: (o: { before: Text; after: Text }) =>
    rich`Augmentation makes ${o.after} training images of ${o.before}; validation and test images stay as they are.`,
  exact:
    "All computations follow one specified order of floating-point operations: run again, on another machine or with other numbers of threads, they give the same bits.",
  gpu:
    "Training and evaluation ran on WebGPU, whose adapters round differently: run again on the same adapter, they give the same bits; on another, the last digits differ, and `verify` compares numbers by tolerance.",
};

export const limits = {
  oneDataset: (title: Text) =>
    rich`One dataset, ${title}: nothing here tells how far the differences carry over to other images.`,
  oneSplit:
    "One split: the intervals account for the draw of test images, not for the draw of training images.",
  grouped:
    "Images of one group are alike, but intervals and tests take test images to be independent: of groups never seen, the intervals are too narrow and the p-values too small, the more so the fewer groups there are in the test.",
  frozen:
    "The representation is frozen and only a linear head is trained: the conclusions are about this setting, not about training whole networks.",
  frozenHead:
    "The representation is frozen and only the head is trained: the conclusions are about this setting, not about training whole networks.",
  atEdge: (models: Text) =>
    rich`The value chosen for ${models} is the least or the greatest tried: a wider search might do better.`,
  smallTest: (o: { images: Text; difference: Text }) =>
    rich`With ${o.images} test images, differences in accuracy under ${o.difference} points would often go unnoticed.`,
  pretrained: "Some of the images may have been seen when the representation was pre-trained.",
  few: (count: Text) =>
    rich`There are only ${count} replicates: their spread is known but roughly.`,
};

export const provenance = {
  intro:
    rich`Every number of this note comes from an artifact that the commands below compute again. The digest of each artifact is in ${
      code("lock.json")
    }, at the root of the project.`,
  tools: (deno: Text) =>
    rich`The commands bring what computes, in one version: Deno ${deno} and the npm packages of ${
      code("deno.lock")
    }. They run on Linux and macOS, x86-64 and arm64.`,
  recompute: "Recompute and compare",
  files: "Files of the dataset",
  file: "File",
  size: "Size (bytes)",
  checksum: "SHA-256",
  filesCaption: "Files that the dataset is read from.",
  filesFirst: (shown: Text, all: Text) =>
    rich`Files that the dataset is read from: the first ${shown} of ${all}; the CSV file lists all of them.`,
  params: "Parameters",
  paramsIntro:
    "As resolved, defaults included; a value that a model sets for itself stands under its name, and a list is tried or repeated value by value.",
  cost: "Time",
  measured:
    "How long each computation took, and on which machine, is kept with the run's records; times are no part of what is verified.",
};
