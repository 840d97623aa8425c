/**
 * Where models differ by one number: the loss of each class along it.
 *
 * @module
 */
import type { Block, Figure, Table } from "../../blocks.ts";
import { type ClassSweep, sweepClasses, validateSweep } from "../../class_sweep.ts";
import { isWide, sweepChart, sweepData, type SweepPanel } from "../../figures/sweep.ts";
import type { ModelResult } from "../../model/results.ts";
import { strong, type Text } from "../../rich.ts";
import { findSweeps, type Sweep, type SweepSeries } from "../../sweeps.ts";
import { columns, type SectionContext } from "../context.ts";

/** Most classes that the table lists. */
const MOST_CLASSES = 20;
/** Classes that the figure picks out. */
const MARKED = 3;

/** A class that a common value costs something. */
interface Cost {
  panel: SweepPanel;
  own: ClassSweep;
  /** Its loss at the common value minus that at its best one. */
  excess: number;
  /** Its best value on validation, and its test loss there. */
  onValidation?: { value: number; loss: number };
}

/** The blocks; none where the study sweeps no number. */
export function sweeps(context: SectionContext): Block[] {
  const { note } = context;
  const own = (note.params.models ?? {}) as Readonly<Record<string, unknown>>;
  return findSweeps(note.models.map(({ name }) => name), own)
    .flatMap((sweep) => sweepBlocks(sweep, context));
}

function sweepBlocks(sweep: Sweep, context: SectionContext): Block[] {
  const { note, t, number } = context;
  const s = t.sweeps;
  const panels = sweep.series.map((series): SweepPanel => ({
    name: sweep.series.length === 1 ? "" : series.name,
    values: series.points.map(({ value }) => value),
    ...sweepsOf(series, note.models),
  }));
  if (panels.some(({ sweep }) => sweep.classes.length === 0)) return [];
  const parameter = parameterName(sweep.parameter, context);
  const costs = panels.flatMap((panel): Cost[] =>
    panel.sweep.classes.map((own) => {
      const index = panel.validation?.chosen.own.get(own.class);
      return {
        panel,
        own,
        excess: own.losses[panel.sweep.best] - own.losses[own.best],
        ...(index !== undefined && {
          onValidation: { value: panel.values[index], loss: own.losses[index] },
        }),
      };
    })
  ).sort((a, b) => b.excess - a.excess || a.own.class - b.own.class);
  return [
    {
      kind: "heading",
      id: fileName(sweep),
      text: s.heading(parameter),
    },
    { kind: "paragraph", text: s.intro({ parameter }) },
    {
      kind: "callout",
      tone: "remark",
      title: s.diagnosticTitle,
      blocks: [{ kind: "paragraph", text: s.diagnostic }],
    },
    figure(sweep, parameter, panels, costs, context),
    valuesTable(sweep, parameter, panels, context),
    ...panels.map(({ name, values, sweep: { classes, best } }): Block => {
      const share = {
        count: number(classes.filter((own) => own.best !== best).length),
        all: number(classes.length),
        value: number(values[best]),
      };
      return {
        kind: "paragraph",
        text: name === "" ? s.classesShare(share) : s.classesShareOf({ ...share, series: name }),
      };
    }),
    ...panels.flatMap(({ name, values, validation }): Block[] => {
      if (validation === undefined) return [];
      const { common, lossAtCommon, lossAtOwn } = validation.chosen;
      const told = {
        value: number(values[common]),
        common: number(lossAtCommon, "decimal3"),
        own: number(lossAtOwn, "decimal3"),
      };
      const text = name === "" ? s.validated(told) : s.validatedOf({ ...told, series: name });
      return [{ kind: "paragraph", text }];
    }),
    classesTable(sweep, costs, panels, context),
  ];
}

function sweepsOf(series: SweepSeries, models: readonly ModelResult[]) {
  const sweep = sweepClasses(series, models);
  const validation = sweepClasses(series, models, "validationLosses");
  const chosen = validateSweep(sweep, validation);
  return { sweep, ...(chosen && { validation: { sweep: validation, chosen } }) };
}

/** As the section on tuning calls it, or by its key. */
function parameterName(key: string, { t }: SectionContext): string {
  const names: Readonly<Record<string, string>> = t.tuning.parameters;
  return Object.hasOwn(names, key) ? names[key] : key;
}

/** A name as a column's heading has it. */
function capitalized(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/** Name of a sweep's files; whatever a class is called, it is one that a file may have. */
function fileName({ path }: Sweep): string {
  const safe = path.map((key) =>
    key.replace(/\W/gu, (character) => `u${character.codePointAt(0)!.toString(16)}`)
  );
  return ["sweep", ...safe].join("-");
}

function valuesTable(
  sweep: Sweep,
  parameter: string,
  panels: readonly SweepPanel[],
  { note, t, number }: SectionContext,
): Table {
  const s = t.sweeps;
  const several = panels.length > 1;
  const validated = panels.some(({ validation }) => validation !== undefined);
  return {
    kind: "table",
    name: fileName(sweep),
    caption: s.valuesCaption({
      parameter,
      replicates: t.summary.replicates(number(note.models[0].replicates.length)),
    }),
    columns: columns(
      ...(several ? [s.series] : []),
      several ? { header: capitalized(parameter), align: "left" } : capitalized(parameter),
      s.mean,
      s.deviation,
      t.ui.minimum,
      t.ui.maximum,
      s.bestFor,
      ...(validated ? [s.validationMean, s.bestForOnValidation] : []),
    ),
    rows: panels.flatMap(({ name, values, sweep: own, validation }) =>
      values.map((value, i): Text[] => {
        const losses = own.classes.map(({ losses }) => losses[i]);
        const mean = number(own.means[i], "decimal3");
        return [
          ...(several ? [name] : []),
          number(value),
          i === own.best ? strong(mean) : mean,
          number(own.deviations[i], "decimal3"),
          number(Math.min(...losses), "decimal3"),
          number(Math.max(...losses), "decimal3"),
          number(own.counts[i]),
          ...(validated
            ? [
              number(validation?.sweep.means[i] ?? NaN, "decimal3"),
              number(validation?.sweep.counts[i] ?? NaN),
            ]
            : []),
        ];
      })
    ),
    data: {
      columns: [
        "series",
        sweep.parameter,
        "mean_over_classes",
        "standard_deviation_over_classes",
        "minimum",
        "maximum",
        "best_for_classes",
        ...(validated ? ["validation_mean_over_classes", "best_for_classes_on_validation"] : []),
      ],
      rows: panels.flatMap(({ name, values, sweep: own, validation }) =>
        values.map((value, i) => {
          const losses = own.classes.map(({ losses }) => losses[i]);
          return [
            name,
            value,
            own.means[i],
            own.deviations[i],
            Math.min(...losses),
            Math.max(...losses),
            own.counts[i],
            ...(validated
              ? [validation?.sweep.means[i] ?? "", validation?.sweep.counts[i] ?? ""]
              : []),
          ];
        })
      ),
    },
  };
}

function classesTable(
  sweep: Sweep,
  costs: readonly Cost[],
  panels: readonly SweepPanel[],
  { note, t, number }: SectionContext,
): Table {
  const s = t.sweeps;
  const several = panels.length > 1;
  const validated = panels.some(({ validation }) => validation !== undefined);
  const replicated = costs.some(({ own }) => own.replicates > 1);
  const shown = costs.slice(0, MOST_CLASSES);
  return {
    kind: "table",
    name: `${fileName(sweep)}-classes`,
    caption: shown.length === costs.length
      ? s.classesCaptionAll
      : s.classesCaption({ shown: number(shown.length), all: number(costs.length) }),
    columns: columns(
      t.ui.class,
      ...(several ? [{ header: s.series, align: "left" } as const] : []),
      s.best,
      ...(replicated ? [s.agreeing] : []),
      s.lossAtBest,
      s.lossAtCommon,
      s.excess,
      ...(validated ? [s.bestByValidation, s.lossAtValidation] : []),
    ),
    rows: shown.map(({ panel, own, excess, onValidation }): Text[] => [
      note.classes[own.class].title,
      ...(several ? [panel.name] : []),
      number(panel.values[own.best]),
      ...(replicated
        ? [s.agreeingValue({ count: number(own.agreeing), all: number(own.replicates) })]
        : []),
      number(own.losses[own.best], "decimal3"),
      number(own.losses[panel.sweep.best], "decimal3"),
      number(excess, "decimal3"),
      ...(validated
        ? [
          number(onValidation?.value ?? NaN),
          number(onValidation?.loss ?? NaN, "decimal3"),
        ]
        : []),
    ]),
    data: {
      columns: [
        "class",
        "series",
        "best_value",
        "replicates_with_this_best",
        "replicates",
        "log_loss_at_best",
        "common_value",
        "log_loss_at_common",
        "difference",
        ...(validated ? ["best_value_on_validation", "log_loss_at_best_on_validation"] : []),
      ],
      rows: costs.map(({ panel, own, excess, onValidation }) => [
        note.classes[own.class].name,
        panel.name,
        panel.values[own.best],
        own.agreeing,
        own.replicates,
        own.losses[own.best],
        panel.values[panel.sweep.best],
        own.losses[panel.sweep.best],
        excess,
        ...(validated ? [onValidation?.value ?? "", onValidation?.loss ?? ""] : []),
      ]),
    },
  };
}

function figure(
  sweep: Sweep,
  parameter: string,
  panels: readonly SweepPanel[],
  costs: readonly Cost[],
  { note, t, number }: SectionContext,
): Figure {
  const s = t.sweeps;
  const marked = [...new Set(costs.filter(({ excess }) => excess > 0).map(({ own }) => own.class))]
    .slice(0, MARKED);
  const spec = sweepChart(panels, {
    x: capitalized(parameter),
    loss: s.axis,
    mean: s.mean,
    marked: marked.map((index) => ({ class: index, title: note.classes[index].title })),
  });
  const values = panels.map(({ name, values, sweep: { best, means } }) =>
    `${name === "" ? "" : name + t.ui.colon}${number(means[best], "decimal3")} (${
      number(values[best])
    })`
  );
  return {
    kind: "figure",
    name: `${fileName(sweep)}-losses`,
    caption: s.figure({
      parameter,
      logarithmic: isWide(panels.flatMap(({ values }) => values)),
    }),
    alt: s.figureAlt({ parameter, values: values.join(t.ui.valueSeparator) }),
    drawing: { kind: "chart", spec },
    data: sweepData(panels, sweep.parameter, note.classes.map(({ name }) => name)),
  };
}
