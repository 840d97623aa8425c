import type { Choice } from "../../../data/artifacts/choice.ts";
import type { JudgedClaims } from "../../../data/artifacts/claims.ts";
import type { Comparison } from "../../../data/artifacts/comparison.ts";
import type { EmbedReport } from "../../../data/artifacts/embed_report.ts";
import type { Metrics } from "../../../data/artifacts/metrics.ts";
import type { DatasetCard } from "../../../data/dataset_card.ts";
import type { HistoryRow, TestCurveRow } from "../model/history.ts";
import type { PicturesModel } from "../model/note.ts";
import type { Classes, SplitReport } from "./artifacts.ts";
import type { Explanations } from "./explanations.ts";
import type { Labelled } from "./labelled.ts";

/** What a note is made of, read and parsed. */
export interface NoteArtifacts {
  dataset: DatasetCard;
  classes: Classes;
  splitReports: readonly Labelled<SplitReport>[];
  embedReports: readonly Labelled<EmbedReport>[];
  augmentation?: { before: number; after: number };
  histories: readonly Labelled<HistoryRow[]>[];
  /** None unless the study asks for them. */
  testCurves: readonly Labelled<TestCurveRow[]>[];
  choices: readonly Labelled<Choice>[];
  metrics: readonly Labelled<Metrics>[];
  /** Log loss by the name of a class. */
  validationLosses: readonly Labelled<ReadonlyMap<string, number>>[];
  explanations: Explanations;
  comparison: Comparison;
  claims?: JudgedClaims;
  pictures?: PicturesModel;
}
