"""Random forests by scikit-learn on handwritten digits, for the tests of core/forest.

The digits are those that scikit-learn brings (UCI, Optical Recognition of Handwritten Digits; E.
Alpaydin and C. Kaynak, CC BY 4.0): 8×8 pixels from 0 to 16, here one letter each.

Run from the repository root: /usr/bin/python3 core/forest/testdata/make_digits.py
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier

TRAINED, TESTED, TREES, SEEDS = 600, 400, 60, 12

x, y = load_digits(return_X_y=True)
x, y = x[: TRAINED + TESTED], y[: TRAINED + TESTED]
# Every class has as many images as there are, but for the last two, of which few are left: so that
# the weights of the classes matter.
rare = np.flatnonzero((y[:TRAINED] >= 8) & (np.arange(TRAINED) % 8 > 0))
kept = np.setdiff1d(np.arange(TRAINED + TESTED), rare)
x, y, trained = x[kept], y[kept], TRAINED - len(rare)


def forest(options):
    scores = {"accuracy": [], "outOfBag": [], "logLoss": []}
    for seed in range(SEEDS):
        model = RandomForestClassifier(TREES, random_state=seed, oob_score=True, n_jobs=1, **options)
        model.fit(x[:trained], y[:trained])
        scores["accuracy"].append(model.score(x[trained:], y[trained:]))
        scores["outOfBag"].append(model.oob_score_)
        p = model.predict_proba(x[trained:])[np.arange(len(y) - trained), y[trained:]]
        scores["logLoss"].append(float(-np.log(np.maximum(p, 1e-3)).mean()))
    return {name: [round(float(v), 9) for v in own] for name, own in scores.items()}


out = {
    "versions": {"sklearn": sklearn.__version__, "numpy": np.__version__},
    "trained": trained,
    "trees": TREES,
    "digits": "".join("abcdefghijklmnopq"[int(v)] for v in x.ravel()),
    "labels": y.tolist(),
    "cases": [
        {"options": {}, "sklearn": forest({})},
        {"options": {"maxDepth": 6, "minLeaf": 3},
         "sklearn": forest({"max_depth": 6, "min_samples_leaf": 3})},
        {"options": {"classWeight": "balanced", "maxDepth": 5},
         "sklearn": forest({"class_weight": "balanced", "max_depth": 5})},
        {"options": {"maxFeatures": "all", "maxDepth": 4},
         "sklearn": forest({"max_features": None, "max_depth": 4})},
    ],
}
path = pathlib.Path(__file__).with_name("digits.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
