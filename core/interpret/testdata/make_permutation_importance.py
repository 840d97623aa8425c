"""Permutation importance by scikit-learn, for the tests of core/interpret.

Run from the repository root: /usr/bin/python3 core/interpret/testdata/make_permutation_importance.py
"""

import json
import pathlib

import numpy
import sklearn
from sklearn.inspection import permutation_importance

SEED, REPEATS = 5, 4
random = numpy.random.RandomState(3)
n, d, k = 40, 6, 3
weights = random.normal(size=(k, d)).round(2)
weights[:, 4] = 0
bias = random.normal(size=k).round(2)
x = random.normal(size=(n, d)).astype(numpy.float32)
labels = (x @ weights.T + bias + random.gumbel(size=(n, k))).argmax(axis=1)
groups = [[j] for j in range(d)] + [[0, 3], [1, 2, 5]]


class Softmax:
    """A model that is given, for each sample and group, the row whose values the group shows."""

    classes_ = numpy.arange(k)

    def fit(self, rows, labels):
        return self

    def predict_proba(self, rows):
        shown = x.astype(numpy.float64)
        for group, source in zip(groups, rows.T.astype(int)):
            moved = source != numpy.arange(n)
            shown[numpy.ix_(moved, group)] = x[numpy.ix_(source[moved], group)]
        logits = shown @ weights.T + bias
        e = numpy.exp(logits - logits.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def predict(self, rows):
        return self.predict_proba(rows).argmax(axis=1)


# A group is a feature for scikit-learn: the number of the row that it is taken from.
rows = numpy.repeat(numpy.arange(n)[:, None], len(groups), axis=1)
result = permutation_importance(Softmax(), rows, labels, scoring=["accuracy", "neg_log_loss"],
                                n_repeats=REPEATS, random_state=SEED)

# Each feature is shuffled by the same generator, over and over.
seed = numpy.random.RandomState(SEED).randint(numpy.iinfo(numpy.int32).max + 1)
shuffled = numpy.random.RandomState(seed)
order, shown, permutations = numpy.arange(n), numpy.arange(n), []
for _ in range(REPEATS):
    shuffled.shuffle(order)
    shown = shown[order]
    permutations.append(shown.tolist())

fixture = {
    "sklearn": sklearn.__version__,
    "dimension": d,
    "classes": k,
    "x": [float(str(value)) for value in x.ravel()],
    "weights": weights.ravel().tolist(),
    "bias": bias.tolist(),
    "labels": labels.tolist(),
    "groups": groups,
    "permutations": permutations,
    "accuracyDrops": result["accuracy"].importances.tolist(),
    "logLossRises": result["neg_log_loss"].importances.tolist(),
}
path = pathlib.Path(__file__).with_name("permutation_importance.json")
path.write_text(json.dumps(fixture) + "\n")
