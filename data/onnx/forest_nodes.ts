import type { Forest } from "../../core/forest/forest.ts";
import type { OnnxAttribute } from "../formats/onnx.ts";
import type { GraphBuilder } from "./graph_builder.ts";

/**
 * Writes a random forest, from `embeddings` to `probabilities` and `predicted`.
 *
 * A forest's operator is of the domain `ai.onnx.ml`, and here in binary64, where shares add up without
 * error that binary32 would show. Features and thresholds are binary32 numbers in binary64, so each
 * comparison has the answer that it has in binary32.
 */
export function forestNodes(graph: GraphBuilder, forest: Forest): void {
  const { classes } = forest;
  const [, scores] = graph.fork(
    "forest",
    { operator: "TreeEnsembleClassifier", domain: "ai.onnx.ml" },
    [graph.cast("features", "embeddings", "F64")],
    ["label", "scores"],
    {
      ...splits(forest),
      ...leaves(forest),
      classlabels_int64s: { ints: Int32Array.from({ length: classes }, (_, c) => c) },
    },
  );
  // They are float32 already: a cast says so to readers to whom the operator does not.
  const probabilities = graph.cast("probabilities", scores, "F32");
  graph.node("predicted", "ArgMax", [probabilities], { axis: { i: 1 }, keepdims: { i: 0 } });
}

/** What each node asks, and where it leads: a value up to its threshold goes to the left. */
function splits({ features, links, roots, thresholds }: Forest): Record<string, OnnxAttribute> {
  const nodes = features.length;
  const trees = treeOfNodes(roots, nodes);
  const within = Int32Array.from(trees, (tree, node) => node - roots[tree]);
  const isLeaf = Array.from(features, (feature) => feature < 0);
  const child = (node: number, at: number) => isLeaf[node] ? 0 : at - roots[trees[node]];
  return {
    nodes_treeids: { ints: trees },
    nodes_nodeids: { ints: within },
    nodes_featureids: { ints: features.map((feature) => Math.max(0, feature)) },
    nodes_modes: { strings: isLeaf.map((leaf) => leaf ? "LEAF" : "BRANCH_LEQ") },
    nodes_values_as_tensor: { t: { shape: [nodes], data: Float64Array.from(thresholds) } },
    nodes_truenodeids: { ints: links.map((_, node) => child(node, node + 1)) },
    nodes_falsenodeids: { ints: links.map((link, node) => child(node, link)) },
  };
}

/**
 * What each leaf says of each class: its share over the number of trees, so that the sum over the trees
 * is their mean. Shares of 0 are left out, but for those of the first leaf: two classes of which only
 * one is ever named would be read as the one score of a binary classifier.
 */
function leaves(
  { classes, features, links, roots, shares }: Forest,
): Record<string, OnnxAttribute> {
  const trees = treeOfNodes(roots, features.length);
  const [treeOf, nodeOf, classOf, weights]: number[][] = [[], [], [], []];
  const first = features.findIndex((feature) => feature < 0);
  features.forEach((feature, node) => {
    if (feature >= 0) return;
    for (let c = 0; c < classes; c++) {
      const share = shares[links[node] * classes + c];
      if (share === 0 && node > first) continue;
      treeOf.push(trees[node]);
      nodeOf.push(node - roots[trees[node]]);
      classOf.push(c);
      weights.push(share / roots.length);
    }
  });
  return {
    class_treeids: { ints: treeOf },
    class_nodeids: { ints: nodeOf },
    class_ids: { ints: classOf },
    class_weights_as_tensor: { t: { shape: [weights.length], data: Float64Array.from(weights) } },
  };
}

/** Tree of each node: trees lie one after the other. */
function treeOfNodes(roots: Int32Array, nodes: number): Int32Array {
  const trees = new Int32Array(nodes);
  roots.forEach((root, tree) => trees.fill(tree, root, roots[tree + 1]));
  return trees;
}
