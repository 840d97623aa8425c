import { cite } from "../../references.ts";
import { math as m, rich, type Text } from "../../rich.ts";

export const trainings = {
  heading: "Inside the trainings",
  firstEpoch: "First epoch",
  lastEpoch: "Last epoch",
  gradient: {
    reading: rich`A layer learns as fast as its gradient ${
      m("\\lVert \\partial L / \\partial \\theta_\\ell \\rVert_2")
    } lets it. Where this norm is orders of magnitude smaller in the first layers than in the last ones, gradients vanish and the first layers hardly learn ${
      cite("gradients", "en")
    }; where it grows from epoch to epoch, they explode ${cite("clipping", "en")}.`,
    axis: "Gradient norm",
    part: "Layer",
    figure:
      rich`Norm of each layer's gradient, before any clipping, at the last step of each epoch, on a logarithmic axis: mean over replicates, with the range from the lowest to the highest as a band. Layers are counted from 0, with those that have no parameters. A norm of zero has no place on this axis; the CSV file has it.`,
    figureAlt: (models: string) =>
      `Curves of the gradient's norm by epoch, one line for each layer, of ${models}`,
    table: rich`Norm of each layer's gradient at the last step of an epoch, means over replicates.`,
  },
  dead: {
    reading:
      rich`A unit of a ReLU that is zero for every training image has no gradient: it learns no more, and seldom comes back to life ${
        cite("deadUnits", "en")
      }.`,
    axis: "Dead units",
    part: "Activation",
    figure:
      rich`Share of each activation's units that no training image brings to life, at the end of each epoch: mean over replicates, with the range as a band.`,
    figureAlt: (models: string) =>
      `Curves of the share of dead units by epoch, one line for each activation, of ${models}`,
    table: rich`Share of dead units at the end of an epoch, means over replicates.`,
  },
  noneDead: (models: Text) => rich`No unit is dead after any epoch of ${models}.`,
  objective:
    "What a training minimises is its loss with the penalties on the weights. Of two models, the one with the lower objective need not be the one that generalises better; how far the weights have grown tells what the penalties hold back.",
  objectiveAxis: "Objective",
  objectiveFigure:
    rich`Loss on the training images at the end of each epoch with the penalties: mean over replicates, with the range as a band.`,
  objectiveFigureAlt: "Curves of the penalised objective by epoch, one line for each model",
  normAxis: "Norm of the weights",
  normFigure: rich`Norm ${
    m("\\lVert \\theta \\rVert_2")
  } of all trained parameters at the end of each epoch, drawn alike.`,
  normFigureAlt: "Curves of the norm of the weights by epoch, one line for each model",
};
