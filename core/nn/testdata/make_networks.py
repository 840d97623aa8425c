"""Trainings of small networks by PyTorch: activations, batch normalisation, dropout, convolutions.

All in binary64, and rounded to nine digits, so that every machine writes the same file. Dropout's
masks are those of `core/random/dropout_mask.ts`, computed here from the paper of Philox.
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

SAMPLES, CLASSES, BATCH, STEPS = 24, 4, 6, 40
torch.set_num_threads(1)
torch.set_default_dtype(torch.double)
draw = np.random.RandomState(1)


def short(*shape):
    """Normal numbers as multiples of 1/64: exact, and few digits."""
    return np.round(draw.normal(size=shape) * 64) / 64


labels = draw.randint(0, CLASSES, SAMPLES)
order = np.concatenate([draw.permutation(SAMPLES) for _ in range(STEPS * BATCH // SAMPLES)])
vectors = short(SAMPLES, 7)
vectors[np.arange(SAMPLES), labels] += 1
images = short(SAMPLES, 6, 7, 2)
images[np.arange(SAMPLES), labels + 1, :, 0] += 1

# Keys of stream(1, "dropout").sub(2) and .sub(5), least significant word first.
KEYS = {2: (3974552094, 3187043901), 5: (920429511, 2108495027)}


def philox(counter, key):
    """Philox4x32-10 (Salmon et al. 2011)."""
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & 0xFFFFFFFF, (a >> 32) ^ c[3] ^ k[1], a & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


class MaskedDropout(nn.Module):
    """Dropout whose masks are given by a key and the number of the step."""

    def __init__(self, rate, key):
        super().__init__()
        self.rate, self.key, self.step = rate, key, 0

    def forward(self, x):
        if not self.training:
            return x
        self.step += 1
        threshold = int(self.rate * 2**32)
        words = [philox((e, self.step, 2, 0), self.key) for e in range(-(-x.numel() // 4))]
        kept = torch.tensor(words).flatten()[: x.numel()] >= threshold
        return x * kept.reshape(x.shape) / (1 - self.rate)


ACTIVATIONS = {
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "relu": nn.ReLU,
    "leakyRelu": lambda: nn.LeakyReLU(0.1),
    "elu": lambda: nn.ELU(alpha=0.7),
    "gelu": nn.GELU,
}
NUMBERS = {"leakyRelu": {"slope": 0.1}, "elu": {"alpha": 0.7}}


def activated(layer, norm, description):
    norms = [norm] if description.get("batchNorm") else []
    return [layer, *norms, ACTIVATIONS[description["activation"]["kind"]]()]


def dense_blocks(layers, inputs, description):
    rate = description.get("dropout", 0)
    for width in description["hidden"]:
        layers += activated(nn.Linear(inputs, width), nn.BatchNorm1d(width), description)
        if rate > 0:
            layers.append(MaskedDropout(rate, KEYS[len(layers)]))
        inputs = width
    return nn.Sequential(*layers, nn.Linear(inputs, CLASSES))


def mlp(description):
    return dense_blocks([], vectors.shape[1], description)


def cnn(description):
    layers, (height, width, channels) = [], images.shape[1:]
    pool = nn.MaxPool2d if description["pooling"] == "max" else nn.AvgPool2d
    size = description["kernel"]
    for outputs in description["channels"]:
        convolution = nn.Conv2d(channels, outputs, size, padding=size // 2)
        layers += activated(convolution, nn.BatchNorm2d(outputs), description) + [pool(2)]
        height, width, channels = height // 2, width // 2, outputs
    return dense_blocks(layers + [nn.Flatten()], height * width * channels, description)


def numbers(array):
    return [float(f"{x:.9g}") for x in np.ravel(array)]


def state(model):
    return {
        name: {"shape": list(value.shape), "data": numbers(value.numpy())}
        for name, value in model.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }


def run(title, description, optimizer, values, make):
    model = {"mlp": mlp, "cnn": cnn}[description["name"]](description)
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if not name.endswith("num_batches_tracked"):
                start = short(*value.shape) / 2
                value.copy_(torch.tensor(np.abs(start) + 1 if "var" in name else start))
    first = state(model)
    if description["name"] == "cnn":
        x = torch.tensor(images).permute(0, 3, 1, 2)
    else:
        x = torch.tensor(vectors)
    y = torch.tensor(labels)
    steps = make(model.parameters())
    for step in range(STEPS):
        rows = order[step * BATCH : (step + 1) * BATCH]
        steps.zero_grad()
        nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
        steps.step()
    model.eval()
    with torch.no_grad():
        probabilities = torch.softmax(model(x), 1)
    return {
        "title": title,
        "head": description,
        "optimizer": optimizer,
        "values": values,
        "first": first,
        "last": state(model),
        "probabilities": numbers(probabilities.numpy()),
    }


def sgd(parameters):
    return torch.optim.SGD(parameters, lr=0.05, momentum=0.9)


def adam(parameters):
    return torch.optim.Adam(parameters, lr=0.01)


SGD, ADAM = ("sgd", {"learningRate": 0.05, "momentum": 0.9}, sgd), ("adam", {"learningRate": 0.01}, adam)
relu, tanh = {"kind": "relu"}, {"kind": "tanh"}
runs = [
    run(
        f"an MLP with {kind}",
        {"name": "mlp", "hidden": [6, 5], "activation": {"kind": kind, **NUMBERS.get(kind, {})}},
        *ADAM,
    )
    for kind in ACTIVATIONS
]
runs += [
    # With Adam, the bias before a normalisation would follow the noise of a gradient that is 0.
    run(
        "an MLP with batch normalisation",
        {"name": "mlp", "hidden": [6, 5], "activation": tanh, "batchNorm": True},
        *SGD,
    ),
    run(
        "an MLP with dropout",
        {"name": "mlp", "hidden": [6, 5], "activation": relu, "dropout": 0.4},
        *ADAM,
    ),
    run(
        "a CNN with max pooling",
        {"name": "cnn", "channels": [3, 4], "kernel": 3, "pooling": "max", "hidden": [5], "activation": relu},
        *ADAM,
    ),
    run(
        "a CNN with average pooling and batch normalisation",
        {
            "name": "cnn",
            "channels": [3],
            "kernel": 5,
            "pooling": "average",
            "hidden": [6],
            "activation": tanh,
            "batchNorm": True,
        },
        *SGD,
    ),
]

fixture = {
    "peer": f"torch {torch.__version__}",
    "classes": CLASSES,
    "batchSize": BATCH,
    "labels": labels.tolist(),
    "order": order.tolist(),
    "vectors": {"shape": list(vectors.shape), "data": numbers(vectors)},
    "images": {"shape": list(images.shape), "data": numbers(images)},
    "keys": {str(layer): key for layer, key in KEYS.items()},
}
lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in fixture.items()]
lines.append('"runs": [\n' + ",\n".join(json.dumps(one) for one in runs) + "\n]")
Path(__file__).with_name("networks.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
