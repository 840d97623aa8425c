import type { GraphBuilder } from "./graph_builder.ts";

/**
 * Adds the greatest or least numbers of each row `[n, m]`, the greatest or least first, of equal ones the
 * first one first: names of the numbers and of their places in the row, both `[n, count]`.
 *
 * @param count Name of how many, `[1]`, int64.
 */
export function topK(
  graph: GraphBuilder,
  name: string,
  value: string,
  count: string,
  which: "largest" | "smallest",
): readonly [values: string, places: string] {
  return graph.fork(name, { operator: "TopK" }, [value, count], ["values", "places"], {
    axis: { i: 1 },
    largest: { i: which === "largest" ? 1 : 0 },
    sorted: { i: 1 },
  });
}
