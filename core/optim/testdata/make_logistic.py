"""Optima of multinomial logistic regression by scikit-learn, in binary64."""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

SAMPLES, INPUTS, CLASSES = 120, 9, 4
draw = np.random.RandomState(3)
labels = draw.randint(0, CLASSES, SAMPLES)
features = draw.normal(size=(SAMPLES, INPUTS))
features[np.arange(SAMPLES), labels] += 1.5
features = features.astype(np.float32).astype(np.float64)


def optimum(decay):
    """The least of the mean loss and decay/2 times the squared norm of the weights alone."""
    model = LogisticRegression(C=1 / (decay * SAMPLES), tol=1e-9, max_iter=10_000, solver="newton-cg")
    model.fit(features, labels)
    logits = features @ model.coef_.T + model.intercept_
    top = logits.max(1)
    losses = top + np.log(np.exp(logits - top[:, None]).sum(1)) - logits[np.arange(SAMPLES), labels]
    return float(losses.mean() + decay / 2 * (model.coef_**2).sum())


fixture = {
    "peer": f"scikit-learn {sklearn.__version__}",
    "samples": SAMPLES,
    "inputs": INPUTS,
    "classes": CLASSES,
    "features": [float(f"{x:.9g}") for x in features.ravel()],
    "labels": labels.tolist(),
    "optima": [{"weightDecay": decay, "objective": float(f"{optimum(decay):.10g}")} for decay in [1e-4, 1e-2, 1]],
}
Path(__file__).with_name("logistic.json").write_text(json.dumps(fixture, indent=1) + "\n")
