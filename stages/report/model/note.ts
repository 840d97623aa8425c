/**
 * What a note tells, gathered from the artifacts and free of any language.
 *
 * @module
 */
import type { JudgedClaim } from "../../../data/artifacts/claims.ts";
import type { Monitor } from "../../../data/artifacts/summary.ts";
import type { DatasetCard } from "../../../data/dataset_card.ts";
import type { Partition } from "../../../data/partition.ts";
import type { CitedValue } from "../../../data/text/citations.ts";
import type { Language } from "../../../data/text/language.ts";
import type { ImageSet } from "../pictures/sheet.ts";
import type { InterpretationModel } from "./interpretation.ts";
import type { ModelResult, PairResult } from "./results.ts";
import type { Translations } from "./translations.ts";

/** Everything that a note tells. */
export interface NoteModel {
  /** How its numbers were computed. */
  profile: "exact" | "gpu";
  /** Name of the study's folder. */
  name: string;
  title: Translations;
  /** The first one makes `note.md`. */
  languages: readonly Language[];
  /** The author's texts, by the section that they end. */
  texts: Readonly<Record<string, Translations>>;
  dataset: DatasetCard;
  /** In the order of their index; titles are distinct. */
  classes: readonly { name: string; title: string }[];
  split: SplitModel;
  representations: readonly RepresentationModel[];
  augmentation?: { before: number; after: number };
  training: TrainingModel;
  evaluation: EvaluationModel;
  /** In the study's order. */
  models: readonly ModelResult[];
  /** Those that the study trains or fits itself, and does not take from a file. */
  trained: readonly ModelResult[];
  pairs: readonly PairResult[];
  claims: readonly ClaimResult[];
  interpretation: InterpretationModel;
  /** Missing where the licence keeps images from being shown. */
  pictures?: PicturesModel;
  /** What the author's texts may cite, but for titles. */
  values: ReadonlyMap<string, CitedValue>;
  /** Resolved sections that every model shares, and what each model sets for itself. */
  params: Readonly<Record<string, unknown>>;
}

/** How the images were shared out. */
export interface SplitModel {
  /** Images in each partition. */
  totals: Readonly<Record<Partition, number>>;
  /** Images of each class, by its index. */
  counts: readonly Readonly<Record<Partition, number>>[];
  /** Largest distance of a class's count from its exact share, in images; `null` as published. */
  deviation: number | null;
  /** Sets of images with the same bytes in several partitions. */
  duplicates: number;
  /** Groups with images in several partitions. */
  sharedGroups: number;
  method: "ratios" | "folds" | "published";
  /** Number of folds, of a split in folds. */
  folds?: number;
  grouped: boolean;
  /** Whether replicates have splits of their own. */
  varies: boolean;
}

/** A representation of the images. */
export interface RepresentationModel {
  method: string;
  dimension: number;
}

/** What every model has in common; `undefined` where models differ. */
export interface TrainingModel {
  head?: string;
  /** Of the trainings by mini-batches, as all that follows. */
  epochs?: number;
  patience?: number;
  batchSize?: number;
  monitor?: Monitor;
}

/** How the test was made. */
export interface EvaluationModel {
  /** Bootstrap draws. */
  draws: number;
  /** Share of the draws within an interval. */
  confidence: number;
  /** Level of the tests. */
  alpha: number;
  /** Share of test sets in which the smallest detectable difference would be found. */
  power: number;
  /** Test images. */
  images: number;
  /** k of the top-k accuracy. */
  topK: number;
  /** Bins of the reliability tables. */
  bins: number;
}

/** A claim and what became of it. */
export interface ClaimResult extends Omit<JudgedClaim, "text"> {
  text: Translations;
}

/** Images to show. */
export interface PicturesModel {
  images: ImageSet;
  /** Some training images of each class, by class index. */
  samples: readonly (readonly number[])[];
  /** Id of each image. */
  ids: readonly string[];
  /** Errors of the most accurate model's first replicate: indices by true and predicted class. */
  errors: ReadonlyMap<string, readonly number[]>;
}
