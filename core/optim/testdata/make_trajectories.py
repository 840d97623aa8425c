"""Fifty steps of softmax regression by each optimiser: PyTorch's, and Lion written out.

All in binary64, and rounded to nine digits, so that every machine writes the same file.
"""

import json
from pathlib import Path

import numpy as np
import torch

SAMPLES, INPUTS, CLASSES, BATCH, STEPS = 24, 7, 4, 6, 50
torch.set_num_threads(1)
draw = np.random.RandomState(1)


def singles(*shape):
    return draw.normal(size=shape).astype(np.float32)


labels = draw.randint(0, CLASSES, SAMPLES)
features = singles(SAMPLES, INPUTS)
features[np.arange(SAMPLES), labels] += 1
weight = singles(CLASSES, INPUTS) * np.float32(0.3)
bias = singles(CLASSES) * np.float32(0.1)
epochs = STEPS * BATCH // SAMPLES + 1
order = np.concatenate([draw.permutation(SAMPLES) for _ in range(epochs)])[: STEPS * BATCH]


def by_torch(make):
    x, y = torch.tensor(features).double(), torch.tensor(labels)
    w = torch.tensor(weight, dtype=torch.double, requires_grad=True)
    b = torch.tensor(bias, dtype=torch.double, requires_grad=True)
    optimizer = make([w, b])
    for step in range(STEPS):
        rows = order[step * BATCH : (step + 1) * BATCH]
        optimizer.zero_grad()
        logits = torch.nn.functional.linear(x[rows], w, b)
        torch.nn.functional.cross_entropy(logits, y[rows]).backward()
        optimizer.step()
    return w.detach().numpy(), b.detach().numpy()


def by_lion(rate, decay, beta1, beta2):
    theta = [weight.astype(np.float64), bias.astype(np.float64)]
    momentum = [np.zeros_like(t) for t in theta]
    for step in range(STEPS):
        rows = order[step * BATCH : (step + 1) * BATCH]
        x, y = features[rows].astype(np.float64), labels[rows]
        logits = x @ theta[0].T + theta[1]
        p = np.exp(logits - logits.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        p[np.arange(BATCH), y] -= 1
        p /= BATCH
        for i, g in enumerate([p.T @ x, p.sum(0)]):
            direction = np.sign(beta1 * momentum[i] + (1 - beta1) * g)
            theta[i] = theta[i] - rate * (direction + decay * theta[i])
            momentum[i] = beta2 * momentum[i] + (1 - beta2) * g
    return theta


sgd, adam, adamw = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
runs = [
    ("SGD", "sgd", {"learningRate": 0.1, "momentum": 0}, lambda p: sgd(p, lr=0.1)),
    (
        "SGD with momentum",
        "sgd",
        {"learningRate": 0.05, "momentum": 0.9},
        lambda p: sgd(p, lr=0.05, momentum=0.9),
    ),
    (
        "SGD with momentum and weight decay",
        "sgd",
        {"learningRate": 0.05, "momentum": 0.9, "weightDecay": 0.01},
        lambda p: sgd(p, lr=0.05, momentum=0.9, weight_decay=0.01),
    ),
    ("Adam", "adam", {"learningRate": 0.01}, lambda p: adam(p, lr=0.01)),
    (
        "Adam with an L2 penalty",
        "adam",
        {"learningRate": 0.01, "weightDecay": 0.1, "beta1": 0.8, "beta2": 0.98, "epsilon": 1e-6},
        lambda p: adam(p, lr=0.01, weight_decay=0.1, betas=(0.8, 0.98), eps=1e-6),
    ),
    (
        "AdamW",
        "adamw",
        {"learningRate": 0.01, "weightDecay": 0.1},
        lambda p: adamw(p, lr=0.01, weight_decay=0.1),
    ),
    (
        "Lion",
        "lion",
        {"learningRate": 0.01, "weightDecay": 0.1, "beta1": 0.9, "beta2": 0.99},
        None,
    ),
]


def numbers(array):
    """Values of an array, those of binary32 exactly."""
    array = np.asarray(array)
    digits = 17 if array.dtype == np.float32 else 9
    return [float(f"{x:.{digits}g}") for x in array.ravel()]


trajectories = []
for title, name, values, make in runs:
    if make is None:
        w, b = by_lion(values["learningRate"], values["weightDecay"], values["beta1"], values["beta2"])
    else:
        w, b = by_torch(make)
    trajectories.append(
        {"title": title, "optimizer": name, "values": values, "weight": numbers(w), "bias": numbers(b)}
    )

fixture = {
    "peer": f"torch {torch.__version__}; numpy {np.__version__} for Lion",
    "samples": SAMPLES,
    "inputs": INPUTS,
    "classes": CLASSES,
    "batchSize": BATCH,
    "features": numbers(features),
    "labels": labels.tolist(),
    "weight": numbers(weight),
    "bias": numbers(bias),
    "order": order.tolist(),
    "trajectories": trajectories,
}
text = json.dumps(fixture, indent=2)
Path(__file__).with_name("trajectories.json").write_text(text + "\n")
