/**
 * The parts of a plan while it is being made.
 *
 * @module
 */
import type { PointLabel, Scope } from "../stage.ts";
import type { Model } from "./points.ts";
import type { Setting } from "./settings.ts";
import type { CheckedUse } from "./step_uses.ts";

/** A point of the study with what the walk knows there. */
export interface Point {
  readonly model: Model;
  readonly replicate: Setting;
  readonly candidate: Setting;
  /** The steps of each stage. */
  readonly uses: readonly (readonly CheckedUse[])[];
  /** What the nearest earlier step wrote, by port. */
  readonly written: Map<string, Written>;
}

/** An output as later steps of a point see it. */
export interface Written {
  readonly node: DraftNode;
  readonly port: string;
  readonly scope: Scope;
  readonly point: Point;
  /** Short names of the varied values that it depends on; `""` stands for the model. */
  readonly depends: ReadonlySet<string>;
}

/** One input of a node. */
export interface DraftInput {
  readonly node: DraftNode;
  readonly port: string;
  readonly label: PointLabel;
}

/** A node before it has an id. */
export interface DraftNode {
  readonly index: number;
  readonly use: CheckedUse;
  readonly inputs: Readonly<Record<string, readonly DraftInput[]>>;
  /** Labels of the places that it stands for; several where places turned out equal. */
  readonly labels: PointLabel[];
  /** The points that it stands for. */
  readonly points: Point[];
}
