/**
 * Which hyperparameters were tried, on what budget, and which were kept.
 *
 * @module
 */
import type { Block, Figure, Section, Table } from "../blocks.ts";
import { triesChart, type TryRow } from "../figures/tries.ts";
import type { ModelResult, TuningResult } from "../model.ts";
import { rich, type Text } from "../rich.ts";
import { columns, type SectionContext } from "./context.ts";

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
      tuned.every((model) => model.tuning.tries.length === first.tuning.tries.length);
    const failed = tuned.flatMap((model) => model.tuning.tries)
      .filter(({ diverged }) => diverged > 0).length;
    blocks.push(
      {
        kind: "paragraph",
        text: even
          ? t.tuning.intro({ tries: number(first.tuning.tries.length), criterion })
          : t.tuning.uneven({ criterion }),
      },
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
    );
  }
  return {
    id: "tuning",
    title: t.titles.tuning,
    blocks: [...blocks, ...context.author("tuning")],
  };
}

function table(tuned: readonly Tuned[], context: SectionContext): Table {
  const { t, number, titleOf } = context;
  const rows: Text[][] = [];
  const data: (string | number)[][] = [];
  for (const model of tuned) {
    const { parameters, tries, chosen, atEdge } = model.tuning;
    parameters.forEach((parameter) => {
      const kept = tries[chosen].values[parameter];
      const tried = distinct(tries.map(({ values }) => values[parameter]));
      const edge = atEdge.includes(parameter);
      rows.push([
        titleOf(model),
        parameterName(parameter, context),
        tried.map((value) => show(value, context)).join(t.ui.valueSeparator),
        rich`**${show(kept, context)}**${edge ? " †" : ""}`,
        number(tries.length),
        number(tries[chosen].mean ?? NaN, "decimal3"),
      ]);
      data.push([
        model.name,
        parameter,
        tried.map(String).join(" "),
        String(kept),
        String(edge),
        tries.length,
      ]);
    });
  }
  return {
    kind: "table",
    name: "tuning",
    caption: t.tuning.caption,
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

function figure(tuned: readonly Tuned[], context: SectionContext): Figure {
  const { t, list, titleOf } = context;
  const label = criterionOf(tuned[0], context);
  const [first, ...others] = tuned[0].tuning.parameters;
  const rows = tuned.flatMap((model): TryRow[] => {
    const [own, ...rest] = model.tuning.parameters;
    return model.tuning.tries.map(({ values, mean, deviation }, i) => ({
      model: titleOf(model),
      x: show(values[own], context),
      order: model.tuning.tries.findIndex((other) => other.values[own] === values[own]),
      series: rest.map((name) => show(values[name], context)).join(t.ui.valueSeparator),
      mean,
      deviation: deviation ?? 0,
      chosen: i === model.tuning.chosen,
    })).filter((row): row is typeof row & { mean: number } => row.mean !== null);
  });
  const chosen = tuned.map((model) => {
    const { parameters, tries, chosen } = model.tuning;
    const values = parameters.map((name) =>
      `${parameterName(name, context)} ${show(tries[chosen].values[name], context)}`
    );
    return `${titleOf(model)} (${values.join(t.ui.valueSeparator)})`;
  });
  return {
    kind: "figure",
    name: "tuning",
    caption: t.tuning.figure(capital(label)),
    alt: t.tuning.figureAlt({ models: list(tuned.map(titleOf)), chosen: list(chosen) }),
    drawing: {
      kind: "chart",
      spec: triesChart(rows, {
        x: capital(parameterName(first, context)),
        series: capital(others.map((name) => parameterName(name, context)).join(", ")),
        score: capital(label),
      }),
    },
    data: {
      columns: ["model", "values", "score", "standard_deviation", "diverged", "chosen"],
      rows: tuned.flatMap(({ name, tuning }) =>
        tuning.tries.map((own, i) => [
          name,
          Object.entries(own.values).map(([key, value]) => `${key}=${value}`).join(" "),
          own.mean ?? "",
          own.deviation ?? "",
          own.diverged,
          String(i === tuning.chosen),
        ])
      ),
    },
  };
}

function criterionOf(model: Tuned, { t }: SectionContext): string {
  return t.tuning.criterion[model.tuning.criterion];
}

function parameterName(name: string, { t }: SectionContext): string {
  return Object.hasOwn(t.tuning.parameters, name) ? t.tuning.parameters[name] : name;
}

function show(value: unknown, { number }: SectionContext): string {
  return typeof value === "number" ? number(value) : String(value);
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
