/**
 * Works that the notes lean on, cited by key.
 *
 * @module
 */
import type { Language } from "../../data/text/language.ts";
import { link, type Rich, rich, type Text } from "./rich.ts";

/** A published work. */
export interface Reference {
  /** As a text cites it, in English: `Kingma and Ba, 2015`. */
  authors: string;
  year: number;
  /** The whole entry but for the link. */
  entry: string;
  url?: string;
}

/** Every work, by key. */
export const REFERENCES = {
  adam: {
    authors: "Kingma and Ba",
    year: 2015,
    entry: "D. P. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, ICLR",
    url: "https://arxiv.org/abs/1412.6980",
  },
  adamw: {
    authors: "Loshchilov and Hutter",
    year: 2019,
    entry: "I. Loshchilov, F. Hutter, Decoupled Weight Decay Regularization, ICLR",
    url: "https://arxiv.org/abs/1711.05101",
  },
  lion: {
    authors: "Chen et al.",
    year: 2023,
    entry: "X. Chen et al., Symbolic Discovery of Optimization Algorithms, NeurIPS",
    url: "https://arxiv.org/abs/2302.06675",
  },
  momentum: {
    authors: "Polyak",
    year: 1964,
    entry: "B. T. Polyak, Some Methods of Speeding Up the Convergence of Iteration Methods, USSR " +
      "Computational Mathematics and Mathematical Physics, 4(5)",
    url: "https://doi.org/10.1016/0041-5553(64)90137-5",
  },
  steps: {
    authors: "He et al.",
    year: 2016,
    entry: "K. He et al., Deep Residual Learning for Image Recognition, CVPR",
    url: "https://arxiv.org/abs/1512.03385",
  },
  exponential: {
    authors: "Goodfellow et al.",
    year: 2016,
    entry: "I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, section 8.3, MIT Press",
    url: "https://www.deeplearningbook.org",
  },
  cosine: {
    authors: "Loshchilov and Hutter",
    year: 2017,
    entry: "I. Loshchilov, F. Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR",
    url: "https://arxiv.org/abs/1608.03983",
  },
  oneCycle: {
    authors: "Smith and Topin",
    year: 2019,
    entry:
      "L. N. Smith, N. Topin, Super-Convergence: Very Fast Training of Neural Networks Using " +
      "Large Learning Rates",
    url: "https://arxiv.org/abs/1708.07120",
  },
  plateau: {
    authors: "Bengio",
    year: 2012,
    entry:
      "Y. Bengio, Practical Recommendations for Gradient-Based Training of Deep Architectures, " +
      "in Neural Networks: Tricks of the Trade, Springer",
    url: "https://arxiv.org/abs/1206.5533",
  },
  warmUp: {
    authors: "Goyal et al.",
    year: 2017,
    entry: "P. Goyal et al., Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour",
    url: "https://arxiv.org/abs/1706.02677",
  },
  hog: {
    authors: "Dalal and Triggs",
    year: 2005,
    entry: "N. Dalal, B. Triggs, Histograms of Oriented Gradients for Human Detection, CVPR",
    url: "https://doi.org/10.1109/CVPR.2005.177",
  },
  stopping: {
    authors: "Prechelt",
    year: 1998,
    entry:
      "L. Prechelt, Early Stopping – But When?, in Neural Networks: Tricks of the Trade, Springer",
    url: "https://doi.org/10.1007/3-540-49430-8_3",
  },
  bootstrap: {
    authors: "Efron and Tibshirani",
    year: 1993,
    entry: "B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, Chapman & Hall",
  },
  mcnemar: {
    authors: "McNemar",
    year: 1947,
    entry:
      "Q. McNemar, Note on the Sampling Error of the Difference Between Correlated Proportions " +
      "or Percentages, Psychometrika, 12(2)",
    url: "https://doi.org/10.1007/BF02295996",
  },
  holm: {
    authors: "Holm",
    year: 1979,
    entry:
      "S. Holm, A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of " +
      "Statistics, 6(2)",
    url: "https://www.jstor.org/stable/4615733",
  },
  rueger: {
    authors: "Rüger",
    year: 1978,
    entry:
      "B. Rüger, Das maximale Signifikanzniveau des Tests „Lehne H0 ab, wenn k unter n gegebenen " +
      "Tests zur Ablehnung führen“, Metrika, 25",
    url: "https://doi.org/10.1007/BF02204362",
  },
  kappa: {
    authors: "Cohen",
    year: 1960,
    entry:
      "J. Cohen, A Coefficient of Agreement for Nominal Scales, Educational and Psychological " +
      "Measurement, 20(1)",
    url: "https://doi.org/10.1177/001316446002000104",
  },
  gorodkin: {
    authors: "Gorodkin",
    year: 2004,
    entry: "J. Gorodkin, Comparing Two K-Category Assignments by a K-Category Correlation " +
      "Coefficient, Computational Biology and Chemistry, 28(5–6)",
    url: "https://doi.org/10.1016/j.compbiolchem.2004.09.006",
  },
  auc: {
    authors: "Hanley and McNeil",
    year: 1982,
    entry: "J. A. Hanley, B. J. McNeil, The Meaning and Use of the Area under a Receiver " +
      "Operating Characteristic (ROC) Curve, Radiology, 143(1)",
    url: "https://doi.org/10.1148/radiology.143.1.7063747",
  },
  brier: {
    authors: "Brier",
    year: 1950,
    entry: "G. W. Brier, Verification of Forecasts Expressed in Terms of Probability, Monthly " +
      "Weather Review, 78(1)",
    url: "https://doi.org/10.1175/1520-0493(1950)078%3C0001:VOFEIT%3E2.0.CO;2",
  },
  calibration: {
    authors: "Guo et al.",
    year: 2017,
    entry: "C. Guo et al., On Calibration of Modern Neural Networks, ICML",
    url: "https://arxiv.org/abs/1706.04599",
  },
  forest: {
    authors: "Breiman",
    year: 2001,
    entry: "L. Breiman, Random Forests, Machine Learning, 45",
    url: "https://doi.org/10.1023/A:1010933404324",
  },
  neighbors: {
    authors: "Cover and Hart",
    year: 1967,
    entry:
      "T. M. Cover, P. E. Hart, Nearest Neighbor Pattern Classification, IEEE Transactions on " +
      "Information Theory, 13(1)",
    url: "https://doi.org/10.1109/TIT.1967.1053964",
  },
  centroid: {
    authors: "Tibshirani et al.",
    year: 2002,
    entry:
      "R. Tibshirani et al., Diagnosis of Multiple Cancer Types by Shrunken Centroids of Gene " +
      "Expression, Proceedings of the National Academy of Sciences, 99(10)",
    url: "https://doi.org/10.1073/pnas.082099299",
  },
  dietterich: {
    authors: "Dietterich",
    year: 1998,
    entry:
      "T. G. Dietterich, Approximate Statistical Tests for Comparing Supervised Classification " +
      "Learning Algorithms, Neural Computation, 10(7)",
    url: "https://doi.org/10.1162/089976698300017197",
  },
} as const satisfies Record<string, Reference>;

/** Key of a work. */
export type ReferenceKey = keyof typeof REFERENCES;

/** A citation of a work, as a link to the note's list. */
export function cite(key: ReferenceKey, language: Language): Rich {
  const { authors, year } = REFERENCES[key];
  const named = language === "fr" ? authors.replace(" and ", " et ") : authors;
  return rich`([${named}, ${String(year)}](#references))`;
}

/** Keys of the works that Markdown cites, in alphabetical order of their authors. */
export function citedIn(markdown: string): ReferenceKey[] {
  const keys = Object.keys(REFERENCES) as ReferenceKey[];
  return keys.filter((key) =>
    markdown.includes(cite(key, "en").markdown) || markdown.includes(cite(key, "fr").markdown)
  ).sort((a, b) => surname(a) < surname(b) ? -1 : 1);
}

/** Authors and year; no two works share them. */
function surname(key: ReferenceKey): string {
  return `${REFERENCES[key].authors} ${REFERENCES[key].year}`;
}

/** A work's entry in the list. */
export function referenceEntry(key: ReferenceKey): Text {
  const { entry, year, url }: Reference = REFERENCES[key];
  const shown = url === undefined ? "" : url.replace(/^https:\/\//, "");
  const text = rich`${entry}, ${String(year)}.`;
  return url === undefined ? text : rich`${text} ${link(shown, url)}`;
}
