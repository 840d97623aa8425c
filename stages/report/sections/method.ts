/**
 * Who reads which images, and what was checked for leaks.
 *
 * @module
 */
import { type MethodName, takesAll } from "../../../core/optim/methods.ts";
import type { Block, Section, Table } from "../blocks.ts";
import { code, type Text } from "../rich.ts";
import { columns, type SectionContext, trainedModels } from "./context.ts";

/** The section. */
export function method(context: SectionContext): Section {
  const { note, t, number, list } = context;
  const { profile, split, augmentation, models } = note;
  const m = t.method;
  const trained = trainedModels(context.note).length;
  const isTrained = trained > 0;
  const replicates = trained === note.trained.length
    ? isAlike(context) ? m.replicates : m.replicatesApart
    : isTrained
    ? t.fitted.mixed
    : t.fitted.replicated;
  const counts = {
    train: number(split.totals.train),
    validation: number(split.totals.validation),
    test: number(split.totals.test),
  };
  const shares: Text[] = [
    split.totals.validation > 0 ? m.split(counts) : m.splitWithoutValidation(counts),
  ];
  if (split.folds !== undefined) shares.push(m.folds(number(split.folds)));
  if (split.method === "published") shares.push(m.published);
  shares.push(split.grouped ? m.grouped : m.stratified);
  // A share that is exact, or nearly, needs no number.
  if (split.deviation !== null && split.deviation >= 0.05) {
    shares.push(m.deviation(number(split.deviation, "decimal1")));
  }
  const blocks: Block[] = [
    { kind: "list", items: shares },
    roles(context),
    { kind: "paragraph", text: isTrained ? m.selection : t.fitted.selection },
    {
      kind: "callout",
      tone: split.duplicates > 0 ? "warning" : "remark",
      title: m.leakTitle,
      blocks: [{ kind: "list", items: leaks(context) }],
    },
  ];
  if (augmentation !== undefined) {
    const { before, after } = augmentation;
    blocks.push({
      kind: "paragraph",
      text: m.augmentation({ before: number(before), after: number(after) }),
    });
  }
  blocks.push(...lengths(context));
  const names = models[0].replicates.map(({ label }) => label);
  blocks.push(
    {
      kind: "paragraph",
      text: names.length > 1
        ? replicates({
          count: number(names.length),
          names: replicateNames(names, list),
        })
        : isTrained
        ? m.oneReplicate
        : t.fitted.once,
    },
    ...outside(context),
    { kind: "paragraph", text: m[profile] },
  );
  return {
    id: "method",
    title: t.titles.method,
    blocks: [...blocks, ...context.author("method")],
  };
}

/** Whether all models can start from the same weights and see the same batches. */
function isAlike({ note }: SectionContext): boolean {
  const starts = trainedModels(note).map(({ head, headOptions, initialization }) =>
    JSON.stringify([head, headOptions.channels, headOptions.hidden, initialization])
  );
  return new Set(starts).size === 1 && note.training.batchSize !== undefined;
}

/** How long trainings last; nothing where models differ in it. */
function lengths(context: SectionContext): Block[] {
  const { note: { training }, t: { method: m }, number } = context;
  const { epochs, patience, batchSize, monitor } = training;
  if (epochs === undefined || patience === undefined) return [];
  const trained = trainedModels(context.note);
  const full = trained.filter(({ optimizer }) => takesAll(optimizer as MethodName)).length;
  return [{
    kind: "paragraph",
    text: m.training({
      epochs: number(epochs),
      batches: full === trained.length
        ? m.allAtOnce
        : full > 0 || batchSize === undefined
        ? ""
        : m.batches(number(batchSize)),
      watched: m.watched[monitor ?? "mixed"],
      patience: number(patience),
      kept: trained.some(({ keepsLast }) => keepsLast) ? "" : m.keptBest,
    }),
  }];
}

/** Where the predictions come from that the study did not make itself. */
function outside({ note: { models }, t: { method }, titleOf }: SectionContext): Block[] {
  return models.flatMap((model): Block[] => {
    if (model.source === undefined) return [];
    const { file, sha256 } = model.source;
    const told = { model: titleOf(model), file: code(file), sha256: code(sha256) };
    return [{ kind: "paragraph", text: method.outside(told) }];
  });
}

/** `seed = 1, 2 and 3` where all replicates differ by one value, else their names. */
function replicateNames(names: readonly string[], list: SectionContext["list"]): string {
  const parts = names.map((name) => name.match(/^([^=]+)=([^=]+)$/));
  const [first] = parts;
  return first && parts.every((part) => part?.[1] === first[1])
    ? `${first[1]} = ${list(parts.map((part) => part![2]))}`
    : list(names);
}

function roles({ note, t, number }: SectionContext): Table {
  const { split } = note;
  const m = t.method;
  const { trainUse, validationUse } = trainedModels(note).length > 0 ? m : t.fitted;
  const all = [
    ["train", trainUse, m.trainReader],
    ["validation", validationUse, m.validationReader],
    ["test", m.testUse, m.testReader],
  ] as const;
  const used = all.filter(([partition]) => split.totals[partition] > 0);
  const total = used.reduce((sum, [partition]) => sum + split.totals[partition], 0);
  return {
    kind: "table",
    name: "partitions",
    caption: m.roles,
    columns: [
      ...columns(t.results.series, m.count, m.share),
      { header: m.role },
      { header: m.readBy },
    ],
    rows: used.map(([partition, use, reader]) => [
      t.ui.partition[partition],
      number(split.totals[partition]),
      number(split.totals[partition] / total, "percent"),
      use,
      reader,
    ]),
    data: {
      columns: ["partition", "images"],
      rows: used.map(([partition]) => [partition, split.totals[partition]]),
    },
  };
}

function leaks({ note: { split, dataset }, t, number }: SectionContext): Text[] {
  const m = t.method;
  const found: Text[] = [
    split.duplicates === 0 ? m.leakNone : m.leakFound(number(split.duplicates)),
  ];
  if (dataset.groups > 0) {
    found.push(
      split.sharedGroups === 0 ? m.groupsNotShared : m.groupsShared(number(split.sharedGroups)),
    );
  }
  return found;
}
