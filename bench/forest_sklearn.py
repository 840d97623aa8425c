"""scikit-learn's forest for forest.ts: seconds, accuracies and size for one seed."""

import json
import sys
import time

import numpy
import sklearn
from sklearn.ensemble import RandomForestClassifier

path, (trained, dimension, classes, trees, seed) = sys.argv[1], map(int, sys.argv[2:])
x = numpy.fromfile(path, numpy.float32).reshape(-1, dimension)
y = numpy.arange(len(x)) % classes
# A short one first: imports and pages are no part of what is measured.
RandomForestClassifier(2, n_jobs=1).fit(x[:100], y[:100])
model = RandomForestClassifier(trees, random_state=seed, oob_score=True, n_jobs=1)
started = time.perf_counter()
model.fit(x[:trained], y[:trained])
print(json.dumps({
    "version": sklearn.__version__,
    "seconds": time.perf_counter() - started,
    "accuracy": model.score(x[trained:], y[trained:]),
    "outOfBag": model.oob_score_,
    "nodes": sum(tree.tree_.node_count for tree in model.estimators_) / trees,
}))
