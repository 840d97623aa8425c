/**
 * Artifacts as the model of a note.
 *
 * @module
 */
import type { NoteModel } from "../model/note.ts";
import type { NoteParams } from "../params.ts";
import { citedValues } from "../values.ts";
import { distinctBy } from "./distinct.ts";
import { interpretation } from "./explanations.ts";
import { missing } from "./labelled.ts";
import { modelResult } from "./model_result.ts";
import type { NoteArtifacts } from "./note_artifacts.ts";
import { pairResults } from "./pair_results.ts";
import { splitModel } from "./split_model.ts";
import { distinctTitles, ownTitle } from "./titles.ts";
import { trainingModel } from "./training_model.ts";

/**
 * Makes the model.
 *
 * @throws {RangeError} if an artifact of a model's replicate is missing.
 */
export function gather(params: NoteParams, artifacts: NoteArtifacts): NoteModel {
  const { dataset, comparison, classes, claims, metrics } = artifacts;
  const titles = distinctTitles(classes);
  const split = splitModel(artifacts.splitReports, classes);
  const representations = distinctBy(
    artifacts.embedReports,
    ({ value }) => JSON.stringify([value.method, value.dimension]),
  ).map(({ value: { method, dimension } }) => ({
    method,
    dimension,
  }));
  const models = params.models.map(({ name, title, search }) => {
    const results = comparison.models.find((model) => model.name === name);
    if (results === undefined) throw missing("comparison", name, "");
    return modelResult(ownTitle(name, title, params.models), results, search, artifacts);
  });
  return {
    name: params.study,
    profile: params.profile,
    title: params.title,
    languages: params.languages,
    texts: params.texts,
    dataset,
    classes: classes.names.map((name, i) => ({ name, title: titles[i] })),
    split,
    representations,
    ...(artifacts.augmentation && { augmentation: artifacts.augmentation }),
    training: trainingModel(metrics),
    evaluation: {
      draws: comparison.bootstrap.samples,
      confidence: comparison.bootstrap.confidence,
      alpha: comparison.alpha,
      power: comparison.power,
      images: comparison.images,
      topK: comparison.topK,
      bins: comparison.models[0].calibration.length,
    },
    models,
    trained: models.filter(({ source }) => source === undefined),
    pairs: pairResults(comparison, models),
    claims: (claims?.claims ?? []).map((claim) => ({
      ...claim,
      text: typeof claim.text === "string"
        ? Object.fromEntries(params.languages.map((language) => [language, claim.text as string]))
        : claim.text,
    })),
    interpretation: interpretation(artifacts.explanations, {
      models: params.models,
      classes: classes.names,
      best: comparison.best,
    }),
    ...(artifacts.pictures && dataset.redistributable && { pictures: artifacts.pictures }),
    values: citedValues(comparison, dataset, split, representations),
    params: params.sections,
  };
}
