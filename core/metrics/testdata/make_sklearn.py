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

warnings.simplefilter("ignore")
rng = np.random.default_rng(7)


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)).astype(np.float32)


def short(values):
    """Binary32 values by their shortest decimals."""
    return [float(str(np.float32(v))) for v in np.ravel(values)]


def case(name, k, labels, probabilities):
    labels = np.asarray(labels)
    probabilities = np.asarray(probabilities, dtype=np.float32)
    predicted = probabilities.argmax(axis=1)
    every = list(range(k))
    kw = dict(labels=every, zero_division=0)
    per = metrics.precision_recall_fscore_support(labels, predicted, **kw)
    averages = {
        a: list(map(float, metrics.precision_recall_fscore_support(labels, predicted, average=a, **kw)[:3]))
        for a in ("macro", "weighted")
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

out = {
    "versions": {"sklearn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
    "cases": cases,
    "mcnemar": mcnemar,
    "signFlip": sign_flip,
    "percentiles": {"values": values, "intervals": percentiles},
    "normalQuantiles": quantiles,
}
path = pathlib.Path(__file__).with_name("sklearn.json")
path.write_text(json.dumps(out, indent=None, separators=(",", ":")).replace('},{', '},\n{') + "\n")
