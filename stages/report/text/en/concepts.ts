import type { MethodName } from "../../../../core/optim/methods.ts";
import type { ScheduleName } from "../../../../core/optim/schedules/registry.ts";
import type { Monitor } from "../../../../data/artifacts/summary.ts";
import { cite } from "../../references.ts";
import { math as m, type Rich, rich, type Text } from "../../rich.ts";

export const concepts = {
  representation: "Representation",
  representationSize: (o: { method: Text; dimension: Text }) =>
    rich`Each image is represented by a vector of ${o.dimension} numbers (${o.method}), computed once and frozen; only the head that follows is trained.`,
  pixels: "The vector is the image's own pixels, scaled to values between zero and one.",
  hog: rich`Histograms of oriented gradients ${
    cite("hog", "en")
  } describe shapes by their edges. At each pixel, with ${m("G_x")} and ${
    m("G_y")
  } the differences of intensity along both axes, the gradient has magnitude and orientation`,
  hogCells:
    "The image is divided into cells; each cell has a histogram of its orientations, weighted by magnitude. Neighbouring cells are gathered into blocks, and the vector of each block is divided by its norm, which takes out differences of contrast; it is then bounded by 0.2 and divided again (the L2-Hys norm):",
  otherMethod: "Its parameters are given with the provenance.",
  head: "Softmax regression",
  headText: rich`With ${
    m("x")
  } the vector of an image, softmax regression (multinomial logistic regression) gives each class ${
    m("k")
  } the probability`,
  loss: rich`where ${m("W")} and ${
    m("b")
  } are learned: they minimise the cross-entropy between these probabilities and the labels, over mini-batches of ${
    m("B")
  } images,`,
  gradient: rich`whose gradient with respect to the scores ${m("z_i")} is ${
    m("\\frac{1}{B}(p_i - e_{y_i})")
  }, where ${m("e_{y_i}")} is the one-hot vector of the label.`,
  optimizers: "Optimisers",
  notation: rich`In what follows ${m("g_t")} is the gradient that enters the update at step ${
    m("t")
  }, ${m("\\theta")} the parameters, ${m("\\eta")} the learning rate and ${
    m("\\lambda")
  } the weight decay. Decay is *coupled* when it enters the gradient (${
    m("g_t \\leftarrow g_t + \\lambda\\,\\theta_{t-1}")
  }, an L2 penalty) and *decoupled* when it shrinks the parameters directly.`,
  constants: (values: string) => rich`In this study, ${values}.`,
  optimizer: {
    gd: rich`**Gradient descent** ${
      cite("gradientDescent", "en")
    } takes the gradient of all training samples for each step, of which an epoch has one:`,
    sgdw: rich`**SGDW** ${
      cite("adamw", "en")
    } is SGD with momentum and decoupled decay, which does not enter the velocity:`,
    momentum: rich`**Momentum as a moving average** ${
      cite("momentum", "en")
    } follows the exponential moving average of the gradients, which remembers about ${
      m("1/(1-\\beta)")
    } steps:`,
    nesterov: rich`**Nesterov's momentum** ${
      cite("nesterov", "en")
    } adds the velocity that the step is about to have to the gradient, and so brakes earlier:`,
    rmsprop: rich`**RMSprop** ${
      cite("rmsprop", "en")
    } divides each gradient by the root of the running mean of its squares, so that all parameters move at a like pace:`,
    lbfgs: rich`**L-BFGS** ${cite("lbfgs", "en")} minimises the loss of all training images: ${
      m("H_t")
    } approximates the inverse of its curvature from the last steps, and a line search finds ${
      m("\\alpha_t")
    }. An epoch is one iteration; every evaluation of the loss counts as a step:`,
    nadam: rich`**Nadam** ${
      cite("nadam", "en")
    } is Adam with Nesterov's momentum, which grows from step to step:`,
    sgd: rich`**SGD with momentum** ${
      cite("momentum", "en")
    } follows a running sum of past gradients, which forget at rate ${
      m("\\mu")
    } and so damp oscillations:`,
    adam: rich`**Adam** ${
      cite("adam", "en")
    } divides the running mean of gradients by the root of their running mean square, both in its usual form corrected for starting at zero; its decay is coupled, so that it too is divided:`,
    adamw: rich`**AdamW** ${
      cite("adamw", "en")
    } is Adam with decoupled decay: parameters shrink at the same relative rate whatever their gradients:`,
    lion: rich`**Lion** ${
      cite("lion", "en")
    } keeps one running mean and uses only the sign of the update, so that every parameter moves by the learning rate; it holds half of Adam's state and asks for smaller learning rates:`,
  } satisfies Record<MethodName, Rich>,
  schedules: "Schedule of the learning rate",
  schedulesNotation: rich`In what follows, ${m("t")} counts the steps from zero, ${
    m("n")
  } is the number of steps of an epoch, ${m("T")} that of the longest training, ${
    m("\\eta_t")
  } the learning rate of a step and ${m("\\eta")} the one that the study gives.`,
  schedule: {
    constant: rich`A **constant** learning rate is the same at every step:`,
    step: rich`**In steps** ${cite("steps", "en")}: every ${
      m("k")
    } epochs, the learning rate is multiplied by ${m("\\gamma")}:`,
    exponential: rich`**Exponential** ${
      cite("exponential", "en")
    }: after each epoch, the learning rate is multiplied by ${m("\\gamma")}:`,
    cosine: rich`**Cosine** ${
      cite("cosine", "en")
    }: the learning rate falls along half a cosine, slowly at both ends:`,
    oneCycle: rich`**One cycle** ${
      cite("oneCycle", "en")
    }: the learning rate rises along half a cosine (written ${
      m("\\cos_{\\alpha \\to 1}")
    } from one share to another) to the one that is given, and falls to almost nothing:`,
    plateau: rich`**On plateaus** ${cite("plateau", "en")}: the learning rate is multiplied by ${
      m("\\gamma")
    } each time that the watched value has stood still for more than ${m("p")} epochs; ${
      m("r_t")
    } counts these times:`,
  } satisfies Record<ScheduleName, Rich>,
  scheduledModels: (models: Text) => rich`Models trained so: ${models}.`,
  warmUp: (o: { models: Text; epochs: Text }) =>
    rich`With a linear warm-up over the first ${o.epochs} ${
      o.epochs === "1" ? "epoch" : "epochs"
    } ${
      cite("warmUp", "en")
    }, in which the rate is multiplied by a share that rises from step to step: ${o.models}.`,
  regularization: {
    heading: "Regularisation",
    proximal: (value: string, models: Text) =>
      rich`**L1 penalty** ${cite("lasso", "en")} with ${
        m("\\lambda_1")
      } = ${value}: each step ends by moving every parameter towards zero by ${
        m("\\eta\\lambda_1")
      }, where it stays, so that the weights become sparse: ${models}.`,
    subgradient: (value: string, models: Text) =>
      rich`**L1 penalty** ${cite("lasso", "en")} with ${m("\\lambda_1")} = ${value}: ${
        m("\\lambda_1 \\operatorname{sign}(\\theta)")
      } is added to the gradient: ${models}.`,
    freeBiases: (_: string, models: Text) =>
      rich`Penalties bind weights alone, not biases: ${models}.`,
    byClass: (values: string, models: Text) =>
      rich`**Weight decay by class** ${
        cite("balestriero", "en")
      }: the last layer's row of some classes has a decay of its own (${values}): ${models}.`,
    byClassTuned: (_: string, models: Text) =>
      rich`**Weight decay by class** ${
        cite("balestriero", "en")
      }: each class's row of the last layer has the decay that the validation images of the class chose: ${models}.`,
    clipNorm: (value: string, models: Text) =>
      rich`**Clipping** ${
        cite("clipping", "en")
      }: where the gradient of all parameters has a norm above ${value}, it is scaled down to it: ${models}.`,
    clipValue: (value: string, models: Text) =>
      rich`**Clipping**: each element of the gradient is kept within ±${value}: ${models}.`,
    smoothing: (value: string, models: Text) =>
      rich`**Label smoothing** ${cite("smoothing", "en")} with ${
        m("\\varepsilon")
      } = ${value}: so much of each target is shared by all classes; training losses are those of such targets: ${models}.`,
    balanced: (_: string, models: Text) =>
      rich`**Balanced classes**: an image of class ${m("k")} weighs ${
        m("n / (K n_k)")
      } in the training loss, so that all classes weigh the same: ${models}.`,
    weighed: (values: string, models: Text) =>
      rich`**Class weights** in the training loss, the mean over images of weight times loss; 1 for classes that are not named (${values}): ${models}.`,
    mixUp: (value: string, models: Text) =>
      rich`**MixUp** ${cite("mixUp", "en")} with ${
        m("\\alpha")
      } = ${value}: each embedding and its label are mixed with another of its batch, by a share drawn for the batch from ${
        m("\\mathrm{Beta}(\\alpha, \\alpha)")
      }; training losses and accuracies are those of the mixtures: ${models}.`,
  },
  keptLast: (models: Text) =>
    rich`The weights of the last epoch are those evaluated, whatever its validation loss, of: ${models}.`,
  stopping: "Early stopping and over-fitting",
  bestEpoch: {
    validationLoss:
      rich`The loss on validation images is computed after each epoch. The **best epoch** is the one where it is lowest, and its weights are those evaluated ${
        cite("stopping", "en")
      }.`,
    validationAccuracy:
      rich`Loss and accuracy on validation images are computed after each epoch. The **best epoch** is the one where the accuracy is highest, the first one among equals, and its weights are those evaluated ${
        cite("stopping", "en")
      }.`,
    mixed:
      rich`Loss and accuracy on validation images are computed after each epoch. The **best epoch** is the one where that of the two which a model watches is best, and its weights are those evaluated ${
        cite("stopping", "en")
      }.`,
  } satisfies Record<Monitor | "mixed", Rich>,
  minDelta: (value: Text) => rich`A change counts as an improvement if it is more than ${value}.`,
  overfitting:
    rich`A model **over-fits after** the epoch of its lowest validation loss if, from there to the last epoch, the validation loss has risen while the training loss has fallen further: what it learned meanwhile is about the training images alone. Training losses and accuracies are means over the epoch, each image seen with the weights of its step.`,
  cost:
    rich`The **cost to converge** is counted up to the best epoch, in epochs, in steps (mini-batches) and in multiply-adds. Unlike seconds, these do not depend on the machine.`,
  augmentation: "Augmentation",
  augmentationText:
    "Training images are varied by transformations that leave their class unchanged, so that the model learns to ignore them.",
};

/** Formulas, the same in every language but for words; `text` has those words. */
export const words = {
  accuracy: "accuracy",
  precision: "precision",
  recall: "recall",
};
