import type { PlanInput, PlanNode } from "../plan.ts";
import type { OutputRecord } from "./record.ts";
import type { Need } from "./slots.ts";

/** MiB of a step that does not say what it takes. */
const DEFAULT_MEMORY_MIB = 256;

/** What a node needs of the machine, as its step says; its inputs are at hand. */
export function needOf(
  { step, params, inputs }: PlanNode,
  resolve: (input: PlanInput) => OutputRecord,
): Need {
  const { memoryMiB = DEFAULT_MEMORY_MIB, parallel = false } = step.resources ?? {};
  if (typeof memoryMiB === "number") return { memoryMiB, parallel };
  const sizes = Object.keys(step.inputs).map((port): [string, number] => {
    const bytes = (inputs[port] ?? []).reduce((sum, input) => sum + resolve(input).size, 0);
    return [port, bytes / 2 ** 20];
  });
  return { memoryMiB: memoryMiB({ params, inputMiB: Object.fromEntries(sizes) }), parallel };
}
