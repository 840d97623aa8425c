import type { ModelFacts } from "../../pipeline/stage.ts";

/**
 * Sections of a study as a reader wants them: what all models share once, and below `models` what
 * each one sets for itself.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const model = (name: string, optimizer: string) => ({
 *   name,
 *   replicates: [],
 *   candidates: [],
 *   sections: { train: { epochs: 100, optimizer } },
 * });
 * assert.deepEqual(sharedSections([model("adam", "adam"), model("lion", "lion")]), {
 *   train: { epochs: 100 },
 *   models: { adam: { train: { optimizer: "adam" } }, lion: { train: { optimizer: "lion" } } },
 * });
 * ```
 */
export function sharedSections(models: readonly ModelFacts[]): Record<string, unknown> {
  // The claims stand in a section of the note, and the note's own section says nothing of results.
  const sections = models.map((model) =>
    withoutKeys(model.sections as Record<string, unknown>, ["claims", "report"])
  );
  const shared = common(sections);
  const own = Object.fromEntries(
    models.map(({ name }, i) => [name, remainder(sections[i], shared)] as const)
      .filter(([, rest]) => Object.keys(rest).length > 0),
  );
  return Object.keys(own).length === 0 ? shared : { ...shared, models: own };
}

type Values = Record<string, unknown>;

/** What every one of the objects has, at any depth. */
function common(objects: readonly Values[]): Values {
  const [first, ...others] = objects;
  const entries = Object.entries(first).flatMap(([key, value]): [string, unknown][] => {
    if (!others.every((other) => Object.hasOwn(other, key))) return [];
    const values = [value, ...others.map((other) => other[key])];
    if (values.every((other) => same(other, value))) return [[key, value]];
    if (!values.every(isObject)) return [];
    const inner = common(values);
    return Object.keys(inner).length === 0 ? [] : [[key, inner]];
  });
  return Object.fromEntries(entries);
}

/** What an object has besides what is shared. */
function remainder(object: Values, shared: Values): Values {
  const entries = Object.entries(object).flatMap(([key, value]): [string, unknown][] => {
    if (!Object.hasOwn(shared, key)) return [[key, value]];
    if (same(value, shared[key])) return [];
    return [[key, remainder(value as Values, shared[key] as Values)]];
  });
  return Object.fromEntries(entries);
}

function withoutKeys(object: Values, keys: readonly string[]): Values {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Both are plain JSON whose keys stand in their schema's order. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
