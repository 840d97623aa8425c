import { isNull, type MapTree, type Tree } from "./tree.ts";

/** With more folds than this nothing is written out: the section's own schema refuses them. */
const MOST_FOLDS = 1000;

/**
 * A section that says its number of `folds` and no `fold`, with all of them: each is the test set of
 * one replicate, as `fold: {sweep: [1, …, folds]}` has it. Any other section as it is.
 */
export function withFolds(section: Tree): Tree {
  if (section.kind !== "map") return section;
  const folds = section.entries.get("folds");
  const fold = section.entries.get("fold");
  if (folds?.kind !== "scalar" || (fold !== undefined && !isNull(fold))) return section;
  const { value: count, ...place } = folds;
  if (!Number.isInteger(count) || Number(count) < 2 || Number(count) > MOST_FOLDS) return section;
  const items = Array.from({ length: Number(count) }, (_, i) => ({
    ...place,
    value: i + 1,
    path: `${folds.path}[${i}]`,
  }));
  const { at, keyAt, path } = folds;
  const list: Tree = { kind: "list", items, at, keyAt, path };
  const sweep: MapTree = { kind: "map", entries: new Map([["sweep", list]]), at, keyAt, path };
  return { ...section, entries: new Map(section.entries).set("fold", sweep) };
}
