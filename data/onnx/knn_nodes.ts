import type { LabelledRows } from "../../core/fitted/fitted_head.ts";
import { squaredNorm } from "../../core/neighbors/distances.ts";
import type { KnnOptions } from "../../core/neighbors/knn.ts";
import { candidateRows } from "./candidate_nodes.ts";
import { cosines, type RowsAndQueries, squaredDistances } from "./distance_nodes.ts";
import type { GraphBuilder } from "./graph_builder.ts";
import { topK } from "./top_k.ts";
import { neighborVotes } from "./vote_nodes.ts";

/**
 * Writes k nearest neighbours, from `embeddings` to `probabilities` and `predicted`.
 *
 * Distances and votes are computed as `core/neighbors` computes them, to the bit: of the rows that a product
 * does not rule out, in the order of their numbers, so that of equally near rows the first ones are taken.
 */
export function knnNodes(
  graph: GraphBuilder,
  { x, labels, dimension, classes }: LabelledRows,
  { neighbors, metric, weights }: KnnOptions,
): void {
  const count = labels.length;
  const rows = graph.constant("rows", [count, dimension], x);
  const squares = Float64Array.from(labels, (_, i) => squaredNorm(x, i * dimension, dimension));
  const query = graph.cast("query", "embeddings", "F64");
  const candidates = candidateRows(graph, { query, rows, squares, dimension, neighbors, metric });

  const axes = graph.integers("queries.axes", [1]);
  const near = graph.node("candidate_rows", "Gather", [rows, candidates], { axis: { i: 0 } });
  const pairs = {
    rows: graph.cast("candidate_rows.double", near, "F64"),
    queries: graph.node("queries", "Unsqueeze", [query, axes]),
    dimension,
  };
  const distances = metric === "cosine"
    ? cosineDistances(graph, pairs, candidates, squares)
    : graph.node("distances", "Sqrt", [squaredDistances(graph, "squared_distances", pairs)]);
  const k = graph.integers("neighbors", [neighbors]);
  const [nearest, places] = topK(graph, "nearest", distances, k, "smallest");
  const found = graph.node("neighbor_rows", "GatherElements", [candidates, places], {
    axis: { i: 1 },
  });
  const all = graph.constant("labels", [count], BigInt64Array.from(labels, BigInt));
  const own = graph.node("neighbor_labels", "Gather", [all, found], { axis: { i: 0 } });

  const { votes, total } = neighborVotes(graph, {
    labels: own,
    distances: nearest,
    ...{ classes, neighbors, weights },
  });
  graph.node("predicted", "ArgMax", [votes], { axis: { i: 1 }, keepdims: { i: 0 } });
  const shares = graph.node("shares", "Div", [votes, total]);
  graph.cast("probabilities", shares, "F32");
}

/** 1 − cos, at least 0. */
function cosineDistances(
  graph: GraphBuilder,
  pairs: RowsAndQueries,
  candidates: string,
  squares: Float64Array<ArrayBuffer>,
): string {
  const all = graph.constant("squares", [squares.length], squares);
  const own = graph.node("candidate_squares", "Gather", [all, candidates], { axis: { i: 0 } });
  const cosine = cosines(graph, "cosines", pairs, own);
  const raw = graph.node("distances.raw", "Sub", [graph.double("distances.one", 1), cosine]);
  return graph.node("distances", "Max", [raw, graph.double("distances.least", 0)]);
}
