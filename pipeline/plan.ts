/**
 * A study resolved into its nodes: what the study reader makes and the engine runs.
 *
 * @module
 */
import type { AnyStep, PointLabel, Profile } from "./stage.ts";

/** One output of a node, as an input of another. */
export interface PlanInput {
  /** Id of the node that writes it. */
  node: string;
  /** Output port of that node. */
  port: string;
  /** Where the writer stands, for the reader's handle. */
  label: PointLabel;
}

/** One stage step with resolved params at one place of a study's DAG. */
export interface PlanNode {
  /** Readable and unique in the study: `train.fit[adamw, seed=1, learningRate=0.001]`. */
  id: string;
  step: AnyStep;
  /** As the step's schema returned it. */
  params: unknown;
  /** By input port; one entry unless the port gathers; none for a missing optional port. */
  inputs: Readonly<Record<string, readonly PlanInput[]>>;
  label: PointLabel;
}

/** A study's DAG. */
export interface Plan {
  /** Name of the study's folder. */
  study: string;
  /** The study's title in its first language. */
  title: string;
  /** How the numbers of its profiled steps are computed. */
  profile: Profile;
  /** Languages of its note, the main one first. */
  languages: readonly string[];
  /** In an order in which each node follows the nodes it reads. */
  nodes: readonly PlanNode[];
}
