/**
 * What a parameter of a random search is drawn from.
 *
 * @module
 */
import { z } from "zod";
import { type Problems, show } from "./problems.ts";
import { type ScalarTree, toPlain, type Tree } from "./tree.ts";
import { parseTree } from "./zod_problems.ts";

/** A distribution of a parameter, ready to draw from. */
export interface Distribution {
  range: { scale: "uniform" | "log" | "integer"; low: number; high: number };
  /** The value that a drawn number stands for: itself, or a choice. */
  pick(drawn: number): ScalarTree["value"];
  /** Where it is written. */
  tree: Tree;
  /** As plain JSON: `{log: [0.0001, 1]}`. */
  plain: unknown;
}

/** Kinds of distributions: where a number is drawn from, or values that are as likely. */
export const DISTRIBUTIONS = ["log", "uniform", "integer", "choice"] as const;

const EXPECTED = "expected one of {log: [low, high]}, {uniform: [low, high]}, " +
  "{integer: [low, high]} and {choice: [values]}";

const above0 = ({ input }: { input?: unknown }) =>
  `expected a number above 0, found ${show(input)}`;
const end = { log: z.number().gt(0, { error: above0 }), uniform: z.number(), integer: z.int() };

/** Reads a distribution; `undefined` after noting what is wrong with it. */
export function readDistribution(tree: Tree, problems: Problems): Distribution | undefined {
  const kinds = tree.kind === "map" ? [...tree.entries.keys()] : [];
  const kind = DISTRIBUTIONS.find((name) => name === kinds[0]);
  if (tree.kind !== "map" || kind === undefined || kinds.length > 1) {
    problems.add(tree, `${EXPECTED}, found ${show(toPlain(tree))}`);
    return undefined;
  }
  const list = tree.entries.get(kind)!;
  const plain = toPlain(tree);
  if (kind === "choice") {
    const values = readChoices(list, problems);
    if (values === undefined) return undefined;
    const range = { scale: "integer", low: 0, high: values.length - 1 } as const;
    return { range, pick: (drawn) => values[drawn], tree, plain };
  }
  const ends = parseTree(z.tuple([end[kind], end[kind]]), list, problems)?.value;
  if (ends === undefined) return undefined;
  const [low, high] = ends;
  if (!(low < high)) {
    problems.add(list, `expected two different numbers, the least first, found [${low}, ${high}]`);
    return undefined;
  }
  const [isDrawn, apart] = kind === "integer"
    ? [high - low < 2 ** 32, "2^32"]
    : [Number.isFinite(high - low), "1.8e308"];
  if (!isDrawn) {
    problems.add(list, `expected ends less than ${apart} apart, found [${low}, ${high}]`);
    return undefined;
  }
  return { range: { scale: kind, low, high }, pick: (drawn) => drawn, tree, plain };
}

function readChoices(list: Tree, problems: Problems): ScalarTree["value"][] | undefined {
  const items = list.kind === "list" ? list.items : [];
  const values = items.flatMap((item) =>
    item.kind === "scalar" && item.value !== null ? [item.value] : []
  );
  const isGood = items.length >= 2 && values.length === items.length &&
    new Set(values).size === values.length;
  if (isGood) return values;
  problems.add(list, "expected a list of two or more different single values to draw from");
  return undefined;
}
