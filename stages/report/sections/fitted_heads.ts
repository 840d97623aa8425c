/**
 * Heads that are fitted in one go, in words and formulas.
 *
 * @module
 */
import { FITTED_NAMES, type FittedName } from "../../../core/fitted/registry.ts";
import type { Block } from "../blocks.ts";
import type { Text } from "../rich.ts";
import type { SectionContext } from "./context.ts";

const FORMULAS: Readonly<Record<FittedName, string>> = {
  forest: "G = 1 - \\sum_k q_k^2, \\qquad p_k = \\frac{1}{T} \\sum_{t=1}^{T} q_{t,k}(x).",
  knn: "p_k = \\frac{\\sum_{i \\in N(x)} w_i \\, [y_i = k]}{\\sum_{i \\in N(x)} w_i}.",
  centroid: "p_k = \\frac{e^{-s\\, d(x, \\mu_k)^2}}{\\sum_j e^{-s\\, d(x, \\mu_j)^2}}.",
};

/** The blocks; none where the study has no such head. */
export function fittedHeads({ note, t }: SectionContext): Block[] {
  const names = FITTED_NAMES.filter((name) => note.models.some(({ head }) => head === name));
  if (names.length === 0) return [];
  const shrinks = note.models.some(({ fitted }) => Number(fitted?.options.shrinkage ?? 0) > 0);
  const isBagged = note.models.some(({ fitted }) => !Number.isNaN(fitted?.outOfBagAccuracy ?? NaN));
  const texts: Text[] = [];
  if (shrinks) texts.push(t.fitted.shrunken);
  if (isBagged) texts.push(t.fitted.outOfBag);
  return [
    { kind: "paragraph", text: t.fitted.without },
    ...names.flatMap((name): Block[] => [
      { kind: "paragraph", text: t.fitted.concept[name] },
      { kind: "math", tex: FORMULAS[name] },
    ]),
    ...texts.map((text): Block => ({ kind: "paragraph", text })),
  ];
}
