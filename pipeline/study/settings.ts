/**
 * Settings: combinations of varied values.
 *
 * @module
 */
import type { SearchRound } from "../stage.ts";
import type { ScalarTree, Tree } from "./tree.ts";
import type { VariedValue } from "./variation.ts";

/** One choice for every varied value of a kind. */
export interface Setting {
  /** `seed=1`, `learningRate=0.001 weightDecay=0`; empty when nothing varies. */
  readonly label: string;
  /** Short name of each varied value with its value as text, in the order of the label. */
  readonly coordinates: readonly (readonly [name: string, value: string])[];
  readonly choices: ReadonlyMap<Tree, ScalarTree>;
  /** Whether values of it were drawn at random. */
  readonly drawn?: boolean;
  /** Where a candidate stands among those of each section that is tuned, by stage. */
  readonly searches?: ReadonlyMap<string, SearchRound>;
}

/** The values that turn together: each alone, but those of one joint search. */
export function axesOf(varied: readonly VariedValue[]): VariedValue[][] {
  return [...Map.groupBy(varied, ({ joint, tree }) => joint ?? tree).values()];
}

/** Every combination of the axes; the first one turns slowest. One empty setting for none. */
export function grid(
  varied: readonly VariedValue[],
  nameOf: ReadonlyMap<string, string>,
): Setting[] {
  let settings: Setting[] = [{ label: "", coordinates: [], choices: new Map() }];
  for (const axis of axesOf(varied)) {
    settings = settings.flatMap(({ coordinates, choices, drawn }) =>
      axis[0].values.map((_, i) => {
        const longer = [...coordinates];
        const chosen = new Map(choices);
        for (const { path, tree, values } of axis) {
          longer.push([nameOf.get(path)!, valueText(values[i].value)]);
          chosen.set(tree, values[i]);
        }
        return {
          label: longer.map(([n, v]) => `${n}=${v}`).join(" "),
          coordinates: longer,
          choices: chosen,
          drawn: drawn || axis[0].drawn,
        };
      })
    );
  }
  return settings;
}

function valueText(value: ScalarTree["value"]): string {
  return typeof value !== "string" || /^[\w.+-]+$/.test(value)
    ? String(value)
    : JSON.stringify(value);
}
