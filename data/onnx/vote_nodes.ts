import type { KnnOptions } from "../../core/neighbors/knn.ts";
import { sumInOrder } from "./distance_nodes.ts";
import type { GraphBuilder } from "./graph_builder.ts";

/** Neighbours that vote, nearest first. */
export interface VoteOptions extends Pick<KnnOptions, "neighbors" | "weights"> {
  /** Name of their classes `[n, k]`, int64. */
  labels: string;
  /** Name of their distances `[n, k]`, binary64. */
  distances: string;
  /** Number of classes. */
  classes: number;
}

/** Votes of neighbours. */
export interface Votes {
  /** Name of the votes for each class `[n, classes]`. */
  votes: string;
  /** Name of all votes, `[n, 1]` or one number. */
  total: string;
}

/** Adds the votes of neighbours, as `core/neighbors/knn.ts` counts them. */
export function neighborVotes(
  graph: GraphBuilder,
  { labels, distances, classes, neighbors, weights }: VoteOptions,
): Votes {
  const sum = { axis: 1, length: neighbors };
  const axes = graph.integers("votes.axes", [2]);
  const own = graph.node("votes.labels", "Unsqueeze", [labels, axes]);
  const every = graph.integers("votes.classes", [...Array(classes).keys()]);
  const isOwn = graph.node("votes.is_own", "Equal", [own, every]);
  const ones = graph.cast("votes.ones", isOwn, "F64");
  if (weights === "uniform") {
    const votes = sumInOrder(graph, "votes", ones, sum);
    return { votes, total: graph.double("votes.total", neighbors) };
  }
  const weight = graph.node("votes.weight", "Unsqueeze", [inverse(graph, distances), axes]);
  const weighted = graph.node("votes.weighted", "Mul", [ones, weight]);
  const votes = sumInOrder(graph, "votes", weighted, sum);
  return { votes, total: sumInOrder(graph, "votes.total", weight, sum) };
}

/** 1 over each distance; where neighbours lie at distance 0, 1 for these and 0 for the others. */
function inverse(graph: GraphBuilder, distances: string): string {
  const zero = graph.double("vote.zero", 0);
  const isSame = graph.node("vote.is_same", "Equal", [distances, zero]);
  const first = graph.integers("vote.first", [0]);
  const hasSame = graph.node("vote.has_same", "Gather", [isSame, first], { axis: { i: 1 } });
  const same = graph.cast("vote.same", isSame, "F64");
  const inverses = graph.node("vote.inverses", "Reciprocal", [distances]);
  return graph.node("vote", "Where", [hasSame, same, inverses]);
}
