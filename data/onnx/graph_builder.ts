import type { OnnxAttribute, OnnxConstant, OnnxNode } from "../formats/onnx.ts";

/** A computation while it is being written, node by node. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxConstant[] = [];

  /** Adds a node with one output, and returns the output's name: that of the node. */
  node(
    name: string,
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    this.nodes.push({ name, operator, inputs, outputs: [name], attributes });
    return name;
  }

  /** Adds an array that nodes read; returns its name. */
  constant(name: string, shape: readonly number[], data: OnnxConstant["data"]): string {
    this.constants.push({ name, shape, data });
    return name;
  }

  /** Adds a number, rounded to binary32. */
  number(name: string, value: number): string {
    return this.constant(name, [], new Float32Array([value]));
  }
}
