import type { NeighborMetric } from "../../core/neighbors/nearest.ts";
import type { GraphBuilder } from "./graph_builder.ts";
import { topK } from "./top_k.ts";

/**
 * Rows that are looked at beside the k nearest ones, at most. So many have to be as near as the k-th one,
 * as far as binary64 tells, and not be the same row, before one is left out wrongly.
 */
const SPARE = 64;

/** Rows among which a query has its neighbours. */
export interface CandidateOptions {
  /** Name of the queries `[n, d]`, binary64. */
  query: string;
  /** Name of the rows `[m, d]`, binary32. */
  rows: string;
  /** Σ y² of the rows `[m]`. */
  squares: Float64Array<ArrayBuffer>;
  /** Number of features d. */
  dimension: number;
  /** Number of neighbours k. */
  neighbors: number;
  metric: NeighborMetric;
}

/**
 * Adds the numbers of the rows that may be among the k nearest, ascending `[n, K]`, int64, with K as small
 * as the queries allow.
 *
 * As in `core/neighbors`, a product is a sieve: it tells how near each row is, up to a bound of its rounding
 * and that of distances (Higham 2002, §3.1); what is not within twice the bound of the k-th row is farther
 * than k others.
 */
export function candidateRows(graph: GraphBuilder, options: CandidateOptions): string {
  const { neighbors, squares } = options;
  const nearness = options.metric === "cosine"
    ? cosineNearness(graph, options)
    : euclideanNearness(graph, options);
  const k = graph.integers("sieve.neighbors", [neighbors]);
  const [best] = topK(graph, "sieve.best", nearness, k, "largest");
  const last = graph.integers("sieve.last", [neighbors - 1]);
  const kth = graph.node("sieve.kth", "Gather", [best, last], { axis: { i: 1 } });
  const least = graph.node("sieve.least", "Sub", [kth, margin(graph, options)]);
  const isNear = graph.node("sieve.is_near", "GreaterOrEqual", [nearness, least]);
  const counts = graph.node(
    "sieve.counts",
    "ReduceSum",
    [graph.cast("sieve.near", isNear, "I64"), graph.integers("sieve.axes", [1])],
    { keepdims: { i: 0 } },
  );
  const wanted = graph.node("sieve.wanted", "ReduceMax", [counts], { axes: { ints: [0] } });
  const most = graph.integers("sieve.most", [Math.min(squares.length, neighbors + SPARE)]);
  const count = graph.node("sieve.count", "Min", [wanted, most]);
  const [, rows] = topK(graph, "nearest_by_product", nearness, count, "largest");
  const [candidates] = topK(graph, "candidates", rows, count, "smallest");
  return candidates;
}

/** x·y − ½‖y‖²: greater is nearer. */
function euclideanNearness(graph: GraphBuilder, { query, rows, squares }: CandidateOptions) {
  const halves = squares.map((square) => -square / 2);
  const weight = graph.cast("rows.double", rows, "F64");
  const offsets = graph.constant("rows.offsets", [halves.length], halves);
  return graph.node("nearness", "Gemm", [query, weight, offsets], { transB: { i: 1 } });
}

/** x·y ÷ ‖y‖: greater is nearer; 0 of a row that is zero. */
function cosineNearness(graph: GraphBuilder, { query, rows, squares }: CandidateOptions) {
  const norms = squares.map((square) => square === 0 ? 1 : Math.sqrt(square));
  const weight = graph.cast("rows.double", rows, "F64");
  const products = graph.node("products", "Gemm", [query, weight], { transB: { i: 1 } });
  const divisors = graph.constant("rows.norms", [norms.length], norms);
  return graph.node("nearness", "Div", [products, divisors]);
}

/** Twice the bound, with room: of cosines by the norm of the query, else by the square of both norms. */
function margin(graph: GraphBuilder, { query, squares, dimension, metric }: CandidateOptions) {
  const own = graph.node("query.squares", "Mul", [query, query]);
  const axes = graph.integers("query.axes", [1]);
  const square = graph.node("query.square", "ReduceSum", [own, axes]);
  const norm = graph.node("query.norm", "Sqrt", [square]);
  const unit = graph.double("sieve.unit", (dimension + 4) * 2 ** -50);
  if (metric === "cosine") return graph.node("sieve.margin", "Mul", [norm, unit]);
  const greatest = Math.sqrt(squares.reduce((a, b) => Math.max(a, b)));
  const both = graph.node("sieve.norms", "Add", [norm, graph.double("rows.norm", greatest)]);
  const size = graph.node("sieve.size", "Mul", [both, both]);
  return graph.node("sieve.margin", "Mul", [size, unit]);
}
