/**
 * Reads the inputs of a note.
 *
 * @module
 */
import type { Choice } from "../../../data/artifacts/choice.ts";
import type { JudgedClaims } from "../../../data/artifacts/claims.ts";
import type { Comparison } from "../../../data/artifacts/comparison.ts";
import type { Metrics } from "../../../data/artifacts/metrics.ts";
import type { EmbedReport } from "../../../data/artifacts/embed_report.ts";
import type { DatasetCard } from "../../../data/dataset_card.ts";
import { parsePartition, type Partition } from "../../../data/partition.ts";
import { parseSamples, type Sample } from "../../../data/samples.ts";
import type { InputHandle } from "../../../pipeline/stage.ts";
import type { Classes, SplitReport } from "./artifacts.ts";
import { readExplanations } from "./explanations.ts";
import { find, type Labelled } from "./labelled.ts";
import type { NoteArtifacts } from "./note_artifacts.ts";
import { parseHistory, parseLosses, parseTestCurve } from "./tables.ts";
import type { NoteParams } from "../params.ts";
import { pictures } from "../pictures/choose.ts";

/** The inputs of `report.note`. */
export interface NoteInputs {
  dataset: InputHandle;
  classes: InputHandle;
  images: readonly InputHandle[];
  samples: readonly InputHandle[];
  partition: readonly InputHandle[];
  splitReport: readonly InputHandle[];
  embedReport: readonly InputHandle[];
  history: readonly InputHandle[];
  testCurves: readonly InputHandle[];
  choice: readonly InputHandle[];
  predictions: readonly InputHandle[];
  metrics: readonly InputHandle[];
  validationLosses: readonly InputHandle[];
  importance: readonly InputHandle[];
  occlusion: readonly InputHandle[];
  neighbours: readonly InputHandle[];
  comparison: InputHandle;
  claims?: InputHandle;
}

/** Reads and parses every artifact that the note tells of. */
export async function readArtifacts(
  params: NoteParams,
  inputs: NoteInputs,
): Promise<NoteArtifacts> {
  const dataset = await inputs.dataset.json<DatasetCard>();
  const classes = await inputs.classes.json<Classes>();
  const comparison = await inputs.comparison.json<Comparison>();
  const [first] = params.models;
  const at = (model: string, replicate: string) => ({
    samples: find(labelled(inputs.samples), "samples", model, replicate),
    partition: find(labelled(inputs.partition), "partition", model, replicate),
    images: find(labelled(inputs.images), "images", model, replicate),
  });
  const firstPoint = at(first.name, first.replicates[0] ?? "");
  const samples = await parseSamples(await firstPoint.samples.text());
  const ids = samples.map(({ id }) => id);
  const partition = await parsePartition(await firstPoint.partition.text(), ids);
  const best = params.models.find(({ name }) => name === comparison.best) ?? first;
  const predictions = find(
    labelled(inputs.predictions),
    "predictions",
    best.name,
    best.replicates[0] ?? "",
  );
  return {
    dataset,
    classes,
    comparison,
    splitReports: await parseAll<SplitReport>(inputs.splitReport),
    embedReports: await parseAll<EmbedReport>(inputs.embedReport),
    histories: await Promise.all(inputs.history.map(async (handle) => ({
      label: handle.label,
      value: await parseHistory(await handle.text()),
    }))),
    testCurves: await Promise.all(inputs.testCurves.map(async (handle) => ({
      label: handle.label,
      value: await parseTestCurve(await handle.text()),
    }))),
    choices: await parseAll<Choice>(inputs.choice),
    metrics: await parseAll<Metrics>(inputs.metrics),
    validationLosses: await Promise.all(inputs.validationLosses.map(async (handle) => ({
      label: handle.label,
      value: await parseLosses(await handle.text()),
    }))),
    explanations: await readExplanations(inputs),
    ...(inputs.claims && { claims: await inputs.claims.json<JudgedClaims>() }),
    ...augmentation(samples, partition),
    ...(dataset.redistributable && {
      pictures: await pictures({
        classes,
        samples,
        partition,
        images: await firstPoint.images.bytes(),
        predictions: await predictions.text(),
        perClass: params.samplesPerClass,
      }),
    }),
  };
}

function labelled(handles: readonly InputHandle[]): Labelled<InputHandle>[] {
  return handles.map((handle) => ({ label: handle.label, value: handle }));
}

function parseAll<T>(handles: readonly InputHandle[]): Promise<Labelled<T>[]> {
  return Promise.all(handles.map(async (handle) => ({
    label: handle.label,
    value: await handle.json<T>(),
  })));
}

/** Training images before and after augmentation; nothing where there is none. */
function augmentation(
  samples: readonly Sample[],
  partition: readonly Partition[],
): { augmentation?: { before: number; after: number } } {
  const train = samples.filter((_, i) => partition[i] === "train");
  const before = train.filter(({ id, origin }) => id === origin).length;
  return before === train.length ? {} : { augmentation: { before, after: train.length } };
}
