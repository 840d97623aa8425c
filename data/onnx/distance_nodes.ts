/**
 * Distances in binary64, as `core/neighbors/distances.ts` has them.
 *
 * @module
 */
import type { GraphBuilder } from "./graph_builder.ts";

/**
 * Adds the sum along an axis, one number after the other: `ReduceSum` leaves the order open, and with
 * it the last bit. The axis is gone.
 *
 * @param length Numbers along the axis, at least 1.
 */
export function sumInOrder(
  graph: GraphBuilder,
  name: string,
  value: string,
  { axis, length }: { axis: number; length: number },
): string {
  const sums = graph.node(`${name}.sums`, "CumSum", [
    value,
    graph.integers(`${name}.axis`, axis),
  ]);
  const last = graph.integers(`${name}.last`, length - 1);
  return graph.node(name, "Gather", [sums, last], { axis: { i: axis } });
}

/** Rows between which there are distances: all in binary64. */
export interface RowsAndQueries {
  /** Name of the rows: `[n, m, d]`, or `[m, d]` where they are the same for each query. */
  rows: string;
  /** Name of the queries `[n, 1, d]`. */
  queries: string;
  /** Number of features d. */
  dimension: number;
}

/** Adds Σ (x − y)² `[n, m]`. */
export function squaredDistances(
  graph: GraphBuilder,
  name: string,
  { rows, queries, dimension }: RowsAndQueries,
): string {
  const differences = graph.node(`${name}.differences`, "Sub", [queries, rows]);
  const squares = graph.node(`${name}.squares`, "Mul", [differences, differences]);
  return sumInOrder(graph, name, squares, { axis: 2, length: dimension });
}

/**
 * Adds the cosines of angles `[n, m]`, 0 where a row or query is zero.
 *
 * @param squares Name of Σ y² of the rows, `[n, m]` or `[m]`.
 */
export function cosines(
  graph: GraphBuilder,
  name: string,
  { rows, queries, dimension }: RowsAndQueries,
  squares: string,
): string {
  const sum = { axis: 2, length: dimension };
  const products = graph.node(`${name}.products`, "Mul", [queries, rows]);
  const dots = sumInOrder(graph, `${name}.dots`, products, sum);
  const own = graph.node(`${name}.query_squares`, "Mul", [queries, queries]);
  const lengths = sumInOrder(graph, `${name}.query_lengths`, own, sum);
  const both = graph.node(`${name}.both`, "Mul", [lengths, squares]);
  const isZero = graph.node(`${name}.is_zero`, "Equal", [
    both,
    graph.double(`${name}.zero`, 0),
  ]);
  // Where one is zero so is the product, and the cosine 0 by 1.
  const one = graph.double(`${name}.one`, 1);
  const divisors = graph.node(`${name}.divisors`, "Where", [isZero, one, both]);
  const norms = graph.node(`${name}.norms`, "Sqrt", [divisors]);
  return graph.node(name, "Div", [dots, norms]);
}
