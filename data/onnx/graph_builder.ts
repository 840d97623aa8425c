import type { OnnxAttribute, OnnxConstant, OnnxNode } from "../formats/onnx.ts";
import { ELEMENT } from "../formats/onnx_schema.ts";

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/** A computation while it is being written, node by node. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxConstant[] = [];

  /** Adds a node with one output, and returns the output's name: that of the node. */
  node(
    name: string,
    operator: string,
    inputs: readonly string[],
    attributes: Attributes = {},
  ): string {
    this.nodes.push({ name, operator, inputs, outputs: [name], attributes });
    return name;
  }

  /** Adds a node with several outputs, and returns their names: `<name>.<output>`. */
  fork<const Outputs extends readonly string[]>(
    name: string,
    operator: Pick<OnnxNode, "operator" | "domain">,
    inputs: readonly string[],
    own: Outputs,
    attributes: Attributes = {},
  ): { [I in keyof Outputs]: string } {
    const outputs = own.map((output) => `${name}.${output}`);
    this.nodes.push({ name, ...operator, inputs, outputs, attributes });
    return outputs as { [I in keyof Outputs]: string };
  }

  /** Adds a value's numbers in another type, and returns their name. */
  cast(name: string, value: string, type: keyof typeof ELEMENT): string {
    return this.node(name, "Cast", [value], { to: { i: ELEMENT[type] } });
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

  /** Adds a number in binary64. */
  double(name: string, value: number): string {
    return this.constant(name, [], new Float64Array([value]));
  }

  /** Adds integers: of a list its shape is `[length]`, of one `[]`. */
  integers(name: string, values: number | readonly number[]): string {
    const shape = typeof values === "number" ? [] : [values.length];
    return this.constant(name, shape, BigInt64Array.from([values].flat(), BigInt));
  }
}
