/**
 * Heads that are trained by mini-batches, in words and formulas.
 *
 * @module
 */
import type { Activation } from "../../../core/nn/activations.ts";
import type { Initialization } from "../../../core/nn/initialization.ts";
import type { HeadName } from "../../../core/nn/registry.ts";
import type { Block, Table } from "../blocks.ts";
import type { ModelResult } from "../model/results.ts";
import { code, join, math, rich, type Text } from "../rich.ts";
import { columns, type SectionContext, trainedModels } from "./context.ts";

type Deep = Exclude<HeadName, "softmax">;

const FORMULAS: Readonly<Record<Deep, string | undefined>> = {
  mlp: "h_0 = x, \\qquad h_l = \\varphi(W_l\\, h_{l-1} + b_l), \\qquad " +
    "p_k \\propto e^{z_k} \\text{ with } z = W_{L+1}\\, h_L + b_{L+1}.",
  cnn: "u_c = \\varphi\\Bigl(b_c + \\sum_d K_{c,d} * h_d\\Bigr).",
  transfer: undefined,
};

/** The blocks; of softmax regression alone, how it starts, where that is no default. */
export function trainedHeads(context: SectionContext): Block[] {
  const { note, t } = context;
  const models = trainedModels(note);
  const names = (Object.keys(FORMULAS) as Deep[])
    .filter((name) => models.some(({ head }) => head === name));
  if (names.length === 0) {
    const isPlain = models.every(({ initialization = "uniform" }) => initialization === "uniform");
    return isPlain ? [] : initializations(models, context);
  }
  return [
    ...names.flatMap((name): Block[] => {
      const tex = FORMULAS[name];
      return [
        { kind: "paragraph", text: t.heads.concept[name] },
        ...(tex === undefined ? [] : [{ kind: "math", tex } as const]),
      ];
    }),
    ...activations(models, context),
    ...batchNorm(models, context),
    ...dropouts(models, context),
    ...initializations(models, context),
    table(models, context),
  ];
}

/** The one deep head of a study, as a heading names it. */
export function headingOf(names: ReadonlySet<string>, { t }: SectionContext): string {
  const [name] = names;
  if (names.size > 1) return t.fitted.heads;
  return Object.hasOwn(t.heads.names, name) ? t.heads.names[name as Deep] : t.concepts.head;
}

interface Options {
  hidden?: readonly number[];
  channels?: readonly number[];
  kernel?: number;
  pooling?: string;
  activation?: Activation;
  batchNorm?: boolean;
  dropout?: number;
}

function optionsOf({ headOptions }: ModelResult): Options {
  return headOptions as Options;
}

/** The models of each kind, the kinds in the order of their first model. */
function grouped(
  models: readonly ModelResult[],
  { t, list, titleOf }: SectionContext,
  key: (model: ModelResult) => unknown,
): { model: ModelResult; titles: string }[] {
  const asked = models.filter((model) => key(model) !== undefined);
  return [...Map.groupBy(asked, (model) => JSON.stringify(key(model))).values()]
    .map((group) => ({
      model: group[0],
      titles: group.length > 1 && group.length === models.length
        ? t.heads.all
        : list(group.map(titleOf)),
    }));
}

function activations(models: readonly ModelResult[], context: SectionContext): Block[] {
  const { t } = context;
  return grouped(models, context, (model) => optionsOf(model).activation)
    .map(({ model, titles }) => {
      const { activation } = optionsOf(model);
      const name = t.heads.activation[activation!.kind];
      const formula = math(formulaOf(activation!, context));
      return { kind: "paragraph", text: t.heads.activated({ name, formula, models: titles }) };
    });
}

function formulaOf(activation: Activation, { number }: SectionContext): string {
  switch (activation.kind) {
    case "sigmoid":
      return "\\varphi(a) = 1/(1 + e^{-a})";
    case "tanh":
      return "\\varphi(a) = \\tanh a";
    case "relu":
      return "\\varphi(a) = \\max(0, a)";
    case "leakyRelu":
      return `\\varphi(a) = \\max(0, a) + ${tex(number(activation.slope))} \\min(0, a)`;
    case "elu":
      return `\\varphi(a) = \\max(0, a) + ${tex(number(activation.alpha))} ` +
        "(e^{\\min(0, a)} - 1)";
    case "gelu":
      return "\\varphi(a) = a\\,\\Phi(a)";
  }
}

/** A number within a formula: a decimal comma is no separator. */
function tex(number: string): string {
  return number.replace(",", "{,}");
}

function batchNorm(models: readonly ModelResult[], context: SectionContext): Block[] {
  return grouped(models, context, (model) => optionsOf(model).batchNorm || undefined)
    .map(({ titles }) => ({ kind: "paragraph", text: context.t.heads.batchNorm(titles) }));
}

function dropouts(models: readonly ModelResult[], context: SectionContext): Block[] {
  const { t, number } = context;
  return grouped(models, context, (model) => optionsOf(model).dropout || undefined)
    .map(({ model, titles }) => ({
      kind: "paragraph",
      text: t.heads.dropout({ rate: number(optionsOf(model).dropout!), models: titles }),
    }));
}

function initializations(models: readonly ModelResult[], context: SectionContext): Block[] {
  const { t } = context;
  return grouped(models, context, ({ initialization }) => initialization)
    .map(({ model, titles }) => ({
      kind: "paragraph",
      text: t.heads.initialized({
        how: t.heads.initialization[model.initialization as Initialization],
        models: titles,
      }),
    }));
}

function table(models: readonly ModelResult[], context: SectionContext): Table {
  const { t, number, titleOf } = context;
  return {
    kind: "table",
    name: "trained-heads",
    caption: t.heads.table,
    columns: columns(
      t.ui.model,
      { header: t.heads.layers, align: "left" },
      t.heads.parameters,
    ),
    rows: models.map((model) => [
      titleOf(model),
      join(
        [
          code(model.head!),
          ...settings(model).map(([name, value]) =>
            rich`${name}${"\u00a0=\u00a0"}${show(value, context)}`
          ),
        ],
        t.ui.valueSeparator,
      ),
      number(model.parameters),
    ]),
    data: {
      columns: ["model", "head", "options", "initialization", "parameters"],
      rows: models.map((model) => [
        model.name,
        model.head ?? "",
        JSON.stringify(model.headOptions),
        model.initialization ?? "",
        model.parameters,
      ]),
    },
  };
}

/** Settings in the order of their layers; artifacts have them by name. */
function settings(model: ModelResult): [keyof Options, unknown][] {
  const options = optionsOf(model);
  return ORDER.flatMap((key): [keyof Options, unknown][] =>
    options[key] === undefined ? [] : [[key, options[key]]]
  );
}

const ORDER: readonly (keyof Options)[] = [
  "channels",
  "kernel",
  "pooling",
  "hidden",
  "activation",
  "batchNorm",
  "dropout",
];

/** `[64, 32]` of widths, `leakyRelu` of an activation, a word of a choice. */
function show(value: unknown, { t, number }: SectionContext): Text {
  if (typeof value === "number") return number(value);
  if (typeof value === "boolean") return value ? t.heads.yes : t.heads.no;
  if (Array.isArray(value)) return code(`[${value.join(", ")}]`);
  const word = typeof value === "object" ? (value as Activation).kind : String(value);
  return code(word);
}
