/**
 * What explains the models.
 *
 * @module
 */
import type { OccludedImage, Occlusion } from "../../../data/artifacts/occlusion.ts";

/** What explains the models; empty where the study does not ask for it. */
export interface InterpretationModel {
  importance: readonly ImportanceModel[];
  /** Of first replicates. */
  occlusion: readonly OcclusionModel[];
  /** Of the most accurate model's first replicate. */
  neighbours?: NeighboursModel;
}

/** What one model loses when dimensions are permuted. */
export interface ImportanceModel {
  /** Index in {@linkcode NoteModel.models}. */
  model: number;
  groups: readonly ImportanceGroup[];
  /** Permutations of each replicate. */
  repeats: number;
  replicates: number;
}

/** A group of dimensions; means and standard deviations are over replicates and permutations. */
export interface ImportanceGroup {
  /** `dimension-12`, `dimensions-0-35`, `cell-3-2`. */
  name: string;
  /** Square of the image, counted from 0. */
  place?: { row: number; column: number };
  /** Number of dimensions. */
  dimensions: number;
  /** Fall of the accuracy. */
  drop: { mean: number; deviation: number };
  /** Rise of the log loss. */
  rise: { mean: number; deviation: number };
}

/** The maps of one model's first replicate. */
export interface OcclusionModel extends Omit<Occlusion, "images"> {
  /** Index in {@linkcode NoteModel.models}. */
  model: number;
  images: readonly (Omit<OccludedImage, "label" | "predicted"> & {
    /** Indices of classes. */
    label: number;
    predicted: number;
  })[];
}

/** Errors of one model and the training images nearest to them. */
export interface NeighboursModel {
  /** Index in {@linkcode NoteModel.models}. */
  model: number;
  metric: "euclidean" | "cosine";
  errors: readonly {
    id: string;
    /** Indices of classes. */
    label: number;
    predicted: number;
    /** Of the class given. */
    probability: number;
    /** From near to far. */
    neighbours: readonly { id: string; label: number; distance: number }[];
  }[];
}
