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
  gradientDescent: {
    authors: "Cauchy",
    year: 1847,
    entry: "A. Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, " +
      "Comptes rendus de l'Académie des sciences, 25",
  },
  nesterov: {
    authors: "Sutskever et al.",
    year: 2013,
    entry:
      "I. Sutskever et al., On the Importance of Initialization and Momentum in Deep Learning, " +
      "ICML",
  },
  gradients: {
    authors: "Glorot and Bengio",
    year: 2010,
    entry:
      "X. Glorot, Y. Bengio, Understanding the Difficulty of Training Deep Feedforward Neural " +
      "Networks, AISTATS",
    url: "https://proceedings.mlr.press/v9/glorot10a.html",
  },
  deadUnits: {
    authors: "Lu et al.",
    year: 2020,
    entry: "L. Lu et al., Dying ReLU and Initialization: Theory and Numerical Examples, " +
      "Communications in Computational Physics, 28(5)",
    url: "https://arxiv.org/abs/1903.06733",
  },
  lasso: {
    authors: "Tibshirani",
    year: 1996,
    entry:
      "R. Tibshirani, Regression Shrinkage and Selection via the Lasso, Journal of the Royal " +
      "Statistical Society B, 58(1)",
  },
  clipping: {
    authors: "Pascanu et al.",
    year: 2013,
    entry: "R. Pascanu, T. Mikolov, Y. Bengio, On the Difficulty of Training Recurrent Neural " +
      "Networks, ICML",
    url: "https://arxiv.org/abs/1211.5063",
  },
  smoothing: {
    authors: "Szegedy et al.",
    year: 2016,
    entry: "C. Szegedy et al., Rethinking the Inception Architecture for Computer Vision, CVPR",
    url: "https://arxiv.org/abs/1512.00567",
  },
  mixUp: {
    authors: "Zhang et al.",
    year: 2018,
    entry: "H. Zhang et al., mixup: Beyond Empirical Risk Minimization, ICLR",
    url: "https://arxiv.org/abs/1710.09412",
  },
  lbfgs: {
    authors: "Liu and Nocedal",
    year: 1989,
    entry:
      "D. C. Liu, J. Nocedal, On the Limited Memory BFGS Method for Large Scale Optimization, " +
      "Mathematical Programming, 45",
    url: "https://doi.org/10.1007/BF01589116",
  },
  rmsprop: {
    authors: "Tieleman and Hinton",
    year: 2012,
    entry: "T. Tieleman, G. Hinton, Neural Networks for Machine Learning, lecture 6.5, Coursera",
  },
  nadam: {
    authors: "Dozat",
    year: 2016,
    entry: "T. Dozat, Incorporating Nesterov Momentum into Adam, ICLR workshop",
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
  crossValidation: {
    authors: "Bengio and Grandvalet",
    year: 2004,
    entry: "Y. Bengio, Y. Grandvalet, No Unbiased Estimator of the Variance of K-Fold " +
      "Cross-Validation, Journal of Machine Learning Research, 5",
    url: "https://jmlr.org/papers/v5/grandvalet04a.html",
  },
  randomSearch: {
    authors: "Bergstra and Bengio",
    year: 2012,
    entry: "J. Bergstra, Y. Bengio, Random Search for Hyper-Parameter Optimization, Journal of " +
      "Machine Learning Research, 13",
    url: "https://jmlr.org/papers/v13/bergstra12a.html",
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
  balestriero: {
    authors: "Balestriero et al.",
    year: 2022,
    entry: "R. Balestriero, L. Bottou, Y. LeCun, The Effects of Regularization and Data " +
      "Augmentation are Class Dependent, NeurIPS",
    url: "https://arxiv.org/abs/2204.03632",
  },
  breiman: {
    authors: "Breiman",
    year: 2001,
    entry: "L. Breiman, Random Forests, Machine Learning, 45(1)",
    url: "https://doi.org/10.1023/A:1010933404324",
  },
  fisher: {
    authors: "Fisher et al.",
    year: 2019,
    entry:
      "A. Fisher, C. Rudin, F. Dominici, All Models Are Wrong, but Many Are Useful: Learning " +
      "a Variable’s Importance by Studying an Entire Class of Prediction Models Simultaneously, " +
      "Journal of Machine Learning Research, 20(177)",
    url: "https://arxiv.org/abs/1801.01489",
  },
  occlusion: {
    authors: "Zeiler and Fergus",
    year: 2014,
    entry: "M. D. Zeiler, R. Fergus, Visualizing and Understanding Convolutional Networks, ECCV",
    url: "https://arxiv.org/abs/1311.2901",
  },
  cases: {
    authors: "Caruana et al.",
    year: 1999,
    entry: "R. Caruana, H. Kangarloo, J. D. N. Dionisio, U. Sinha, D. Johnson, Case-Based " +
      "Explanation of Non-Case-Based Learning Methods, AMIA Symposium",
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
  backpropagation: {
    authors: "Rumelhart et al.",
    year: 1986,
    entry: "D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning Representations by " +
      "Back-Propagating Errors, Nature, 323",
    url: "https://doi.org/10.1038/323533a0",
  },
  lenet: {
    authors: "LeCun et al.",
    year: 1998,
    entry: "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-Based Learning Applied to " +
      "Document Recognition, Proceedings of the IEEE, 86(11)",
    url: "https://doi.org/10.1109/5.726791",
  },
  batchNorm: {
    authors: "Ioffe and Szegedy",
    year: 2015,
    entry: "S. Ioffe, C. Szegedy, Batch Normalization: Accelerating Deep Network Training by " +
      "Reducing Internal Covariate Shift, ICML",
    url: "https://arxiv.org/abs/1502.03167",
  },
  dropout: {
    authors: "Srivastava et al.",
    year: 2014,
    entry: "N. Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks from " +
      "Overfitting, Journal of Machine Learning Research, 15",
    url: "https://jmlr.org/papers/v15/srivastava14a.html",
  },
  xavier: {
    authors: "Glorot and Bengio",
    year: 2010,
    entry: "X. Glorot, Y. Bengio, Understanding the Difficulty of Training Deep Feedforward " +
      "Neural Networks, AISTATS",
    url: "https://proceedings.mlr.press/v9/glorot10a.html",
  },
  he: {
    authors: "He et al.",
    year: 2015,
    entry: "K. He, X. Zhang, S. Ren, J. Sun, Delving Deep into Rectifiers: Surpassing " +
      "Human-Level Performance on ImageNet Classification, ICCV",
    url: "https://arxiv.org/abs/1502.01852",
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
