/**
 * Operands resolved and checked, the same way for every core: ranks, shapes, types, freed handles,
 * outputs that overlap inputs.
 *
 * @module
 */
import { formatShape, type Handle, resolve, type Storage } from "./handle.ts";
import type * as ops from "./ops.ts";
import { SLOTS, type UpdateRule } from "./optim/rules.ts";
import { apart, sameOrApart, Shapes } from "./shapes.ts";

/** Operands of {@linkcode ops.GatherRows}, which tells its shapes and its formula. */
export function gatherRows<S extends Storage>(core: object, o: ops.GatherRows) {
  const op = "gatherRows";
  const source = resolve<S>(core, op, "source", o.source);
  const indices = resolve<S>(core, op, "indices", o.indices, "i32");
  const output = resolve<S>(core, op, "output", o.output, o.source.type);
  const shapes = new Shapes(op);
  shapes.match("indices", indices, ["m"]);
  shapes.match("output", output, ["m", ...source.shape.slice(1)]);
  if (indices.below > source.shape[0] && indices.size > 0) {
    throw new RangeError(
      `Cannot compute ${op} as indices must be below the ${
        source.shape[0]
      } rows of source: current bound is ${indices.below}`,
    );
  }
  if (source.type === "i32" && source.below > output.below) {
    throw new RangeError(
      `Cannot compute ${op} as output must allow the values of source, below ${source.below}: current bound is ${output.below}`,
    );
  }
  apart(op, ["output", output], [["source", source], ["indices", indices]]);
  return { source, indices, output };
}

/** Operands of {@linkcode ops.Dense}, which tells its shapes and its formula. */
export function dense<S extends Storage>(core: object, o: ops.Dense) {
  const op = "dense";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const weight = resolve<S>(core, op, "weight", o.weight, "f32");
  const bias = o.bias && resolve<S>(core, op, "bias", o.bias, "f32");
  const output = resolve<S>(core, op, "output", o.output, "f32");
  const shapes = new Shapes(op);
  shapes.match("input", input, ["n", "d"]);
  shapes.match("weight", weight, ["k", "d"]);
  if (bias) shapes.match("bias", bias, ["k"]);
  shapes.match("output", output, ["n", "k"]);
  apart(op, ["output", output], [["input", input], ["weight", weight], ["bias", bias]]);
  return { input, weight, bias, output };
}

/** Operands of {@linkcode ops.DenseGradient}, which tells its shapes and its formula. */
export function denseGradient<S extends Storage>(core: object, o: ops.DenseGradient) {
  const op = "denseGradient";
  const optional = (
    name: "input" | "weight" | "weightGradient" | "biasGradient" | "inputGradient",
  ) => o[name] && resolve<S>(core, op, name, o[name], "f32");
  const outputGradient = resolve<S>(core, op, "outputGradient", o.outputGradient, "f32");
  const input = optional("input");
  const weight = optional("weight");
  const weightGradient = optional("weightGradient");
  const biasGradient = optional("biasGradient");
  const inputGradient = optional("inputGradient");
  if (weightGradient && !input) throw new TypeError(`Cannot compute ${op} as input is missing`);
  if (inputGradient && !weight) throw new TypeError(`Cannot compute ${op} as weight is missing`);
  const shapes = new Shapes(op);
  shapes.match("outputGradient", outputGradient, ["n", "k"]);
  if (input) shapes.match("input", input, ["n", "d"]);
  if (weight) shapes.match("weight", weight, ["k", "d"]);
  if (weightGradient) shapes.match("weightGradient", weightGradient, ["k", "d"]);
  if (biasGradient) shapes.match("biasGradient", biasGradient, ["k"]);
  if (inputGradient) shapes.match("inputGradient", inputGradient, ["n", "d"]);
  const inputs: [string, Handle?][] = [
    ["outputGradient", outputGradient],
    ["input", input],
    ["weight", weight],
  ];
  if (weightGradient) apart(op, ["weightGradient", weightGradient], inputs);
  if (biasGradient) apart(op, ["biasGradient", biasGradient], inputs);
  if (inputGradient) apart(op, ["inputGradient", inputGradient], inputs);
  return { outputGradient, input, weight, weightGradient, biasGradient, inputGradient };
}

/** Operands of {@linkcode ops.Softmax}, which tells its shapes and its formula. */
export function softmax<S extends Storage>(core: object, o: ops.Softmax) {
  const op = "softmax";
  const logits = resolve<S>(core, op, "logits", o.logits, "f32");
  const probabilities = resolve<S>(core, op, "probabilities", o.probabilities, "f32");
  const shapes = new Shapes(op);
  shapes.match("logits", logits, ["n", "k"]);
  shapes.match("probabilities", probabilities, ["n", "k"]);
  sameOrApart(op, ["probabilities", probabilities], ["logits", logits]);
  return { logits, probabilities };
}

/** Operands of {@linkcode ops.SoftmaxCrossEntropy}, which tells its shapes and its formula. */
export function softmaxCrossEntropy<S extends Storage>(
  core: object,
  o: ops.SoftmaxCrossEntropy,
  op = "softmaxCrossEntropy",
) {
  const logits = resolve<S>(core, op, "logits", o.logits, "f32");
  const labels = resolve<S>(core, op, "labels", o.labels, "i32");
  const losses = o.losses && resolve<S>(core, op, "losses", o.losses, "f32");
  const gradient = o.gradient && resolve<S>(core, op, "gradient", o.gradient, "f32");
  const shapes = new Shapes(op);
  shapes.match("logits", logits, ["n", "k"]);
  shapes.match("labels", labels, ["n"]);
  if (losses) shapes.match("losses", losses, ["n"]);
  if (gradient) shapes.match("gradient", gradient, ["n", "k"]);
  if (labels.below > logits.shape[1] && labels.size > 0) {
    throw new RangeError(
      `Cannot compute ${op} as labels must be below the ${
        logits.shape[1]
      } columns of logits: current bound is ${labels.below}`,
    );
  }
  if (losses) apart(op, ["losses", losses], [["logits", logits], ["gradient", gradient]]);
  if (gradient) sameOrApart(op, ["gradient", gradient], ["logits", logits]);
  return { logits, labels, losses, gradient };
}

/** Operands of {@linkcode ops.ArgMax}, which tells its shapes and its formula. */
export function argmax<S extends Storage>(core: object, o: ops.ArgMax) {
  const op = "argmax";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const output = resolve<S>(core, op, "output", o.output, "i32");
  const shapes = new Shapes(op);
  shapes.match("input", input, ["n", "k"]);
  shapes.match("output", output, ["n"]);
  const columns = input.shape[1];
  if (columns < 1) {
    throw new RangeError(
      `Cannot compute ${op} as input must have a column: current shape is ${
        formatShape(input.shape)
      }`,
    );
  }
  if (columns > output.below) {
    throw new RangeError(
      `Cannot compute ${op} as output must allow ${columns} columns: current bound is ${output.below}`,
    );
  }
  return { input, output };
}

/** Operands of {@linkcode ops.ColumnSums}, which tells its shapes and its formula. */
export function columnSums<S extends Storage>(core: object, o: ops.ColumnSums) {
  const op = "columnSums";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const output = resolve<S>(core, op, "output", o.output, "f32");
  const shapes = new Shapes(op);
  shapes.match("input", input, ["n", "k"]);
  shapes.match("output", output, ["k"]);
  apart(op, ["output", output], [["input", input]]);
  return { input, output };
}

/** Checks that a rule's scalars are finite. */
export function checkRule(rule: UpdateRule): void {
  for (const [name, value] of Object.entries(rule) as [keyof UpdateRule, unknown][]) {
    if (name !== "kind" && !Number.isFinite(value)) {
      throw new RangeError(
        `Cannot compute update as ${name} of rule ${rule.kind} must be finite: current value is ${value}`,
      );
    }
  }
}

/** Operands of {@linkcode ops.Update}, which tells its shapes and its formula. */
export function update<S extends Storage>(core: object, o: ops.Update) {
  const op = "update";
  const parameters = resolve<S>(core, op, "parameters", o.parameters, "f32");
  const gradient = resolve<S>(core, op, "gradient", o.gradient, "f32");
  const slots = o.slots.map((slot, i) => resolve<S>(core, op, `slots[${i}]`, slot, "f32"));
  const wanted = SLOTS[o.rule.kind];
  if (slots.length !== wanted) {
    throw new RangeError(
      `Cannot compute ${op} as rule ${o.rule.kind} has ${wanted} slots: current number is ${slots.length}`,
    );
  }
  checkRule(o.rule);
  const shapes = new Shapes(op);
  shapes.match("gradient", gradient, parameters.shape);
  slots.forEach((slot, i) => shapes.match(`slots[${i}]`, slot, parameters.shape));
  const arrays: [string, Handle][] = [
    ["parameters", parameters],
    ["gradient", gradient],
    ...slots.map((slot, i): [string, Handle] => [`slots[${i}]`, slot]),
  ];
  arrays.forEach((array, i) => apart(op, array, arrays.slice(i + 1)));
  return { parameters, gradient, slots, rule: o.rule };
}
