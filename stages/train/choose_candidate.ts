import { mean } from "../../core/nn/mean.ts";
import { standardDeviation } from "../../core/metrics/spread.ts";
import type { Choice, ChoiceCandidate } from "../../data/artifacts/choice.ts";
import type { Proposal } from "../../data/artifacts/proposal.ts";
import { type HeadSummary, isTrained, type Monitor } from "../../data/artifacts/summary.ts";

/** One training with the candidate that it tried. */
export interface Try {
  /** Label of the candidate: `learningRate=0.001 weightDecay=0.01`. */
  candidate: string;
  summary: HeadSummary;
  /** Of a candidate of a later round: its values, which the label does not tell. */
  proposal?: Proposal;
}

/**
 * Chooses the candidate with the best mean of the monitored value over replicates, the first among
 * equals. Candidates with a replicate that diverged come after all others, and those without any
 * value last.
 *
 * @param tries In the study's order.
 * @throws {RangeError} if there is none.
 */
export function chooseCandidate(tries: readonly Try[], criterion: Monitor): Choice {
  const byLabel = Map.groupBy(tries, ({ candidate }) => candidate);
  const candidates = [...byLabel].map(([label, own]) => describe(label, own, criterion));
  if (candidates.length === 0) throw new RangeError("Cannot choose a candidate as there is none");
  const chosen = candidates.reduce((a, b) => isBetter(b, a, criterion) ? b : a);
  return {
    criterion,
    candidates,
    chosen: chosen.candidate,
    atEdge: Object.keys(chosen.values).filter((name) => isAtEdge(name, chosen, candidates)),
  };
}

function describe(
  candidate: string,
  tries: readonly Try[],
  criterion: Monitor,
): ChoiceCandidate {
  const [{ proposal }] = tries;
  const summaries = tries.map(({ summary }) => summary);
  const perReplicate = summaries.map(({ best }) => best === null ? null : best[criterion]);
  const values = perReplicate.filter((value) => value !== null);
  const complete = values.length === perReplicate.length;
  return {
    candidate,
    values: proposal?.values ?? parseLabel(candidate),
    round: proposal?.round ?? 0,
    mean: complete ? mean(values) : null,
    standardDeviation: complete ? standardDeviation(values) : null,
    perReplicate,
    diverged: summaries.filter((own) => isTrained(own) && own.stopped === "diverged").length,
  };
}

function isBetter(a: ChoiceCandidate, b: ChoiceCandidate, criterion: Monitor): boolean {
  if ((a.mean === null) !== (b.mean === null)) return b.mean === null;
  if ((a.diverged > 0) !== (b.diverged > 0)) return b.diverged > 0;
  if (a.mean === null || b.mean === null) return false;
  return criterion === "validationLoss" ? a.mean < b.mean : a.mean > b.mean;
}

/** Whether the chosen value of a tuned number is the least or the greatest tried. */
function isAtEdge(
  name: string,
  chosen: ChoiceCandidate,
  candidates: readonly ChoiceCandidate[],
): boolean {
  const own = chosen.values[name];
  const tried = candidates.map(({ values }) => values[name]);
  if (typeof own !== "number" || new Set(tried).size < 2) return false;
  const numbers = tried.filter((value) => typeof value === "number");
  return own === Math.min(...numbers) || own === Math.max(...numbers);
}

/** `learningRate=0.001 head=softmax` as values by name; numbers where they read as such. */
function parseLabel(label: string): Record<string, number | string> {
  const parts = label.matchAll(/(\S+?)=(.*?)(?= \S+?=|$)/g);
  return Object.fromEntries(parts.map(([, name, text]) => {
    const number = Number(text);
    return [name, text.trim() !== "" && Number.isFinite(number) ? number : text];
  }));
}
