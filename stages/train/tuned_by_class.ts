import { z } from "zod";
import { HEADS } from "../../core/nn/registry.ts";
import type { RoundValue, SearchRound } from "../../pipeline/stage.ts";
import { TUNED } from "./regularization.ts";
import type { TrainSection } from "./section.ts";

/**
 * The tuned weight decay that a section wants chosen for each class too; `undefined` where it does
 * not, and of a head that is fitted in one go, which has none.
 *
 * A class's decays are compared beside equal other values. So these are a grid's: a joint search
 * changes them together, and a number that is refined is so for one of the decays alone.
 *
 * @param at Where its candidate stands; `undefined` where the model tunes nothing.
 * @throws {z.ZodError} if there are no decays to compare.
 */
export function tunedByClass(
  section: TrainSection,
  at: SearchRound | undefined,
): RoundValue | undefined {
  const { head, weightDecayByClass } = section;
  if (weightDecayByClass !== TUNED) return undefined;
  const values = at?.values ?? [];
  if (typeof head !== "string") {
    const isBesideTrained = values.some(({ path, grid }) =>
      path.join() === "head" && grid.some((name) => Object.hasOwn(HEADS, String(name)))
    );
    if (!isBesideTrained) return undefined;
    return refuse(`head ${head.kind} is fitted in one go and has no weight decay by class`);
  }
  const own = values.find(({ path }) => path.join() === "weightDecay");
  if (own === undefined || own.grid.length < 2) {
    return refuse(
      "chooses among the values of weightDecay, of which two or more must be tuned: write " +
        "weightDecay: {tune: [0.001, 0.01, 0.1]}",
    );
  }
  if (own.joint) {
    return refuse(
      "compares values of weightDecay beside equal other values, which a joint search changes with " +
        "it: tune weightDecay by a list of its own",
    );
  }
  const other = values.find((value) => value !== own && value.refined !== undefined);
  if (other !== undefined) {
    return refuse(
      `compares values of weightDecay beside equal other values: ${other.name} cannot be refined, ` +
        "weightDecay can",
    );
  }
  return own;
}

function refuse(message: string): never {
  const path = ["weightDecayByClass"];
  throw new z.ZodError([{ code: "custom", path, message, input: TUNED }]);
}
