"""Fifty steps of softmax regression by each optimiser: PyTorch's, and the others written out.

All in binary64, and rounded to nine digits, so that every machine writes the same file.
"""

import json
from pathlib import Path

import numpy as np
import torch

SAMPLES, INPUTS, CLASSES, BATCH, STEPS = 24, 7, 4, 6, 50
PER_EPOCH = SAMPLES // BATCH
EPOCHS = STEPS // PER_EPOCH + 1
lr_scheduler = torch.optim.lr_scheduler
BY_EPOCH = (lr_scheduler.StepLR, lr_scheduler.ExponentialLR, lr_scheduler.ReduceLROnPlateau)
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


cross_entropy = torch.nn.functional.cross_entropy


def by_torch(make, loss=cross_entropy, change=None, schedule=None, watched=None):
    """Steps by PyTorch; `change` is what is done to gradients, `schedule` makes a scheduler."""
    x, y = torch.tensor(features).double(), torch.tensor(labels)
    w = torch.tensor(weight, dtype=torch.double, requires_grad=True)
    b = torch.tensor(bias, dtype=torch.double, requires_grad=True)
    optimizer = make([w, b])
    scheduler = schedule and schedule(optimizer)
    for step in range(STEPS):
        rows = order[step * BATCH : (step + 1) * BATCH]
        optimizer.zero_grad()
        logits = torch.nn.functional.linear(x[rows], w, b)
        loss(logits, y[rows]).backward()
        if change:
            change([w, b])
        optimizer.step()
        epoch, rest = divmod(step + 1, PER_EPOCH)
        if scheduler and not isinstance(scheduler, BY_EPOCH):
            scheduler.step()
        elif scheduler and rest == 0:
            scheduler.step(*([] if watched is None else [watched[epoch - 1]]))
    return w.detach().numpy(), b.detach().numpy()


def written_out(step_of):
    """Steps of an optimiser that PyTorch lacks: step_of(θ, g, state, t) gives the next θ."""
    theta = [weight.astype(np.float64), bias.astype(np.float64)]
    states = [{name: np.zeros_like(t) for name in "mvb"} for t in theta]
    for step in range(STEPS):
        rows = order[step * BATCH : (step + 1) * BATCH]
        x, y = features[rows].astype(np.float64), labels[rows]
        logits = x @ theta[0].T + theta[1]
        p = np.exp(logits - logits.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        p[np.arange(BATCH), y] -= 1
        p /= BATCH
        for i, g in enumerate([p.T @ x, p.sum(0)]):
            theta[i] = step_of(theta[i], g, states[i], step + 1)
    return theta


def lion(theta, g, state, t):
    direction = np.sign(0.9 * state["m"] + (1 - 0.9) * g)
    state["m"] = 0.99 * state["m"] + (1 - 0.99) * g
    return theta - 0.01 * (direction + 0.1 * theta)


def average(theta, g, state, t):
    state["v"] = 0.8 * state["v"] + (1 - 0.8) * (g + 0.01 * theta)
    return theta - 0.2 * state["v"]


def decoupled(theta, g, state, t):
    state["v"] = 0.9 * state["v"] + g
    return (1 - 0.05 * 0.1) * theta - 0.05 * state["v"]


def adam_variant(correction, inside, beta2=0.999, epsilon=1e-8):
    def step_of(theta, g, state, t):
        state["m"] = 0.9 * state["m"] + (1 - 0.9) * g
        state["v"] = beta2 * state["v"] + (1 - beta2) * g**2
        m = state["m"] / (1 - 0.9**t) if correction else state["m"]
        v = state["v"] / (1 - beta2**t) if correction else state["v"]
        return theta - 0.01 * m / (np.sqrt(v + epsilon) if inside else np.sqrt(v) + epsilon)

    return step_of


def nadam_inside(theta, g, state, t):
    momentum = [0.9 * (1 - 0.5 * 0.96 ** (i * 0.004)) for i in range(1, t + 2)]
    state["m"] = 0.9 * state["m"] + (1 - 0.9) * g
    state["v"] = 0.98 * state["v"] + (1 - 0.98) * g**2
    direction = momentum[t] * state["m"] / (1 - np.prod(momentum))
    direction += (1 - momentum[t - 1]) * g / (1 - np.prod(momentum[:-1]))
    return theta - 0.01 * direction / np.sqrt(state["v"] / (1 - 0.98**t) + 1e-6)


def rmsprop_inside(theta, g, state, t):
    state["v"] = 0.9 * state["v"] + (1 - 0.9) * g**2
    return theta - 0.01 * g / np.sqrt(state["v"] + 1e-6)


sgd, adam, adamw = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
nadam, rmsprop = torch.optim.NAdam, torch.optim.RMSprop
runs = [
    (
        "Gradient descent with an L2 penalty",
        "gd",
        {"learningRate": 0.1, "weightDecay": 0.01},
        lambda p: sgd(p, lr=0.1, weight_decay=0.01),
    ),
    (
        "Nesterov",
        "nesterov",
        {"learningRate": 0.05, "momentum": 0.9, "weightDecay": 0.01},
        lambda p: sgd(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01),
    ),
    (
        "RMSprop",
        "rmsprop",
        {"learningRate": 0.01, "beta2": 0.9},
        lambda p: rmsprop(p, lr=0.01, alpha=0.9),
    ),
    (
        "RMSprop with momentum and an L2 penalty",
        "rmsprop",
        {"learningRate": 0.005, "momentum": 0.8, "weightDecay": 0.01},
        lambda p: rmsprop(p, lr=0.005, alpha=0.99, momentum=0.8, weight_decay=0.01),
    ),
    (
        "Nadam with an L2 penalty",
        "nadam",
        {"learningRate": 0.01, "weightDecay": 0.05},
        # Without foreach, PyTorch 1.13 multiplies the product of the momenta once too often.
        lambda p: nadam(p, lr=0.01, weight_decay=0.05, foreach=True),
    ),
    (
        "Momentum as a moving average",
        "momentum",
        {"learningRate": 0.2, "beta": 0.8, "weightDecay": 0.01},
        average,
    ),
    (
        "SGD with decoupled decay",
        "sgdw",
        {"learningRate": 0.05, "momentum": 0.9, "weightDecay": 0.1},
        decoupled,
    ),
    (
        "RMSprop, ε inside the root",
        "rmsprop",
        {"learningRate": 0.01, "beta2": 0.9, "epsilon": 1e-6, "epsilonInside": 1},
        rmsprop_inside,
    ),
    (
        "Adam without bias correction",
        "adam",
        {"learningRate": 0.01, "biasCorrection": 0},
        adam_variant(correction=False, inside=False),
    ),
    (
        "Adam, β₂ = 0.98, ε inside the root",
        "adam",
        {"learningRate": 0.01, "beta2": 0.98, "epsilon": 1e-6, "epsilonInside": 1},
        adam_variant(correction=True, inside=True, beta2=0.98, epsilon=1e-6),
    ),
    (
        "Adam without bias correction, ε inside the root",
        "adam",
        {"learningRate": 0.01, "epsilonInside": 1, "biasCorrection": 0},
        adam_variant(correction=False, inside=True),
    ),
    (
        "Nadam, β₂ = 0.98, ε inside the root",
        "nadam",
        {"learningRate": 0.01, "beta2": 0.98, "epsilon": 1e-6, "epsilonInside": 1},
        nadam_inside,
    ),
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
        lion,
    ),
]


def add_l1(parameters):
    for parameter in parameters:
        parameter.grad += 0.02 * parameter.detach().sign()


def decay_classes(decays, parameters):
    for parameter in parameters:
        parameter.grad += torch.tensor(decays).reshape(-1, *[1] * (parameter.dim() - 1)) * parameter.detach()


def weighed(logits, labels):
    """Divided by the number of samples, not by the sum of their weights."""
    weights = torch.tensor([0.5, 1, 2, 0.25], dtype=torch.double)
    return cross_entropy(logits, labels, weight=weights, reduction="sum") / len(labels)


def unpenalized_bias(p):
    groups = [{"params": [p[0]], "weight_decay": 0.1}, {"params": [p[1]], "weight_decay": 0}]
    return sgd(groups, lr=0.05, momentum=0.9)


def plain(p):
    return sgd(p, lr=0.05, momentum=0.9)


PLAIN = ("sgd", {"learningRate": 0.05, "momentum": 0.9})
TOTAL = EPOCHS * PER_EPOCH
WATCHED = [1.0, 0.8, 0.81, 0.80005, 0.79999, 0.7, 0.7, 0.71, 0.7, 0.69, 0.7, 0.72, 0.7]


def scheduled(name, values, schedule, warm_up=0, watched=None):
    training = {"schedule": {"name": name, "values": values, "warmUp": warm_up}}
    training |= {} if watched is None else {"watched": watched}
    return (f"Schedule {name}", *PLAIN, training, by_torch(plain, schedule=schedule, watched=watched))


# Title, optimiser, its values, what else the training is given, and where it ends.
trainings = [
    (
        "Label smoothing",
        *PLAIN,
        {"loss": {"smoothing": 0.1}},
        by_torch(plain, lambda z, y: cross_entropy(z, y, label_smoothing=0.1)),
    ),
    ("Class weights", *PLAIN, {"loss": {"classWeights": [0.5, 1, 2, 0.25]}}, by_torch(plain, weighed)),
    (
        "Gradient clipping by norm",
        *PLAIN,
        {"regularization": {"clipNorm": 0.3}},
        by_torch(plain, change=lambda p: torch.nn.utils.clip_grad_norm_(p, 0.3)),
    ),
    (
        "Gradient clipping by value",
        *PLAIN,
        {"regularization": {"clipValue": 0.05}},
        by_torch(plain, change=lambda p: torch.nn.utils.clip_grad_value_(p, 0.05)),
    ),
    (
        "L1 penalty by its subgradient",
        *PLAIN,
        {"regularization": {"l1": 0.02, "l1Form": "subgradient"}},
        by_torch(plain, change=add_l1),
    ),
    (
        "No penalty on biases",
        "sgd",
        {"learningRate": 0.05, "momentum": 0.9, "weightDecay": 0.1},
        {"regularization": {"penalizeBiases": False}},
        by_torch(unpenalized_bias),
    ),
    (
        "Weight decay per class",
        *PLAIN,
        {"regularization": {"classDecay": [0, 0.01, 0.1, 0.5]}},
        by_torch(plain, change=lambda p: decay_classes([0, 0.01, 0.1, 0.5], p)),
    ),
    scheduled("constant", {}, None),
    scheduled("step", {"every": 3, "factor": 0.5}, lambda o: lr_scheduler.StepLR(o, 3, gamma=0.5)),
    scheduled("exponential", {"factor": 0.9}, lambda o: lr_scheduler.ExponentialLR(o, 0.9)),
    scheduled(
        "cosine",
        {"finalShare": 0.1},
        lambda o: lr_scheduler.CosineAnnealingLR(o, TOTAL, eta_min=0.005),
    ),
    scheduled(
        "oneCycle",
        {"rising": 0.3, "initialShare": 0.04, "finalShare": 4e-6},
        lambda o: lr_scheduler.OneCycleLR(o, 0.05, total_steps=TOTAL, cycle_momentum=False, final_div_factor=1e4),
    ),
    scheduled(
        "plateau",
        {"factor": 0.5, "patience": 2, "change": 1e-4},
        lambda o: lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=2),
        watched=WATCHED,
    ),
    (
        "Linear warm-up",
        *PLAIN,
        {"schedule": {"name": "constant", "values": {}, "warmUp": 2.5}},
        by_torch(plain, schedule=lambda o: lr_scheduler.LambdaLR(o, lambda t: min(1.0, (t + 1) / 10))),
    ),
]


def numbers(array):
    """Values of an array, those of binary32 exactly."""
    array = np.asarray(array)
    digits = 17 if array.dtype == np.float32 else 9
    return [float(f"{x:.{digits}g}") for x in array.ravel()]


trajectories = []
for title, name, values, make in runs:
    w, b = by_torch(make) if make.__name__ == "<lambda>" else written_out(make)
    trajectories.append(
        {"title": title, "optimizer": name, "values": values, "weight": numbers(w), "bias": numbers(b)}
    )

for title, name, values, training, (w, b) in trainings:
    trajectories.append(
        {
            "title": title,
            "optimizer": name,
            "values": values,
            "training": training,
            "weight": numbers(w),
            "bias": numbers(b),
        }
    )

fixture = {
    "peer": f"torch {torch.__version__}; numpy {np.__version__} for what it lacks",
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
