/**
 * The key of a node: same key, same result.
 *
 * @module
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { PlanInput, PlanNode } from "../plan.ts";
import { comparedAs, type Profile } from "../stage.ts";
import { canonicalDigest } from "../canonical.ts";
import type { ClosureFinder, CodeClosure } from "./closure.ts";
import type { FileIndex } from "./file_index.ts";
import { type KeyInput, type KeyMaterial, RECORD_FORMAT } from "./record.ts";

/** Module that every node's process starts from. */
export const NODE_MAIN = new URL("./node_main.ts", import.meta.url).href;

/** A node's key with what it was made from. */
export interface NodeKey {
  key: string;
  material: KeyMaterial;
  closure: CodeClosure;
  /** Absolute path of each declared asset, by its URL. */
  assets: Record<string, string>;
  /** Stamps of all sources and assets as the key holds them, by absolute path. */
  stamps: Readonly<Record<string, string>>;
}

/** Makes keys of one project's nodes. */
export class KeyMaker {
  readonly root: string;
  readonly index: FileIndex;
  readonly closures: ClosureFinder;

  constructor(root: string, index: FileIndex, closures: ClosureFinder) {
    this.root = root;
    this.index = index;
    this.closures = closures;
  }

  /** Reads the code of all steps at once. */
  prepare(nodes: readonly PlanNode[]): void {
    this.closures.prepare([NODE_MAIN, ...nodes.map((node) => node.step.module)]);
  }

  /**
   * The key of a node whose inputs are known.
   *
   * @param digestOf Digest of an earlier node's output.
   */
  of(node: PlanNode, profile: Profile, digestOf: (input: PlanInput) => string): NodeKey {
    const closure = this.closures.of([NODE_MAIN, node.step.module]);
    const assets: Record<string, string> = {};
    const assetDigests: Record<string, string> = {};
    const stamps: Record<string, string> = { ...closure.stamps };
    for (const url of (node.step.assets?.(node.params) ?? []) as URL[]) {
      const path = fileURLToPath(url);
      assets[url.href] = path;
      assetDigests[relative(this.root, path)] = this.#assetDigest(node, path);
      stamps[path] = this.index.stamp(path);
    }
    const material: KeyMaterial = {
      format: RECORD_FORMAT,
      step: node.step.name,
      code: closure.digest,
      assets: assetDigests,
      remote: Object.fromEntries(
        (node.step.remote?.(node.params) ?? []).map((
          file: { url: string; sha256: string },
        ) => [file.url, file.sha256]),
      ),
      params: node.params,
      inputs: Object.fromEntries(
        Object.entries(node.inputs).map(([port, list]) => [
          port,
          list.map((input) => keyInput(node, port, input, digestOf(input))),
        ]),
      ),
      profile: node.step.profiled ? comparedAs(profile) : "exact",
      deno: Deno.version.deno,
    };
    return { key: canonicalDigest(material), material, closure, assets, stamps };
  }

  #assetDigest(node: PlanNode, path: string): string {
    try {
      return this.index.digest(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      throw new Error(
        `${node.id} needs ${relative(this.root, path)}, which is not there: ` +
          `run \`make\` once, or \`deno install\`, to bring what the project needs`,
      );
    }
  }
}

function keyInput(node: PlanNode, port: string, input: PlanInput, digest: string): KeyInput {
  return node.step.inputs[port]?.many ? { digest, label: input.label } : { digest };
}
