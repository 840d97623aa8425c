/**
 * How the models are regularised besides weight decay, early stopping and layers.
 *
 * @module
 */
import type { TrainingRegularization } from "../../../data/artifacts/summary.ts";
import type { Block } from "../blocks.ts";
import type { ModelResult } from "../model/results.ts";
import type { Text } from "../rich.ts";
import type { SectionContext } from "./context.ts";

/** One way to regularise: what of a training tells of it, and its text. */
interface Way {
  /** The numbers or names that the text tells; `undefined` where a training does without. */
  told(
    of: TrainingRegularization,
    context: SectionContext,
    model: ModelResult,
  ): string | undefined;
  text(context: SectionContext): (told: string, models: Text) => Text;
}

/** Every way, in the order of the note: a new one is a line here, and a text in each language. */
const WAYS: readonly Way[] = [
  {
    told: ({ l1, l1Form }, { number }) => l1 > 0 && l1Form === "proximal" ? number(l1) : undefined,
    text: ({ t }) => t.concepts.regularization.proximal,
  },
  {
    told: ({ l1, l1Form }, { number }) =>
      l1 > 0 && l1Form === "subgradient" ? number(l1) : undefined,
    text: ({ t }) => t.concepts.regularization.subgradient,
  },
  {
    told: ({ penalizeBiases }) => penalizeBiases ? undefined : "",
    text: ({ t }) => t.concepts.regularization.freeBiases,
  },
  {
    told: ({ weightDecayByClass }, context, { tuning }) =>
      tuning?.byClass ? undefined : named(weightDecayByClass, context),
    text: ({ t }) => t.concepts.regularization.byClass,
  },
  {
    told: (_, _context, { tuning }) => tuning?.byClass && "",
    text: ({ t }) => t.concepts.regularization.byClassTuned,
  },
  {
    told: ({ clipNorm }, { number }) => clipNorm === null ? undefined : number(clipNorm),
    text: ({ t }) => t.concepts.regularization.clipNorm,
  },
  {
    told: ({ clipValue }, { number }) => clipValue === null ? undefined : number(clipValue),
    text: ({ t }) => t.concepts.regularization.clipValue,
  },
  {
    told: ({ labelSmoothing }, { number }) =>
      labelSmoothing > 0 ? number(labelSmoothing) : undefined,
    text: ({ t }) => t.concepts.regularization.smoothing,
  },
  {
    told: ({ classWeights }) => classWeights === "balanced" ? "" : undefined,
    text: ({ t }) => t.concepts.regularization.balanced,
  },
  {
    told: ({ classWeights }, context) =>
      typeof classWeights === "string" ? undefined : named(classWeights, context),
    text: ({ t }) => t.concepts.regularization.weighed,
  },
  {
    told: ({ mixUp }, { number }) => mixUp > 0 ? number(mixUp) : undefined,
    text: ({ t }) => t.concepts.regularization.mixUp,
  },
];

/** A paragraph for each way and its numbers, with the models; nothing where there is none. */
export function regularization(context: SectionContext): Block[] {
  const { note: { models }, t, list, titleOf } = context;
  const blocks = WAYS.flatMap((way): Block[] => {
    const byTold = Map.groupBy(
      models.flatMap((model) =>
        model.regularizations.flatMap((own) => {
          const told = way.told(own, context, model);
          return told === undefined ? [] : [{ told, title: titleOf(model) }];
        })
      ),
      ({ told }) => told,
    );
    return [...byTold].map(([told, group]) => ({
      kind: "paragraph",
      text: way.text(context)(told, list([...new Set(group.map(({ title }) => title))])),
    }));
  });
  if (blocks.length === 0) return [];
  return [
    { kind: "heading", id: "regularization", text: t.concepts.regularization.heading },
    ...blocks,
  ];
}

/** `é: 0.01, è: 0.1`; nothing of nothing. */
function named(
  values: Readonly<Record<string, number>>,
  { number, t }: SectionContext,
): string | undefined {
  const entries = Object.entries(values);
  if (entries.length === 0) return undefined;
  return entries.map(([name, value]) => `${name}${t.ui.colon}${number(value)}`).join(
    t.ui.valueSeparator,
  );
}
