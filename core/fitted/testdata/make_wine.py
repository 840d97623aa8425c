"""k nearest neighbours and nearest centroids by scikit-learn, for the tests of core/fitted.

The data are the wines that scikit-learn brings (UCI, Wine; S. Aeberhard and M. Forina, CC BY 4.0), in
binary32.

Run from the repository root: /usr/bin/python3 core/fitted/testdata/make_wine.py
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn.datasets import load_wine
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid

warnings.simplefilter("ignore")
x, y = load_wine(return_X_y=True)
order = np.random.RandomState(1).permutation(len(y))
# Units differ by thousands; standard units would hide mistakes in the order of magnitude less.
x, y = x[order].astype(np.float32), y[order]
z = ((x - x.mean(axis=0)) / x.std(axis=0)).astype(np.float32)
TRAINED = 118


def knn(data, name, k, metric, weights):
    model = KNeighborsClassifier(k, metric=metric, weights=weights, algorithm="brute")
    model.fit(data[:TRAINED].astype(np.float64), y[:TRAINED])
    own = data[TRAINED:].astype(np.float64)
    distances, neighbours = model.kneighbors(own)
    return {"data": name, "neighbors": k, "metric": metric, "weights": weights,
            "nearest": neighbours.tolist(),
            "distances": np.round(distances, 7).tolist(),
            "probabilities": np.round(model.predict_proba(own), 7).tolist(),
            "predicted": model.predict(own).tolist()}


def centroid(data, name, metric, shrinkage):
    model = NearestCentroid(metric=metric, shrink_threshold=shrinkage or None)
    model.fit(data[:TRAINED].astype(np.float64), y[:TRAINED])
    own = data[TRAINED:].astype(np.float64)
    return {"data": name, "metric": metric, "shrinkage": shrinkage,
            "centroids": [[float(f"{v:.7g}") for v in row] for row in model.centroids_],
            "predicted": model.predict(own).tolist()}


out = {
    "versions": {"sklearn": sklearn.__version__, "numpy": np.__version__},
    "trained": TRAINED,
    "labels": y.tolist(),
    "raw": [[float(str(v)) for v in row] for row in x],
    "standard": [[float(str(v)) for v in row] for row in z],
    "knn": [knn(data, name, k, metric, weights)
            for data, name in ((x, "raw"), (z, "standard")) for k in (1, 4, 15)
            for metric in ("euclidean", "cosine") for weights in ("uniform", "distance")],
    "centroid": [centroid(data, name, metric, shrinkage)
                 for data, name in ((x, "raw"), (z, "standard"))
                 for metric in ("euclidean", "cosine") for shrinkage in (0, 0.5, 2, 6)],
}
path = pathlib.Path(__file__).with_name("wine.json")
path.write_text(json.dumps(out, separators=(",", ":")).replace("},{", "},\n{") + "\n")
