"""Metrics and tests by scikit-learn, scipy and numpy, for the tests of core/metrics.

Run from the repository root: /usr/bin/python3 core/metrics/testdata/make_sklearn.py
"""

import json
import pathlib
import warnings

import numpy as np
import scipy
import scipy.stats
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")
rng = np.random.default_rng(7)


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)).astype(np.float32)


def short(values):
    """Binary32 values by their shortest decimals."""
    return [float(str(np.float32(v))) for v in np.ravel(values)]


def or_none(compute):
    """A number, or None where scikit-learn says that there is none."""
    try:
        value = float(compute())
    except ValueError:
        return None
    return None if np.isnan(value) else value


def ranking(k, labels, probabilities):
    """Scores of the order of the probabilities, one class against the rest."""
    p = probabilities.astype(np.float64)
    every = list(range(k))
    indicators = [labels == c for c in every]
    support = [int(i.sum()) for i in indicators]
    auc = [or_none(lambda: metrics.roc_auc_score(i, p[:, c])) for c, i in enumerate(indicators)]
    # Of a class without samples there is no average precision: scikit-learn warns and says 0.
    ap = [float(metrics.average_precision_score(i, p[:, c])) if i.any() else None
          for c, i in enumerate(indicators)]
    if k == 2:
        # Its multi-class form is for three classes up: their mean, as the form takes it.
        macro = [None if None in auc else float(np.average(auc, weights=w)) for w in (None, support)]
    else:
        macro = [or_none(lambda: metrics.roc_auc_score(labels, p, multi_class="ovr", average=a,
                                                       labels=every)) for a in ("macro", "weighted")]
    present = [c for c in every if support[c]]
    return {
        "rocAuc": auc,
        "macroRocAuc": macro[0],
        "weightedRocAuc": macro[1],
        "averagePrecision": ap,
        "macroAveragePrecision": None if None in ap else float(np.mean(ap)),
        "weightedAveragePrecision": float(
            np.average([ap[c] for c in present], weights=[support[c] for c in present])),
        "topK": {str(n): top_k(k, labels, p, n) for n in range(1, k + 1)},
    }


def top_k(k, labels, p, n):
    # scikit-learn puts the last of equals first: the classes in reverse make it the first. A class of
    # no probability in front has it take two classes for several.
    reverse = np.hstack([np.full((len(p), 1), -1.0), p[:, ::-1]])
    return float(metrics.top_k_accuracy_score(k - labels, reverse, k=n, labels=list(range(k + 1))))


def calibration(labels, predicted, probabilities, bins):
    p = probabilities.astype(np.float64)[np.arange(len(labels)), predicted]
    right = labels == predicted
    accuracy, confidence = calibration_curve(right, p, n_bins=bins)
    count = np.bincount(np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], p), minlength=bins)
    filled = count[count > 0]
    return {
        "bins": bins,
        "count": count.tolist(),
        "accuracy": accuracy.tolist(),
        "confidence": confidence.tolist(),
        "error": float(np.sum(filled * np.abs(accuracy - confidence)) / len(labels)),
    }


def case(name, k, labels, probabilities):
    labels = np.asarray(labels)
    probabilities = np.asarray(probabilities, dtype=np.float32)
    predicted = probabilities.argmax(axis=1)
    every = list(range(k))
    kw = dict(labels=every, zero_division=0)
    per = metrics.precision_recall_fscore_support(labels, predicted, **kw)
    averages = {
        a: list(map(float, metrics.precision_recall_fscore_support(labels, predicted, average=a, **kw)[:3]))
        for a in ("macro", "weighted", "micro")
    }
    return {
        "name": name,
        "classes": k,
        "labels": labels.tolist(),
        "predicted": predicted.tolist(),
        "probabilities": short(probabilities),
        "accuracy": metrics.accuracy_score(labels, predicted),
        "confusion": metrics.confusion_matrix(labels, predicted, labels=every).ravel().tolist(),
        "precision": per[0].tolist(),
        "recall": per[1].tolist(),
        "f1": per[2].tolist(),
        "support": per[3].tolist(),
        "averages": averages,
        # Binary32's eps is what scikit-learn takes for binary32; sums in binary64 as here.
        "logLoss": metrics.log_loss(
            labels, probabilities.astype(np.float64), labels=every, eps=2.0**-23
        ),
        "balancedAccuracy": metrics.balanced_accuracy_score(labels, predicted),
        "cohenKappa": or_none(lambda: metrics.cohen_kappa_score(labels, predicted)),
        "matthewsCorrelation": metrics.matthews_corrcoef(labels, predicted),
        "brierScore": float(np.mean(np.sum(
            (probabilities.astype(np.float64) - np.eye(k)[labels]) ** 2, axis=1))),
        "brierOfTwo": metrics.brier_score_loss(labels == 1, probabilities[:, 1].astype(np.float64))
        if k == 2 else None,
        "normalizedConfusion": metrics.confusion_matrix(
            labels, predicted, labels=every, normalize="true").ravel().tolist(),
        "oneVsRest": metrics.multilabel_confusion_matrix(
            labels, predicted, labels=every).reshape(k, 4).tolist(),
        **ranking(k, labels, probabilities),
        "calibration": [calibration(labels, predicted, probabilities, bins) for bins in (1, 10, 15)],
    }


def noisy(k, labels, strength):
    logits = rng.normal(size=(len(labels), k))
    logits[np.arange(len(labels)), labels] += strength
    return softmax(logits)


random4 = rng.integers(0, 4, 60)
absent = rng.choice([0, 2], 30)
look_alike = rng.integers(0, 3, 40)
tied = np.repeat([[0.25, 0.25, 0.25, 0.25], [0.5, 0.5, 0, 0], [0, 0.375, 0.375, 0.25]], 4, axis=0)
cases = [
    case("random", 4, random4, noisy(4, random4, 1.5)),
    case("a class without samples", 3, absent, noisy(3, absent, 1)),
    case("a class without samples or predictions", 3, absent, noisy(2, absent // 2, 1)[:, [0, 1, 1]]
         * np.float32([1, 0, 1])),
    case("all one prediction", 3, look_alike, np.tile([0.2, 0.5, 0.3], (40, 1))),
    case("ties between probabilities", 4, rng.integers(0, 4, 12), tied),
    case("probabilities of 0 and 1", 2, [0, 1, 0, 1], [[1, 0], [0, 1], [0, 1], [1, 0]]),
    case("all right", 2, [0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.4, 0.6]]),
    case("all wrong", 2, [1, 0], [[0.9, 0.1], [0.2, 0.8]]),
    case("one sample", 2, [1], [[0.25, 0.75]]),
]

# Drawn apart, so that the cases above stay as they are.
more = np.random.default_rng(11)
many = more.integers(0, 12, 200)
sure = more.integers(0, 3, 150)
two = more.integers(0, 2, 80)
# Quarters and eighths: many ties, and confidences at the ends of bins.
coarse = more.multinomial(8, [0.2, 0.3, 0.5], 60) / 8
cases += [
    case("many classes", 12, many, softmax(
        more.normal(size=(200, 12)) + 1.5 * np.eye(12)[many])),
    case("confident and often wrong", 3, sure, softmax(
        4 * more.normal(size=(150, 3)) + np.eye(3)[sure])),
    case("two classes", 2, two, softmax(more.normal(size=(80, 2)) + np.eye(2)[two])),
    case("coarse probabilities", 3, more.integers(0, 3, 60), coarse),
    case("all probabilities equal", 4, more.integers(0, 4, 30), np.full((30, 4), 0.25)),
    case("all of one class and given it", 3, [1, 1, 1, 1], np.tile([0.25, 0.5, 0.25], (4, 1))),
    case("all of one class", 2, [0, 0, 0], [[0.75, 0.25], [0.25, 0.75], [0.5, 0.5]]),
    case("each class once", 3, [2, 0, 1], [[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.125, 0.375, 0.5]]),
]

splits = [(0, 0), (1, 0), (5, 0), (6, 0), (10, 2), (2, 10), (7, 7), (30, 12), (512, 400),
          (3000, 2750), (5100, 4900), (0, 900)]
mcnemar = [
    {"b": b, "c": c, "p": scipy.stats.binomtest(b, b + c, 0.5).pvalue if b + c else 1.0}
    for b, c in splits
]


def flips(d):
    def p(alternative):
        return float(scipy.stats.permutation_test(
            (np.array(d, float),), lambda x: x.sum(), permutation_type="samples",
            vectorized=False, n_resamples=np.inf, alternative=alternative).pvalue)
    return {"differences": d, "different": p("two-sided"), "greater": p("greater"), "less": p("less")}


sign_flip = [flips(d) for d in (
    [3, 1, 4, 1, 5], [0.5, -0.25, 1, 2, -1.5, 0.75], [1, 1, 1, -1], [0, 0, 2], [-4, -2.5, -1])]

values = short(rng.normal(size=37))
percentiles = [
    {"confidence": c,
     "low": float(np.percentile(values, 100 * (1 - c) / 2)),
     "high": float(np.percentile(values, 100 * (1 - (1 - c) / 2)))}
    for c in (0.5, 0.9, 0.95, 0.99)
]
quantiles = [{"p": p, "x": float(scipy.stats.norm.ppf(p))}
             for p in (1e-6, 0.001, 0.025, 0.2, 0.5, 0.8, 0.975, 0.9999, 1 - 1e-6)]

t_quantiles = [{"degrees": d, "p": p, "t": float(scipy.stats.t.ppf(p, d))}
               for d in (1, 2, 3, 4, 5, 9, 10, 29, 100) for p in (0.0005, 0.2, 0.9, 0.975, 0.9995)]
replicates = [0.81, 0.84, 0.79, 0.835, 0.82]
t_shares = [{"degrees": d, "t": t, "p": float(scipy.stats.t.cdf(t, d))}
            for d in (1, 2, 3, 4, 5, 9, 10, 29, 100, 1000) for t in (-40.0, -2.5, 0.0, 0.125, 1.0, 3.0)]
t_intervals = [
    {"values": own, "confidence": c,
     "interval": list(map(float, scipy.stats.t.interval(
         c, len(own) - 1, loc=np.mean(own), scale=scipy.stats.sem(own))))}
    for own in (replicates, replicates[:2], [0.5, 0.75, 0.25]) for c in (0.9, 0.95, 0.999)]

out = {
    "versions": {"sklearn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
    "cases": cases,
    "mcnemar": mcnemar,
    "signFlip": sign_flip,
    "percentiles": {"values": values, "intervals": percentiles},
    "normalQuantiles": quantiles,
    "tShares": t_shares,
    "tQuantiles": t_quantiles,
    "tIntervals": t_intervals,
}
path = pathlib.Path(__file__).with_name("sklearn.json")
path.write_text(json.dumps(out, indent=None, separators=(",", ":")).replace('},{', '},\n{') + "\n")
