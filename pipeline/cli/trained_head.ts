/**
 * A study's trained head, read out of the store.
 *
 * @module
 */
import type { HeadSizes } from "../../core/nn/sizes.ts";
import type { HeadSummary } from "../../data/artifacts/summary.ts";
import { readEmbeddingFile } from "../../data/embedding_file.ts";
import type { Engine } from "../engine/engine.ts";
import { openInputFile } from "../engine/input_file.ts";
import type { OutputRecord } from "../engine/record.ts";
import type { StatusResult } from "../engine/status.ts";
import type { Plan, PlanInput, PlanNode } from "../plan.ts";
import type { EvaluatedModel } from "./evaluated_models.ts";
import { UsageError } from "./usage_error.ts";

/** What a study has computed, by the inputs of its nodes. */
export class StudyResults {
  readonly plan: Plan;
  readonly #engine: Engine;
  readonly #statuses: StatusResult;

  constructor(engine: Engine, plan: Plan) {
    this.plan = plan;
    this.#engine = engine;
    this.#statuses = engine.status(plan);
  }

  /**
   * What one of a node's inputs is read from.
   *
   * @throws {UsageError} if that is not computed yet, or no longer up to date.
   */
  input(node: PlanNode, port: string): OutputRecord & { from: PlanInput } {
    const [from] = node.inputs[port];
    return { ...this.output(from.node, from.port), from };
  }

  /** One output of a node; as {@linkcode StudyResults.input}. */
  output(id: string, port: string): OutputRecord {
    const status = this.#statuses.get(id);
    if (status?.status === "cached") return status.record.outputs[port];
    const { study } = this.plan;
    throw new UsageError(
      `${id} of ${study} has no result yet, or one that is out of date: ` +
        `\`constat run ${study}\` makes it, \`constat why ${study}\` tells what changed`,
    );
  }

  bytes({ digest }: OutputRecord): Uint8Array<ArrayBuffer> {
    return this.#engine.store.readArtifact(digest);
  }

  json<T>(output: OutputRecord): T {
    return JSON.parse(new TextDecoder().decode(this.bytes(output))) as T;
  }

  path({ digest }: OutputRecord): string {
    return this.#engine.store.artifactPath(digest);
  }
}

/** A head, trained by epochs or fitted in one go, with all that it takes to run it. */
export interface TrainedHead {
  /** As stored: safetensors. */
  weights: { bytes: Uint8Array<ArrayBuffer>; digest: string };
  summary: HeadSummary;
  classes: { names: string[]; titles: string[] };
  sizes: HeadSizes;
  /** The node that made the embeddings which the head reads. */
  embedding: PlanNode;
}

/**
 * Reads the head of a model.
 *
 * @throws {UsageError} if the model is not trained yet, or not by this study.
 */
export async function readTrainedHead(
  results: StudyResults,
  { model, node }: EvaluatedModel,
): Promise<TrainedHead> {
  if (node.inputs.weights === undefined) {
    throw new UsageError(
      `${model} of ${results.plan.study} has no trained head: its predictions come from a file`,
    );
  }
  const weights = results.input(node, "weights");
  const summary = results.json<HeadSummary>(results.input(node, "summary"));
  const classes = results.json<TrainedHead["classes"]>(results.input(node, "classes"));
  const embeddings = results.input(node, "embeddings");
  using file = openInputFile(results.path(embeddings), embeddings.digest);
  const { dimension, shape } = await readEmbeddingFile(file);
  return {
    weights: { bytes: results.bytes(weights), digest: weights.digest },
    summary,
    classes,
    sizes: { inputs: dimension, classes: classes.names.length, image: shape },
    embedding: results.plan.nodes.find(({ id }) => id === embeddings.from.node)!,
  };
}
