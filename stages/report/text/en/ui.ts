import { rich, type Text } from "../../rich.ts";

export const ui = {
  kind: "Methodology note",
  contents: "Contents",
  skip: "Skip to the content",
  formula: "Formula",
  code: "Code",
  colon: ": ",
  and: " and ",
  /** A plain text with the typography of the language. */
  typeset: (text: string) => text,
  valueSeparator: ", ",
  table: (number: string) => `Table ${number}.`,
  figure: (number: string) => `Figure ${number}.`,
  interval: (low: string, high: string) => `[${low}, ${high}]`,
  mean: "Mean",
  total: "Total",
  minimum: "Minimum",
  maximum: "Maximum",
  model: "Model",
  replicate: "Replicate",
  class: "Class",
  partition: { train: "Training", validation: "Validation", test: "Test" },
  partitions: { train: "training", validation: "validation", test: "test" },
  none: "none",
};

export const titles = {
  question: "Question",
  dataset: "Dataset",
  concepts: "Concepts",
  method: "Method and leak prevention",
  metrics: "Metrics and tests",
  tuning: "Tuning",
  results: "Results",
  interpretability: "Interpretability",
  claims: "Claims and verdicts",
  conclusions: "Conclusions",
  limits: "Limits",
  provenance: "Provenance",
  references: "References",
};

export const summary = {
  title: "In short",
  description: (title: string) =>
    `Methodology note with its data, method, results and verdicts: ${title}`,
  best: "Best accuracy on the test set",
  bestValue: (
    o: { model: Text; value: Text; interval: Text; level: Text; images: Text; replicates: Text },
  ) =>
    rich`**${o.value}** with ${o.model}, ${o.level} interval ${o.interval}, on ${o.images} test images (${o.replicates})`,
  replicates: (count: string) => count === "1" ? "a single run" : `mean over ${count} runs`,
  data: "Data",
  dataValue: (o: { title: Text; images: Text; classes: Text }) =>
    rich`${o.title}, ${o.images} images in ${o.classes} classes`,
  compared: "Models compared",
  verdicts: "Claims",
  verdictsValue: (held: string, total: string) => rich`**${held}** of ${total} hold`,
};
