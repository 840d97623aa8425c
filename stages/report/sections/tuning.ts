/**
 * Which hyperparameters were tried, on what budget, and which were kept.
 *
 * @module
 */
import type { Block, Figure, Section, Table } from "../blocks.ts";
import { searchChart, type SearchPanel } from "../figures/search.ts";
import { triesChart, type TryRow } from "../figures/tries.ts";
import type { ModelResult } from "../model/results.ts";
import type { TuningResult } from "../model/tuning.ts";
import { rich, type Text } from "../rich.ts";
import { columns, mean, type SectionContext } from "./context.ts";
import { decaysByClass } from "./decays_by_class.ts";
import { keptText, show } from "./kept_text.ts";

type Tuned = ModelResult & { tuning: TuningResult };

/** The section. */
export function tuning(context: SectionContext): Section {
  const { note, t, number } = context;
  const tuned = note.models.filter((model): model is Tuned => model.tuning !== undefined);
  const blocks: Block[] = [];
  if (tuned.length === 0) {
    blocks.push({ kind: "paragraph", text: t.tuning.nothing });
  } else {
    const [first] = tuned;
    const criterion = criterionOf(first, context);
    const even = tuned.length === note.trained.length &&
      tuned.every((model) => model.tuning.budget === first.tuning.budget);
    const failed = tuned.flatMap((model) => model.tuning.tries)
      .filter(({ diverged }) => diverged > 0).length;
    blocks.push(
      {
        kind: "paragraph",
        text: even
          ? t.tuning.intro({ tries: number(first.tuning.budget), criterion })
          : t.tuning.uneven({ counts: countsOf(context), criterion }),
      },
      { kind: "list", items: searches(tuned, context) },
      ...(isWithin(first) ? [{ kind: "paragraph", text: t.tuning.within } as const] : []),
      table(tuned, context),
      {
        kind: "paragraph",
        text: tuned.some((model) => model.tuning.atEdge.length > 0)
          ? t.tuning.edge
          : t.tuning.noEdge,
      },
      ...(failed > 0
        ? [{ kind: "paragraph", text: t.tuning.diverged(number(failed)) } as const]
        : []),
      figure(tuned, context),
      ...decaysByClass(tuned, context),
    );
  }
  return {
    id: "tuning",
    title: t.titles.tuning,
    blocks: [...blocks, ...context.author("tuning")],
  };
}

/** Tries of each model: 1 for one that tunes nothing. */
function countsOf({ note, t, number, list, titleOf }: SectionContext): string {
  return list(
    note.trained.map((model) =>
      t.tuning.triesOf({ model: titleOf(model), tries: number(model.tuning?.budget ?? 1) })
    ),
  );
}

/** How tries were found: models with one way are told together. */
function searches(tuned: readonly Tuned[], { t, number, list, titleOf }: SectionContext): Text[] {
  const told = (models: readonly Tuned[]) => list(models.map(titleOf));
  const ways = Map.groupBy(tuned, ({ tuning: { search, tries } }) => {
    if (search === undefined) return "";
    const [points, random] = "random" in search ? [search.random.draws, search.random] : [
      search.points,
    ];
    const combined = tries.filter(({ round }) => round === 0).length !== points;
    return JSON.stringify({ combined, random });
  });
  const items = [...ways].map(([way, models]): Text => {
    if (way === "") return t.tuning.grid(told(models));
    const { combined, random } = JSON.parse(way);
    if (random === undefined) return t.tuning.points({ models: told(models), combined });
    return t.tuning.random({
      models: told(models),
      draws: number(random.draws),
      seed: number(random.seed),
      digits: number(random.digits),
      combined,
    });
  });
  const refined = Map.groupBy(tuned, roundsOf);
  refined.delete(0);
  return [
    ...items,
    ...[...refined].map(([rounds, models]) =>
      t.tuning.refined({ models: told(models), rounds: number(rounds) })
    ),
  ];
}

function roundsOf({ tuning }: Tuned): number {
  return Math.max(...tuning.tries.map(({ round }) => round));
}

function table(tuned: readonly Tuned[], context: SectionContext): Table {
  const { t, number, titleOf } = context;
  const rows: Text[][] = [];
  const data: (string | number)[][] = [];
  for (const model of tuned) {
    const { parameters, tries, choices, budget, atEdge } = model.tuning;
    const score = mean(choices.map(({ score }) => score ?? NaN));
    parameters.forEach((parameter) => {
      const kept = Map.groupBy(choices, ({ values }) => values[parameter]);
      const tried = distinct(tries.map(({ values }) => values[parameter]));
      const edge = atEdge.includes(parameter);
      rows.push([
        titleOf(model),
        parameterName(parameter, context),
        triedText(model, parameter, tried, context),
        rich`**${keptText(kept, context)}**${edge ? " †" : ""}`,
        number(budget),
        number(score, "decimal3"),
      ]);
      data.push([
        model.name,
        parameter,
        tried.map(String).join(" "),
        choices.map(({ values }) => String(values[parameter])).join(" "),
        String(edge),
        budget,
      ]);
    });
  }
  return {
    kind: "table",
    name: "tuning",
    caption: isWithin(tuned[0]) ? t.tuning.captionWithin : t.tuning.caption,
    columns: columns(
      t.ui.model,
      { header: t.tuning.parameter, align: "left" },
      { header: t.tuning.tried, align: "left" },
      t.tuning.chosen,
      t.tuning.tries,
      capital(criterionOf(tuned[0], context)),
    ),
    rows,
    data: { columns: ["model", "parameter", "tried", "chosen", "at_edge", "tries"], rows: data },
  };
}

/** Whether each replicate chooses by itself. */
function isWithin({ tuning }: Tuned): boolean {
  return tuning.choices.length > 1;
}

/** The values tried: the range or the choices that they were drawn from, or all of them. */
function triedText(
  { tuning: { search } }: Tuned,
  parameter: string,
  tried: readonly unknown[],
  context: SectionContext,
): string {
  const { t: { tuning: { ranges }, ui } } = context;
  const values = (list: readonly unknown[]) =>
    list.map((value) => show(value, context)).join(ui.valueSeparator);
  if (search === undefined || !("random" in search)) return values(tried);
  // A label may name a parameter by the end of its path, or with its section.
  const key = Object.keys(search.ranges)
    .find((key) => `.${key}`.endsWith(`.${parameter}`) || parameter.endsWith(`.${key}`));
  if (key === undefined) return values(tried);
  const from = search.ranges[key];
  if ("choice" in from) return ranges.choice(values(from.choice));
  const [kind, [low, high]] = Object.entries(from)[0] as [
    "log" | "uniform" | "integer",
    [number, number],
  ];
  return ranges[kind](show(low, context), show(high, context));
}

/** A panel for each number that a model tuned; none where a tuned value is no number. */
function panels(tuned: readonly Tuned[], context: SectionContext): SearchPanel[] {
  const { titleOf, t } = context;
  return tuned.flatMap((model) =>
    model.tuning.parameters.map((parameter) => ({
      title: [titleOf(model), parameterName(parameter, context)].join(t.ui.valueSeparator),
      tries: model.tuning.tries.flatMap(({ values, mean, deviation, round, kept }) => {
        const x = values[parameter];
        if (typeof x !== "number" || mean === null) return [];
        const name = roundName(round, context);
        return [{ x, mean, deviation: deviation ?? 0, round: name, chosen: kept > 0 }];
      }),
    }))
  ).filter(({ tries }) => new Set(tries.map(({ x }) => x)).size > 1);
}

function roundName(round: number, { t, number }: SectionContext): string {
  return round === 0 ? t.tuning.rounds.start : t.tuning.rounds.refined(number(round));
}

function spec(tuned: readonly Tuned[], context: SectionContext, label: string) {
  const isGrid = tuned.every((model) => !model.tuning.search && roundsOf(model) === 0);
  const numbers = panels(tuned, context);
  if (!isGrid && numbers.length > 0) {
    const last = Math.max(...tuned.map(roundsOf));
    const names = Array.from({ length: last + 1 }, (_, round) => roundName(round, context));
    const perModel = Math.max(...tuned.map((model) => model.tuning.parameters.length));
    // A row for each model, unless it has one panel.
    const columns = Math.min(perModel > 1 ? perModel : numbers.length, numbers.length, 3);
    return searchChart(numbers, { rounds: names, score: capital(label), columns });
  }
  const { t } = context;
  const [first, ...others] = tuned[0].tuning.parameters;
  const rows = tuned.flatMap((model): TryRow[] => {
    const [own, ...rest] = model.tuning.parameters;
    return model.tuning.tries.map(({ values, mean, deviation, kept }) => ({
      model: context.titleOf(model),
      x: show(values[own], context),
      order: model.tuning.tries.findIndex((other) => other.values[own] === values[own]),
      series: rest.map((name) => show(values[name], context)).join(t.ui.valueSeparator),
      mean,
      deviation: deviation ?? 0,
      chosen: kept > 0,
    })).filter((row): row is typeof row & { mean: number } => row.mean !== null);
  });
  return triesChart(rows, {
    x: capital(parameterName(first, context)),
    series: capital(others.map((name) => parameterName(name, context)).join(", ")),
    score: capital(label),
  });
}

function figure(tuned: readonly Tuned[], context: SectionContext): Figure {
  const { t, list, titleOf } = context;
  const label = criterionOf(tuned[0], context);
  const chosen = tuned.map((model) => {
    const { parameters, choices } = model.tuning;
    const values = parameters.map((name) =>
      `${parameterName(name, context)} ${
        keptText(Map.groupBy(choices, ({ values }) => values[name]), context)
      }`
    );
    return `${titleOf(model)} (${values.join(t.ui.valueSeparator)})`;
  });
  return {
    kind: "figure",
    name: "tuning",
    caption: (refinesWithin(tuned) ? t.tuning.figureWithin : t.tuning.figure)(capital(label)),
    alt: t.tuning.figureAlt({ models: list(tuned.map(titleOf)), chosen: list(chosen) }),
    drawing: { kind: "chart", spec: spec(tuned, context, label) },
    data: {
      columns: ["model", "values", "round", "score", "standard_deviation", "diverged", "kept"],
      rows: tuned.flatMap(({ name, tuning }) =>
        tuning.tries.map((own) => [
          name,
          Object.entries(own.values).map(([key, value]) => `${key}=${value}`).join(" "),
          own.round,
          own.mean ?? "",
          own.deviation ?? "",
          own.diverged,
          own.kept,
        ])
      ),
    },
  };
}

/** Whether replicates refine values of their own. */
function refinesWithin(tuned: readonly Tuned[]): boolean {
  return tuned.some((model) => model.tuning.choices.length > 1 && roundsOf(model) > 0);
}

function criterionOf(model: Tuned, { t }: SectionContext): string {
  return t.tuning.criterion[model.tuning.criterion];
}

function parameterName(name: string, { t }: SectionContext): string {
  return Object.hasOwn(t.tuning.parameters, name) ? t.tuning.parameters[name] : name;
}

function distinct(values: readonly unknown[]): unknown[] {
  const found = [...new Set(values)];
  return found.every((value) => typeof value === "number")
    ? found.sort((a, b) => Number(a) - Number(b))
    : found;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
