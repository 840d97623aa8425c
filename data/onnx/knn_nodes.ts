import type { LabelledRows } from "../../core/fitted/fitted_head.ts";
import { squaredNorm } from "../../core/neighbors/distances.ts";
import type { KnnOptions } from "../../core/neighbors/knn.ts";
import { cosines, squaredDistances, sumInOrder } from "./distance_nodes.ts";
import type { GraphBuilder } from "./graph_builder.ts";

/**
 * Rows that are looked at beside the k nearest ones by a product: two rows have to be as near as
 * binary64 can tell, and as many between them, before a product leaves out the wrong one.
 */
const SPARE = 8;

/**
 * Writes k nearest neighbours, from `embeddings` to `probabilities` and `predicted`.
 *
 * As in `core/neighbors`, a product tells which rows come into question, here in binary64; their
 * distances, and the votes, are then computed as `core/neighbors` does, to the bit. `TopK` takes the
 * first of equal numbers, as the head takes the first of equally near rows.
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

  const isCosine = metric === "cosine";
  const nearness = isCosine
    ? cosineNearness(graph, query, rows, squares)
    : euclideanNearness(graph, query, rows, squares);
  const candidates = topCandidates(graph, nearness, Math.min(count, neighbors + SPARE));

  const axes = graph.integers("queries.axes", [1]);
  const near = graph.node("candidate_rows", "Gather", [rows, candidates], { axis: { i: 0 } });
  const pairs = {
    rows: graph.cast("candidate_rows.double", near, "F64"),
    queries: graph.node("queries", "Unsqueeze", [query, axes]),
    dimension,
  };
  const distances = isCosine
    ? cosineDistances(graph, pairs, candidates, squares)
    : graph.node("distances", "Sqrt", [squaredDistances(graph, "squared_distances", pairs)]);
  const [nearest, places] = graph.fork(
    "nearest",
    { operator: "TopK" },
    [distances, graph.integers("neighbors", [neighbors])],
    ["distances", "places"],
    { axis: { i: 1 }, largest: { i: 0 }, sorted: { i: 1 } },
  );
  const found = graph.node("neighbor_rows", "GatherElements", [candidates, places], {
    axis: { i: 1 },
  });
  const all = graph.constant("labels", [count], BigInt64Array.from(labels, BigInt));
  const own = graph.node("neighbor_labels", "Gather", [all, found], { axis: { i: 0 } });

  const { votes, total } = weights === "uniform"
    ? uniformVotes(graph, own, classes, neighbors)
    : distanceVotes(graph, own, nearest, classes, neighbors);
  graph.node("predicted", "ArgMax", [votes], { axis: { i: 1 }, keepdims: { i: 0 } });
  const shares = graph.node("shares", "Div", [votes, total]);
  graph.cast("probabilities", shares, "F32");
}

/** x·y − ½‖y‖²: greater is nearer. */
function euclideanNearness(
  graph: GraphBuilder,
  query: string,
  rows: string,
  squares: Float64Array,
): string {
  const offsets = graph.constant("offsets", [squares.length], squares.map((square) => -square / 2));
  const weight = graph.cast("rows.double", rows, "F64");
  return graph.node("nearness", "Gemm", [query, weight, offsets], { transB: { i: 1 } });
}

/** x·y ÷ ‖y‖: greater is nearer; 0 of a row that is zero. */
function cosineNearness(
  graph: GraphBuilder,
  query: string,
  rows: string,
  squares: Float64Array,
): string {
  const scales = squares.map((square) => square === 0 ? 0 : 1 / Math.sqrt(square));
  const weight = graph.cast("rows.double", rows, "F64");
  const products = graph.node("products", "Gemm", [query, weight], { transB: { i: 1 } });
  const scale = graph.constant("scales", [squares.length], scales);
  return graph.node("nearness", "Mul", [products, scale]);
}

/** Numbers of the nearest rows by nearness, ascending. */
function topCandidates(graph: GraphBuilder, nearness: string, count: number): string {
  const number = graph.integers("candidates.count", [count]);
  const attributes = { axis: { i: 1 }, sorted: { i: 1 } };
  const [, top] = graph.fork(
    "top",
    { operator: "TopK" },
    [nearness, number],
    ["nearness", "rows"],
    { ...attributes, largest: { i: 1 } },
  );
  const [candidates] = graph.fork(
    "candidates",
    { operator: "TopK" },
    [top, number],
    ["rows", "places"],
    { ...attributes, largest: { i: 0 } },
  );
  return candidates;
}

/** 1 − cos, at least 0. */
function cosineDistances(
  graph: GraphBuilder,
  pairs: Parameters<typeof cosines>[2],
  candidates: string,
  squares: Float64Array,
): string {
  const all = graph.constant("squares", [squares.length], squares);
  const own = graph.node("candidate_squares", "Gather", [all, candidates], { axis: { i: 0 } });
  const cosine = cosines(graph, "cosines", pairs, own);
  const raw = graph.node("distances.raw", "Sub", [graph.double("distances.one", 1), cosine]);
  return graph.node("distances", "Max", [raw, graph.double("distances.least", 0)]);
}

/** Votes of the neighbours by class, and of all. */
interface Votes {
  /** `[n, classes]`. */
  votes: string;
  /** `[n, 1]`, or a number. */
  total: string;
}

/** Whether each neighbour is of each class, as 1 or 0 `[n, neighbours, classes]`. */
function memberships(graph: GraphBuilder, labels: string, classes: number): string {
  const axes = graph.integers("votes.axes", [2]);
  const own = graph.node("votes.labels", "Unsqueeze", [labels, axes]);
  const every = graph.integers("votes.classes", [...Array(classes).keys()]);
  const isMember = graph.node("votes.is_member", "Equal", [own, every]);
  return graph.cast("votes.memberships", isMember, "F64");
}

function uniformVotes(
  graph: GraphBuilder,
  labels: string,
  classes: number,
  neighbors: number,
): Votes {
  const votes = sumInOrder(graph, "votes", memberships(graph, labels, classes), {
    axis: 1,
    length: neighbors,
  });
  return { votes, total: graph.double("votes.total", neighbors) };
}

/** 1 over the distance; where neighbours lie at distance 0, those vote alone. */
function distanceVotes(
  graph: GraphBuilder,
  labels: string,
  distances: string,
  classes: number,
  neighbors: number,
): Votes {
  const zero = graph.double("vote.zero", 0);
  const isSame = graph.node("vote.is_same", "Equal", [distances, zero]);
  const first = graph.integers("vote.first", [0]);
  const hasSame = graph.node("vote.has_same", "Gather", [isSame, first], { axis: { i: 1 } });
  const same = graph.cast("vote.same", isSame, "F64");
  const inverse = graph.node("vote.inverse", "Reciprocal", [distances]);
  const vote = graph.node("vote", "Where", [hasSame, same, inverse]);
  const axes = graph.integers("vote.axes", [2]);
  const column = graph.node("vote.column", "Unsqueeze", [vote, axes]);
  const weighted = graph.node("votes.weighted", "Mul", [
    memberships(graph, labels, classes),
    column,
  ]);
  const sum = { axis: 1, length: neighbors };
  const votes = sumInOrder(graph, "votes", weighted, sum);
  return { votes, total: sumInOrder(graph, "votes.total", column, sum) };
}
