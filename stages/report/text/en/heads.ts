import type { Activation } from "../../../../core/nn/activations.ts";
import type { HeadName } from "../../../../core/nn/registry.ts";
import type { Initialization } from "../../../../core/nn/initialization.ts";
import { cite } from "../../references.ts";
import { math as m, type Rich, rich, type Text } from "../../rich.ts";

/** Heads that are trained by mini-batches, besides softmax regression. */
export const heads = {
  names: {
    mlp: "Multilayer perceptron",
    cnn: "Convolutional network",
    transfer: "Transfer head",
  } satisfies Record<Exclude<HeadName, "softmax">, string>,
  concept: {
    mlp: rich`A **multilayer perceptron** ${
      cite("backpropagation", "en")
    } puts hidden layers of units between the vector of an image and the scores of the classes. Each layer multiplies by a matrix, adds a bias and applies an activation ${
      m("\\varphi")
    } to every unit; softmax makes probabilities of the last scores. All are learned together, by the cross-entropy with the labels:`,
    cnn: rich`A **convolutional network** ${
      cite("lenet", "en")
    } learns a representation of its own from the pixels. Each block convolves the channels ${
      m("h_d")
    } of the image with small kernels ${m("K_{c,d}")}, applies an activation ${
      m("\\varphi")
    } and keeps one number of each square of two by two. Dense layers follow, as in a multilayer perceptron, with softmax behind the last one; all are learned together, by the cross-entropy with the labels:`,
    transfer:
      rich`The **transfer head** is what tutorials put on a frozen network: the vector, a dense layer of 128 units with ReLU, dropout of a half, and softmax regression on what comes out. It is learned by the cross-entropy with the labels.`,
  } satisfies Record<Exclude<HeadName, "softmax">, Rich>,
  activation: {
    sigmoid: "Sigmoid",
    tanh: "Tanh",
    relu: "ReLU",
    leakyRelu: "Leaky ReLU",
    elu: "ELU",
    gelu: "GELU",
  } satisfies Record<Activation["kind"], string>,
  activated: (o: { name: string; formula: Text; models: Text }) =>
    rich`Activation **${o.name}**, ${o.formula}: ${o.models}.`,
  batchNorm: (models: Text) =>
    rich`**Batch normalisation** ${
      cite("batchNorm", "en")
    } stands between each hidden layer and its activation: it brings every unit to mean zero and variance one over the batch, then scales and shifts it by two learned numbers; running means of both take the batch's place outside training: ${models}.`,
  dropout: (o: { rate: Text; models: Text }) =>
    rich`**Dropout** ${
      cite("dropout", "en")
    }: a step leaves out each output of a hidden dense layer with probability ${o.rate}, and scales up the others so that their mean stays: ${o.models}.`,
  initialization: {
    uniform: rich`uniform in ${m("\\pm 1/\\sqrt{n}")}, with ${
      m("n")
    } the inputs of a unit, as in PyTorch`,
    xavierUniform: rich`uniform in ${m("\\pm\\sqrt{6/(n + n')}")}, with ${m("n")} inputs and ${
      m("n'")
    } outputs ${cite("xavier", "en")}`,
    xavierNormal: rich`normal with variance ${m("2/(n + n')")}, with ${m("n")} inputs and ${
      m("n'")
    } outputs ${cite("xavier", "en")}`,
    heUniform: rich`uniform in ${m("\\pm\\sqrt{6/n}")}, with ${m("n")} the inputs of a unit ${
      cite("he", "en")
    }`,
    heNormal: rich`normal with variance ${m("2/n")}, with ${m("n")} the inputs of a unit ${
      cite("he", "en")
    }`,
    zeros: "all zero, so that the units of a hidden layer never differ",
  } satisfies Record<Initialization, Text>,
  initialized: (o: { how: Text; models: Text }) =>
    rich`**First weights** are ${o.how}: ${o.models}.`,
  all: "all models that are trained",
  table: "Heads that are trained: layers, settings, and how many numbers are learned.",
  layers: "Layers and settings",
  parameters: "Parameters",
  yes: "yes",
  no: "no",
};
