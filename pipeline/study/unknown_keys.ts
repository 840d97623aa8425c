/**
 * Keys that a schema does not know: zod's plain objects would drop them in silence.
 *
 * @module
 */
import type { z } from "zod";
import type { Problems } from "./problems.ts";
import { hintFrom } from "./suggest.ts";
import type { MapTree, Tree } from "./tree.ts";

/** A key that stands where its schema has none. */
interface UnknownKey {
  map: MapTree;
  key: string;
  known: readonly string[];
}

/** Notes each key of the tree that the schema has no place for, with the closest that it has. */
export function checkKeys(schema: z.core.$ZodType, tree: Tree, problems: Problems): void {
  for (const { map, key, known } of unknownKeys(schema, tree)) {
    const hint = hintFrom(key, known);
    const { keyAt, path } = map.entries.get(key)!;
    problems.addAt(keyAt, path, "unknown key", hint === undefined ? {} : { hint });
  }
}

function unknownKeys(schema: z.core.$ZodType, tree: Tree): UnknownKey[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return unknownKeys(def.innerType, tree);
    case "pipe": {
      const first = (def.in as z.core.$ZodTypes)._zod.def.type;
      return unknownKeys(first === "transform" ? def.out : def.in, tree);
    }
    case "lazy":
      return unknownKeys(def.getter(), tree);
    case "array":
      return tree.kind === "list" ? tree.items.flatMap((t) => unknownKeys(def.element, t)) : [];
    case "tuple":
      return tree.kind !== "list" ? [] : tree.items.flatMap((item, i) => {
        const element = def.items[i] ?? def.rest;
        return element === null || element === undefined ? [] : unknownKeys(element, item);
      });
    case "record":
      return tree.kind === "map"
        ? [...tree.entries.values()].flatMap((value) => unknownKeys(def.valueType, value))
        : [];
    case "union":
      return inUnion(def, tree);
    case "object":
      return tree.kind === "map" ? inObject(def, tree) : [];
    default:
      return [];
  }
}

function inObject(def: z.core.$ZodObjectDef, tree: MapTree): UnknownKey[] {
  const known = Object.keys(def.shape);
  const isOpen = def.catchall !== undefined && def.catchall._zod.def.type !== "never";
  const found: UnknownKey[] = [];
  for (const [key, value] of tree.entries) {
    if (Object.hasOwn(def.shape, key)) found.push(...unknownKeys(def.shape[key], value));
    else if (!isOpen) found.push({ map: tree, key, known });
  }
  return found;
}

/** The alternative with the fewest unknown keys, among those whose literals fit. */
function inUnion(def: z.core.$ZodUnionDef, tree: Tree): UnknownKey[] {
  let least: UnknownKey[] | undefined;
  for (const option of def.options) {
    if (!fits(option, tree)) continue;
    const found = unknownKeys(option, tree);
    if (least === undefined || found.length < least.length) least = found;
  }
  return least ?? [];
}

function fits(option: z.core.$ZodType, tree: Tree): boolean {
  const { def } = (option as z.core.$ZodTypes)._zod;
  if (def.type !== "object") return !(tree.kind === "map" && SCALARS.has(def.type));
  if (tree.kind !== "map") return false;
  return Object.entries(def.shape).every(([key, schema]) => {
    const value = tree.entries.get(key);
    const inner = (schema as z.core.$ZodTypes)._zod.def;
    if (inner.type !== "literal" || value?.kind !== "scalar") return true;
    return (inner.values as unknown[]).includes(value.value);
  });
}

const SCALARS: ReadonlySet<string> = new Set(["string", "number", "boolean", "enum", "literal"]);
