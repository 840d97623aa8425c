/**
 * Which numbers a study varies from model to model.
 *
 * @module
 */

/** Least number of values that make a sweep. */
const LEAST_VALUES = 3;

/** A number that takes several values, from model to model, while all else stays. */
export interface Sweep {
  /** Where the number stands in the study: `["train", "weightDecay"]`; some keys are classes. */
  path: readonly string[];
  /** Its last part: `weightDecay`. */
  parameter: string;
  /** One for each setting of what else differs; of the same values or not. */
  series: readonly SweepSeries[];
}

/** The models of a sweep that differ by its number alone. */
export interface SweepSeries {
  /** What the models share that others have otherwise: `optimizer = adam`; empty for one series. */
  name: string;
  /** By ascending value. */
  points: readonly SweepPoint[];
}

/** One model of a sweep. */
export interface SweepPoint {
  value: number;
  /** Its index among the study's models. */
  model: number;
}

/**
 * Finds the sweeps of a study.
 *
 * @param models Name of each model, in the study's order.
 * @param own What each model sets for itself, by its name: the sections of the study file.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const decays = [0.1, 0.001, 0.01];
 * const own = Object.fromEntries(decays.map((value, i) => [`m${i}`, { train: { weightDecay: value } }]));
 * const [{ parameter, series }] = findSweeps(["m0", "m1", "m2"], own);
 * assert.equal(parameter, "weightDecay");
 * assert.deepEqual(series[0].points.map(({ model }) => model), [1, 2, 0]);
 * ```
 */
export function findSweeps(
  models: readonly string[],
  own: Readonly<Record<string, unknown>>,
): Sweep[] {
  const settings = models.map((name) =>
    new Map(Object.hasOwn(own, name) ? leaves(own[name], []) : [])
  );
  const paths = new Set(settings.flatMap((setting) => [...setting.keys()]));
  return [...paths].flatMap((path): Sweep[] => {
    const groups = new Map<string, { name: string; points: SweepPoint[] }>();
    settings.forEach((setting, model) => {
      const value = setting.get(path);
      if (typeof value !== "number") return;
      const others = [...setting].filter(([other]) => other !== path);
      const key = JSON.stringify(others);
      const group = groups.get(key) ?? { name: nameOf(others), points: [] };
      groups.set(key, group);
      if (group.points.every((point) => point.value !== value)) group.points.push({ value, model });
    });
    const series = [...groups.values()].filter(({ points }) => points.length >= LEAST_VALUES)
      .map(({ name, points }) => ({ name, points: points.toSorted((a, b) => a.value - b.value) }));
    const keys: string[] = JSON.parse(path);
    return series.length === 0 ? [] : [{ path: keys, parameter: keys.at(-1)!, series }];
  });
}

/** Every value of an object that is no object itself, by the JSON of its path. */
function* leaves(value: unknown, path: readonly string[]): Generator<[string, unknown]> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, [...path, key]);
  } else {
    yield [JSON.stringify(path), value];
  }
}

function nameOf(settings: readonly (readonly [string, unknown])[]): string {
  return settings.map(([path, value]) =>
    `${JSON.parse(path).at(-1)} = ${typeof value === "string" ? value : JSON.stringify(value)}`
  ).join(", ");
}
