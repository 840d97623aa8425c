/**
 * What explains the models, read and gathered.
 *
 * @module
 */
import { standardDeviation } from "../../../core/metrics/spread.ts";
import { mean } from "../../../core/nn/mean.ts";
import type { Occlusion } from "../../../data/artifacts/occlusion.ts";
import { type CsvRow, parseCsv } from "../../../data/formats/csv.ts";
import type { InputHandle } from "../../../pipeline/stage.ts";
import { type Labelled, lookUp } from "./labelled.ts";
import type {
  ImportanceGroup,
  ImportanceModel,
  InterpretationModel,
  NeighboursModel,
  OcclusionModel,
} from "../model/interpretation.ts";

const IMPORTANCE = {
  group: "text",
  row: "number?",
  column: "number?",
  dimensions: "number",
  repeat: "number",
  accuracy_drop: "number",
  log_loss_rise: "number",
} as const;

const NEIGHBOURS = {
  id: "text",
  label: "text",
  predicted: "text",
  probability_predicted: "number",
  neighbour: "text",
  neighbour_label: "text",
  metric: "text",
  distance: "number",
} as const;

/** The artifacts that explain models, by replicate. */
export interface Explanations {
  importance: readonly Labelled<CsvRow<typeof IMPORTANCE>[]>[];
  occlusion: readonly Labelled<Occlusion>[];
  neighbours: readonly Labelled<CsvRow<typeof NEIGHBOURS>[]>[];
}

/** Reads the artifacts. */
export async function readExplanations(
  inputs: Record<keyof Explanations, readonly InputHandle[]>,
): Promise<Explanations> {
  const all = <T>(
    handles: readonly InputHandle[],
    read: (handle: InputHandle) => Promise<T>,
  ): Promise<Labelled<T>[]> =>
    Promise.all(handles.map(async (handle) => ({
      label: handle.label,
      value: await read(handle),
    })));
  return {
    importance: await all(
      inputs.importance,
      async (handle) => parseCsv(await handle.text(), IMPORTANCE, "importance"),
    ),
    occlusion: await all(inputs.occlusion, (handle) => handle.json<Occlusion>()),
    neighbours: await all(
      inputs.neighbours,
      async (handle) => parseCsv(await handle.text(), NEIGHBOURS, "neighbours"),
    ),
  };
}

/** What {@linkcode interpretation} is told of the study. */
export interface InterpretationOptions {
  /** In the study's order. */
  models: readonly { name: string; replicates: readonly string[] }[];
  /** Names of the classes. */
  classes: readonly string[];
  /** Name of the most accurate model. */
  best: string;
}

/** Gathers by model what the note tells. */
export function interpretation(
  { importance, occlusion, neighbours }: Explanations,
  { models, classes, best }: InterpretationOptions,
): InterpretationModel {
  const classOf = new Map(classes.map((name, i) => [name, i]));
  const bestIndex = Math.max(0, models.findIndex(({ name }) => name === best));
  const { name, replicates: [firstOfBest] } = models[bestIndex];
  const nearest = lookUp(neighbours, name, firstOfBest ?? "") ?? [];
  return {
    importance: models.flatMap(({ name, replicates }, i): ImportanceModel[] => {
      const labels = replicates.length === 0 ? [""] : replicates;
      // Replicates that differ in nothing share one artifact.
      const own = new Set(labels.map((replicate) => lookUp(importance, name, replicate)));
      const known = [...own].filter((value) => value !== undefined);
      return known.length === 0 ? [] : [importanceModel(i, known)];
    }),
    occlusion: models.flatMap(({ name, replicates: [replicate] }, i): OcclusionModel[] => {
      const own = lookUp(occlusion, name, replicate ?? "");
      if (own === undefined) return [];
      const images = own.images.map((image) => ({
        ...image,
        label: classOf.get(image.label)!,
        predicted: classOf.get(image.predicted)!,
      }));
      return [{ ...own, model: i, images }];
    }),
    ...(nearest.length > 0 && { neighbours: neighboursModel(bestIndex, nearest, classOf) }),
  };
}

function importanceModel(
  model: number,
  replicates: readonly CsvRow<typeof IMPORTANCE>[][],
): ImportanceModel {
  const groups = Map.groupBy(replicates.flat(), ({ group }) => group);
  const over = (values: number[]) => ({ mean: mean(values), deviation: standardDeviation(values) });
  return {
    model,
    groups: [...groups].map(([name, rows]): ImportanceGroup => {
      const [{ row, column, dimensions }] = rows;
      return {
        name,
        ...(row !== null && column !== null && { place: { row, column } }),
        dimensions,
        drop: over(rows.map(({ accuracy_drop }) => accuracy_drop)),
        rise: over(rows.map(({ log_loss_rise }) => log_loss_rise)),
      };
    }),
    repeats: Math.max(...replicates[0].map(({ repeat }) => repeat)),
    replicates: replicates.length,
  };
}

function neighboursModel(
  model: number,
  rows: readonly CsvRow<typeof NEIGHBOURS>[],
  classOf: ReadonlyMap<string, number>,
): NeighboursModel {
  const errors = Map.groupBy(rows, ({ id }) => id);
  return {
    model,
    metric: rows[0].metric as NeighboursModel["metric"],
    errors: [...errors].map(([id, own]) => ({
      id,
      label: classOf.get(own[0].label)!,
      predicted: classOf.get(own[0].predicted)!,
      probability: own[0].probability_predicted,
      neighbours: own.map(({ neighbour, neighbour_label, distance }) => ({
        id: neighbour,
        label: classOf.get(neighbour_label)!,
        distance,
      })),
    })),
  };
}
