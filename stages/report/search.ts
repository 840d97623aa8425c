/**
 * How a model's tries were found, where they are not all combinations of listed values.
 *
 * @module
 */
import { z } from "zod";
import type { ModelFacts } from "../../pipeline/stage.ts";

const value = z.union([z.string(), z.number(), z.boolean()]);
const ends = z.tuple([z.number(), z.number()]);

/** A search of several parameters together. */
export const Search = z.union([
  /** Number of points that the study lists. */
  z.strictObject({ points: z.int().min(1) }),
  z.strictObject({
    random: z.strictObject({ draws: z.int(), seed: z.int(), digits: z.int() }),
    /** What each parameter is drawn from. */
    ranges: z.record(
      z.string(),
      z.union([
        z.strictObject({ log: ends }),
        z.strictObject({ uniform: ends }),
        z.strictObject({ integer: ends }),
        z.strictObject({ choice: z.array(value) }),
      ]),
    ),
  }),
]);

/** See {@linkcode Search}. */
export type Search = z.output<typeof Search>;

/** The joint search of a model's training, as the study file has it; `undefined` without. */
export function searchOf({ sections }: Pick<ModelFacts, "sections">): Search | undefined {
  const { tune } = (sections.train ?? {}) as { tune?: Record<string, unknown> };
  if (tune === undefined) return undefined;
  const { points, random, ...ranges } = tune;
  return Search.parse(
    Array.isArray(points) ? { points: points.length } : { random, ranges },
  );
}
