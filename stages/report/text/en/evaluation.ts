import type { ClaimTest, Relation, Verdict } from "../../../../data/artifacts/claims.ts";
import type { Monitor } from "../../../../data/artifacts/summary.ts";
import { cite } from "../../references.ts";
import { math as m, rich, type Text } from "../../rich.ts";

export const metrics = {
  accuracy:
    rich`**Accuracy** is the share of test images whose most probable class is the right one (a bracket is one where it is true, zero elsewhere):`,
  perClass:
    rich`For one class, with TP, FP and FN the counts of true positives, false positives and false negatives, **precision** is the share of right answers among the images given that class, **recall** the share of that class's images that were found, and **F1** their harmonic mean:`,
  averages:
    rich`The **macro** average gives each class the same weight, the **weighted** average gives each class the weight of its support, the number of its test images. The **micro** average takes all answers together: as each image has one class and is given one, that of precision, of recall and of F1 is the accuracy.`,
  logLoss: rich`The **log loss** also judges the probabilities: it is the mean of ${
    m("-\\log p_{i,y_i}")
  } over test images, and punishes confident errors.`,
  further: (o: { topK?: Text; bins: Text }) =>
    rich`**Further scores** tell of other sides of the same answers. *Balanced accuracy* is the mean recall of the classes that have test images${
      o.topK === undefined
        ? ""
        : rich`, *top ${o.topK}* the share of images whose class is among the ${o.topK} most probable`
    }. *Cohen's κ* ${cite("kappa", "en")} and *Matthews' correlation*, MCC ${
      cite("gorodkin", "en")
    }, measure agreement beyond chance: zero for answers that know nothing, one for perfect ones. *ROC AUC* ${
      cite("auc", "en")
    } is how often an image of a class gets a higher probability of it than one of another class, and *average precision* the precision averaged over recall, from the highest probabilities down; both are macro averages of each class against the rest. The *Brier score* ${
      cite("brier", "en")
    } is the mean squared error of the probabilities, from zero, the best, to two. The *calibration error*, ECE ${
      cite("calibration", "en")
    }, is the mean distance between how sure predictions are and how often they are right, in ${o.bins} bins of probability.`,
  bootstrap: (draws: Text, level: Text) =>
    rich`**Intervals** are at ${level}: they are percentiles over ${draws} bootstrap draws of the test images ${
      cite("bootstrap", "en")
    }: they tell how far a figure would move with other test images from the same source.`,
  mcnemar: rich`Two models are compared on the same test images by **McNemar's test** ${
    cite("mcnemar", "en")
  }: with ${m("b")} images that only the first gets right and ${
    m("c")
  } that only the second does, models of equal accuracy would share the ${
    m("b + c")
  } disagreements evenly ${
    cite("dietterich", "en")
  }. The test is exact (binomial, two-sided); the p-values of the replicates are combined as twice their median, which is valid however they depend on each other ${
    cite("rueger", "en")
  }.`,
  seeds:
    rich`The **sign-flip test** asks whether a difference holds over replicates: under equal models, each replicate's difference is as likely with either sign, and p is the share of all sign patterns with a mean at least as far from zero. With few replicates it cannot give a small p.`,
  holm: (alpha: Text) =>
    rich`As there are several pairs, p-values are corrected by **Holm's procedure** ${
      cite("holm", "en")
    }, which keeps the chance of even one false discovery under ${alpha}.`,
  detectable: (power: Text) =>
    rich`The **smallest detectable difference** is the difference in accuracy that McNemar's test, at the level that Holm's procedure leaves it, would find in ${power} of such test sets, given how often the two models disagree; smaller ones are out of its reach, and their absence from the results proves nothing.`,
};

export const tuning = {
  intro: (o: { tries: Text; criterion: Text }) =>
    rich`Each model gets the same budget of **${o.tries}** tries, each run in every replicate. The one with the best ${o.criterion} is kept; the test set has no part in it.`,
  uneven: (o: { counts: Text; criterion: Text }) =>
    rich`The models do not have the same budget of tries: ${o.counts}. Each try is run in every replicate, and the one with the best ${o.criterion} is kept; the test set has no part in it.`,
  triesOf: (o: { model: string; tries: string }) => `${o.model} ${o.tries}`,
  grid: (models: Text) => rich`${models}: tries are all combinations of the listed values.`,
  points: (o: { models: Text; combined: boolean }) =>
    rich`${o.models}: tries are points that the study lists${
      o.combined ? ", each combined with the other values" : ""
    }.`,
  random: (o: { models: Text; draws: Text; seed: Text; digits: Text; combined: boolean }) =>
    rich`${o.models}: ${o.draws} points are drawn at random ${
      cite("randomSearch", "en")
    } from the ranges below, by seed ${o.seed}, and rounded to ${o.digits} significant digits${
      o.combined ? "; each is combined with the other values" : ""
    }.`,
  refined: (o: { models: Text; rounds: Text }) =>
    rich`${o.models}: rounds of refinement that follow: ${o.rounds}. Each tries further values between the best one so far and its nearest neighbours, by the same validation images; they count among the tries.`,
  ranges: {
    log: (low: string, high: string) => `log-uniform in [${low}, ${high}]`,
    uniform: (low: string, high: string) => `uniform in [${low}, ${high}]`,
    integer: (low: string, high: string) => `integers in [${low}, ${high}]`,
    choice: (values: string) => `one of ${values}`,
  },
  rounds: {
    start: "listed or drawn",
    refined: (round: string) => `refinement ${round}`,
  },
  nothing: "Nothing is tuned: every hyperparameter is set by the study.",
  criterion: {
    validationLoss: "mean validation loss",
    validationAccuracy: "mean validation accuracy",
  } satisfies Record<Monitor, string>,
  caption: "Values tried and those kept, with the score of the try that is kept.",
  captionWithin:
    "Values tried and those kept, in brackets by how many replicates, with the mean score of the tries that are kept.",
  within:
    "Replicates have splits of their own, so each one chooses by itself, by the validation images of its own split: an image that it tests is one that other replicates train on or validate by.",
  tries: "Tries",
  parameter: "Hyperparameter",
  tried: "Values tried",
  chosen: "Chosen",
  edge:
    rich`The chosen value is the least or the greatest tried (†): a wider search might find a better one.`,
  noEdge: "No chosen value is the least or the greatest tried.",
  figure: (criterion: Text) =>
    rich`${criterion} of each try: mean and standard deviation over replicates. A filled mark is a try that is kept.`,
  figureWithin: (criterion: Text) =>
    rich`${criterion} of each try: mean and standard deviation over replicates. Tries that refine values are of one replicate each, which refines its own best one. A filled mark is a try that is kept.`,
  figureAlt: (o: { models: string; chosen: string }) =>
    `Chart of the score of each try for ${o.models}. Kept: ${o.chosen}.`,
  parameters: {
    learningRate: "learning rate",
    weightDecay: "weight decay",
    batchSize: "batch size",
    momentum: "momentum",
    epochs: "epochs",
  } as Record<string, string>,
  byClass: {
    intro: (models: Text) =>
      rich`**Weight decay by class** ${
        cite("balestriero", "en")
      }: ${models}. Once the other values are chosen, each class takes, of the weight decays tried beside them, the one with the least mean validation loss of its own images (of equal ones the greater), for its row of the last layer. The model is one more training in every replicate with these, whatever it comes to. A class's loss was measured where all classes had the same weight decay, and the least of several measured losses flatters: the training with all of them together need not keep what they promise. Only images that chose nothing can tell.`,
    chosen: (o: {
      model: Text;
      others: Text;
      all: Text;
      within: boolean;
      single: Text;
      criterion: Text;
      score: Text;
      singleScore: Text;
    }) =>
      rich`${o.model}: **${o.others}** of the ${o.all} ${
        o.within ? "choices, one for each class and replicate, are" : "classes take"
      } another weight decay than the one that is best for all classes together (${o.single}). The last training has a ${o.criterion} of ${o.score}, against ${o.singleScore} with that one for all.`,
    caption: (o: { model: Text; shown?: Text; all?: Text }) =>
      rich`${o.model}: weight decay that each class chose, and the mean validation loss of its images under it, under the single one, and in the last training, with each class's own. Classes that gain most by their choice come first${
        o.shown ? rich`: ${o.shown} of ${o.all ?? ""}` : ""
      }; the CSV file has every loss.`,
    decay: "Weight decay",
    own: "Loss under it",
    single: "Under the single one",
    last: "In the last training",
  },
  diverged: (count: Text) =>
    rich`Tries with a replicate that diverged: ${count}. Such a try is kept only where every try has one.`,
};

export const claims = {
  caption: "The comparisons that each claim consists of, by the number of the claim.",
  number: "Claim",
  comparison: "Comparison",
  values: "Values",
  test: "Test",
  verdict: "Verdict",
  tests: {
    none: "values alone",
    bootstrap: "bootstrap",
    mcnemar: "McNemar (Holm)",
    seeds: "sign flips over replicates",
  } satisfies Record<ClaimTest, string>,
  relations: {
    greater: ">",
    atLeast: "≥",
    less: "<",
    atMost: "≤",
    different: "≠",
  } satisfies Record<Relation, string>,
  margin: (margin: Text) => rich`margin ${margin}`,
  points: (margin: Text) => rich`margin ${margin} points`,
  verdicts: {
    "holds": "✓ holds",
    "does-not-hold": "✗ does not hold",
    "not-significant": "○ not significant",
  } satisfies Record<Verdict, string>,
  missing: {
    "missing-value": "a value does not exist",
    "missing-test": "the test cannot be computed",
  },
  none: "The study states no claim.",
  reading:
    rich`A claim **holds** when its values stand in the stated relation and, where it names a test, the test tells the difference from chance. It **does not hold** when the values do not stand in that relation. It is **not significant** when they do but the test does not tell them from chance: then it is neither confirmed nor refuted.`,
};
