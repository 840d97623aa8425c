import type { CentroidOptions, Centroids } from "../../core/centroid/centroid.ts";
import { squaredNorm } from "../../core/neighbors/distances.ts";
import { cosines, type RowsAndQueries, squaredDistances } from "./distance_nodes.ts";
import type { GraphBuilder } from "./graph_builder.ts";

/**
 * Writes nearest centroid, from `embeddings` to `probabilities` and `predicted`: the first of equally
 * near centroids, and p proportional to exp(−scale · distance²).
 */
export function centroidNodes(
  graph: GraphBuilder,
  { centroids, scale }: Centroids,
  dimension: number,
  { metric }: CentroidOptions,
): void {
  const classes = centroids.length / dimension;
  const rows = graph.constant("centroids", [classes, dimension], centroids);
  const axes = graph.integers("queries.axes", [1]);
  const queries = graph.node("queries", "Unsqueeze", [
    graph.cast("query", "embeddings", "F64"),
    axes,
  ]);
  const pairs = { rows: graph.cast("centroids.double", rows, "F64"), queries, dimension };
  const distances = metric === "cosine"
    ? cosineDistances(graph, pairs, centroids, classes)
    : squaredDistances(graph, "squared_distances", pairs);
  graph.node("predicted", "ArgMin", [distances], { axis: { i: 1 }, keepdims: { i: 0 } });
  // The least first, as scaled distances would hide small differences between great ones.
  const least = graph.node("least", "ReduceMin", [distances], { axes: { ints: [1] } });
  const beyond = graph.node("beyond_least", "Sub", [distances, least]);
  const logits = graph.node("logits", "Mul", [beyond, graph.double("minus_scale", -scale)]);
  const softmax = graph.node("softmax", "Softmax", [logits], { axis: { i: 1 } });
  graph.cast("probabilities", softmax, "F32");
}

/** 2 − 2 cos, at least 0: squared distances of rows whose lengths are made 1. */
function cosineDistances(
  graph: GraphBuilder,
  pairs: RowsAndQueries,
  centroids: Float32Array,
  classes: number,
): string {
  const { dimension } = pairs;
  const squares = Float64Array.from(
    { length: classes },
    (_, c) => squaredNorm(centroids, c * dimension, dimension),
  );
  const cosine = cosines(graph, "cosines", pairs, graph.constant("squares", [classes], squares));
  const two = graph.double("two", 2);
  const twice = graph.node("cosines.twice", "Mul", [cosine, two]);
  const raw = graph.node("squared_distances.raw", "Sub", [two, twice]);
  return graph.node("squared_distances", "Max", [raw, graph.double("zero", 0)]);
}
