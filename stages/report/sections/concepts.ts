/**
 * The models in words and formulas: representation, head, optimisers, stopping.
 *
 * @module
 */
import { type MethodName, methodOf, METHODS } from "../../../core/optim/methods.ts";
import { type ScheduleName, SCHEDULES } from "../../../core/optim/schedules/registry.ts";
import type { Block, Section } from "../blocks.ts";
import type { ModelResult } from "../model/results.ts";
import { join } from "../rich.ts";
import { type SectionContext, trainedModels } from "./context.ts";
import { fittedHeads } from "./fitted_heads.ts";
import { regularization } from "./regularization.ts";
import { headingOf, trainedHeads } from "./trained_heads.ts";

/** The section. */
export function concepts(context: SectionContext): Section {
  const { note, t } = context;
  const c = t.concepts;
  const blocks: Block[] = [
    { kind: "heading", id: "representation", text: c.representation },
    ...representation(context),
  ];
  if (note.augmentation !== undefined) {
    blocks.push(
      { kind: "heading", id: "augmentation", text: c.augmentation },
      { kind: "paragraph", text: c.augmentationText },
    );
  }
  blocks.push(...head(context), ...optimizers(context), ...schedules(context));
  blocks.push(...regularization(context));
  if (trainedModels(note).length > 0) {
    blocks.push(
      { kind: "heading", id: "stopping", text: c.stopping },
      ...stopping(context),
      ...keptLast(context),
      { kind: "paragraph", text: c.cost },
    );
  }
  return {
    id: "concepts",
    title: t.titles.concepts,
    blocks: [...blocks, ...context.author("concepts")],
  };
}

/** What the best epoch is, and when a model over-fits. */
function stopping({ note, t, number }: SectionContext): Block[] {
  const c = t.concepts;
  const { minDelta } = (note.params.train ?? {}) as { minDelta?: unknown };
  const texts = [
    c.bestEpoch[note.training.monitor ?? "mixed"],
    ...(typeof minDelta === "number" && minDelta > 0 ? [c.minDelta(number(minDelta))] : []),
    c.overfitting,
  ];
  return [{ kind: "paragraph", text: join(texts, " ") }];
}

/** The models whose best epoch is the last one by decree. */
function keptLast({ note: { models }, t, list, titleOf }: SectionContext): Block[] {
  const titles = models.filter(({ keepsLast }) => keepsLast).map(titleOf);
  return titles.length === 0
    ? []
    : [{ kind: "paragraph", text: t.concepts.keptLast(list([...new Set(titles)])) }];
}

function representation({ note, t, number }: SectionContext): Block[] {
  const c = t.concepts;
  return note.representations.flatMap(({ method, dimension }): Block[] => {
    const size: Block = {
      kind: "paragraph",
      text: c.representationSize({
        method: METHOD_NAMES[method] ?? method,
        dimension: number(dimension),
      }),
    };
    if (method === "pixels") return [size, { kind: "paragraph", text: c.pixels }];
    if (method !== "hog") return [size, { kind: "paragraph", text: c.otherMethod }];
    return [
      size,
      { kind: "paragraph", text: c.hog },
      {
        kind: "math",
        tex: "\\lVert\\nabla I\\rVert = \\sqrt{G_x^2 + G_y^2}, \\qquad " +
          "\\alpha = \\operatorname{atan2}(G_y, G_x) \\bmod \\pi.",
      },
      { kind: "paragraph", text: c.hogCells },
      {
        kind: "math",
        tex: "v \\leftarrow \\frac{v}{\\sqrt{\\lVert v\\rVert_2^2 + \\varepsilon^2}}.",
      },
    ];
  });
}

/** Softmax regression, other heads that are trained, then those that are fitted in one go. */
function head(context: SectionContext): Block[] {
  const names = new Set(context.note.models.flatMap(({ head }) => head ?? []));
  const fitted = fittedHeads(context);
  const isFittedAlone = names.size === 1 && fitted.length > 0;
  return [
    {
      kind: "heading",
      id: "head",
      text: isFittedAlone ? context.t.fitted.heads : headingOf(names, context),
    },
    ...(names.has("softmax") ? softmax(context) : []),
    ...trainedHeads(context),
    ...fitted,
  ];
}

function softmax({ t }: SectionContext): Block[] {
  const c = t.concepts;
  return [
    { kind: "paragraph", text: c.headText },
    {
      kind: "math",
      tex: "z = W x + b, \\qquad p_k = \\frac{e^{z_k}}{\\sum_j e^{z_j}},",
    },
    { kind: "paragraph", text: c.loss },
    { kind: "math", tex: "L = -\\frac{1}{B} \\sum_{i=1}^{B} \\log p_{i,\\,y_i}," },
    { kind: "paragraph", text: c.gradient },
  ];
}

const METHOD_NAMES: Readonly<Record<string, string>> = { hog: "HOG", pixels: "pixels" };

/** Each optimiser of the study with its update, as the core states it. */
function optimizers(context: SectionContext): Block[] {
  const { note, t } = context;
  const c = t.concepts;
  const names = [...new Set(note.models.map(({ optimizer }) => optimizer))]
    .filter((name): name is MethodName => name !== null && Object.hasOwn(METHODS, name));
  if (names.length === 0) return [];
  return [
    { kind: "heading", id: "optimizers", text: c.optimizers },
    { kind: "paragraph", text: c.notation },
    ...names.flatMap((name): Block[] => [
      { kind: "paragraph", text: c.optimizer[name] },
      ...formulas(name, context),
      ...constants(name, context),
    ]),
  ];
}

/** An optimiser's update, in each form that a model gives it. */
function formulas(name: MethodName, { note: { models } }: SectionContext): Block[] {
  const optimizer = methodOf(name);
  const forms = models.filter((model) => model.optimizer === name)
    .map(({ hyperparameters }) => optimizer.formula(hyperparameters));
  return [...new Set(forms)].map((tex) => ({ kind: "math", tex }));
}

/** Each schedule of the study with its formula and its models; nothing where all rates are constant. */
function schedules(context: SectionContext): Block[] {
  const { note, t, number, list, titleOf } = context;
  // Whoever finds its own step lengths takes no schedule.
  const models = note.models.filter(({ optimizer }) => optimizer !== "lbfgs");
  const c = t.concepts;
  const byForm = groupBy(
    models.flatMap((model) => model.schedules.map((schedule) => ({ model, schedule }))),
    ({ schedule: { name, values } }) => JSON.stringify([name, values]),
  );
  const byWarmUp = groupBy(
    models.flatMap((model) => model.schedules.map(({ warmUp }) => ({ model, warmUp })))
      .filter(({ warmUp }) => warmUp > 0),
    ({ warmUp }) => String(warmUp),
  );
  const isConstant = byForm.every(([{ schedule: { name } }]) => name === "constant");
  if (isConstant && byWarmUp.length === 0) return [];
  const titles = (group: readonly { model: ModelResult }[]) =>
    list([...new Set(group.map(({ model }) => titleOf(model)))]);
  return [
    { kind: "heading", id: "schedules", text: c.schedules },
    { kind: "paragraph", text: c.schedulesNotation },
    ...byForm.flatMap((group): Block[] => {
      const { values } = group[0].schedule;
      const name = group[0].schedule.name as ScheduleName;
      const symbols = Object.entries(SCHEDULES[name].hyperparameters)
        .flatMap(([key, { description }]) => {
          const symbol = description.match(SYMBOL)?.[1];
          return symbol === undefined ? [] : [`${symbol}\u00a0=\u00a0${number(values[key])}`];
        });
      return [
        { kind: "paragraph", text: c.schedule[name] },
        { kind: "math", tex: SCHEDULES[name].formula },
        ...symbolValues(symbols, context),
        { kind: "paragraph", text: c.scheduledModels(titles(group)) },
      ];
    }),
    ...byWarmUp.map((group): Block => ({
      kind: "paragraph",
      text: c.warmUp({ models: titles(group), epochs: number(group[0].warmUp) }),
    })),
  ];
}

/** Items with the same key together, in the order of the first of each. */
function groupBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
  return [...Map.groupBy(items, key).values()];
}

/** The symbol that a hyperparameter's description begins with: `learning rate η: …`, `β₁: …`. */
const SYMBOL = /^(?:[a-z]+ )*?(\S+?)(?:, [a-z]+)?: /;

/** The values of an optimiser's symbols that no model tunes: `β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸`. */
function constants(name: MethodName, context: SectionContext): Block[] {
  const { note, number } = context;
  const models = note.models.filter(({ optimizer }) => optimizer === name);
  const values = Object.entries(methodOf(name).hyperparameters).flatMap(
    ([key, { description }]) => {
      const symbol = description.match(SYMBOL)?.[1];
      const all = new Set(models.map(({ hyperparameters }) => hyperparameters[key]));
      const [value] = all;
      const isTuned = models.some(({ tuning }) =>
        tuning?.parameters.some((name) => `.${name}`.endsWith(`.${key}`))
      );
      return symbol === undefined || isTuned || all.size !== 1 || value === undefined
        ? []
        : [`${symbol}\u00a0=\u00a0${number(value)}`];
    },
  );
  return symbolValues(values, context);
}

function symbolValues(values: readonly string[], { t }: SectionContext): Block[] {
  return values.length === 0
    ? []
    : [{ kind: "paragraph", text: t.concepts.constants(values.join(t.ui.valueSeparator)) }];
}
