"""The operations between dense layers by PyTorch, forward and backward: activations, batch
normalisation with its moving averages, convolutions, pooling.

All in binary64, and rounded to nine digits, so that every machine writes the same file. Images are
written channels last, and a convolution's weights as rows of patches, as `core/ops.ts` has them.
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.double)
draw = np.random.RandomState(1)


def short(*shape, parts=64):
    """Normal numbers as multiples of 1/parts: exact in binary32, and few digits."""
    return torch.tensor(np.round(draw.normal(size=shape) * parts) / parts)


def array(tensor):
    data = tensor.detach().numpy()
    return {"shape": list(data.shape), "data": [float(f"{x:.9g}") for x in data.ravel()]}


def case(title, operation, options, inputs, expected):
    return {
        "title": title,
        "operation": operation,
        "options": options,
        "inputs": {name: array(value) for name, value in inputs.items()},
        "expected": {name: array(value) for name, value in expected.items()},
    }


def channels_last(images):
    return images.permute(0, 2, 3, 1)


def channels_first(images):
    return images.permute(0, 3, 1, 2)


def gradients(output, output_gradient, **inputs):
    found = torch.autograd.grad(output, list(inputs.values()), output_gradient)
    return {f"{name}Gradient": gradient for name, gradient in zip(inputs, found)}


def activation(options, function):
    # Zero, where some have a kink; the tails of both sides; what lies between.
    ends = torch.tensor([0.0, 1, -1, 4, -4, 6, -6, 9, -9, 20, -20])
    x = torch.cat([ends, short(53) * 2]).reshape(8, 8).requires_grad_()
    g = short(8, 8)
    y = function(x)
    expected = {"output": y, **gradients(y, g, input=x)}
    return case(options["kind"], "activation", options, {"input": x, "outputGradient": g}, expected)


def window_of(size, stride, padding):
    return {"size": size, "stride": stride, "padding": padding}


def convolution(n, image, outputs, window):
    x = short(n, *image).requires_grad_()
    weight = short(outputs, image[2], *window["size"]).requires_grad_()
    bias = short(outputs).requires_grad_()
    where = {"stride": window["stride"], "padding": window["padding"]}
    y = F.conv2d(channels_first(x), weight, bias, **where)
    g = short(*channels_last(y).shape)
    found = gradients(channels_last(y), g, input=x, weight=weight, bias=bias)

    def rows(weights):
        return channels_last(weights).reshape(outputs, -1)

    found["weightGradient"] = rows(found["weightGradient"])
    inputs = {"input": x, "weight": rows(weight), "bias": bias, "outputGradient": g}
    expected = {"output": channels_last(y), **found}
    title = f"a convolution {describe(image, window)}"
    return case(title, "convolution", window, inputs, expected)


def describe(image, window):
    pairs = [f"{key} {a}×{b}" for key, (a, b) in window.items()]
    return f"of {'×'.join(map(str, image))}, " + ", ".join(pairs)


def pooling(kind, n, image, window):
    """What lies beyond the image counts in a mean, and not in a maximum: PyTorch's defaults."""
    # Halves, so that there are ties.
    x = short(n, *image, parts=2).requires_grad_()
    sizes = [window["size"], window["stride"], window["padding"]]
    pool = F.max_pool2d if kind == "max" else F.avg_pool2d
    y = channels_last(pool(channels_first(x), *sizes))
    g = short(*y.shape)
    expected = {"output": y, **gradients(y, g, input=x)}
    title = f"{kind} pooling {describe(image, window)}"
    return case(title, f"{kind}Pool", window, {"input": x, "outputGradient": g}, expected)


def normalization(title, make, shape):
    """Two batches in training, so that the averages move twice, then one that is evaluated."""
    channels = shape[-1]
    epsilon, rate = 1e-3, 0.1
    layer = make(channels, eps=epsilon, momentum=rate)
    start = {
        "scale": short(channels),
        "shift": short(channels),
        "averageMean": short(channels),
        "averageVariance": short(channels) ** 2,
    }
    names = ["weight", "bias", "running_mean", "running_var"]
    layer.load_state_dict(dict(zip(names, start.values())), strict=False)
    first, second = (short(*shape) * 2 + 1 for _ in range(2))
    second.requires_grad_()
    g = short(*shape)
    # What PyTorch calls channels is the second axis.
    to, back = (channels_first, channels_last) if len(shape) == 4 else ((lambda x: x), (lambda x: x))
    layer(to(first))
    y = back(layer(to(second)))
    expected = {
        "output": y,
        **gradients(y, g, input=second, scale=layer.weight, shift=layer.bias),
        "averageMean": layer.running_mean,
        "averageVariance": layer.running_var,
    }
    layer.eval()
    expected["evaluated"] = back(layer(to(first)))
    inputs = {"first": first, "second": second, "outputGradient": g, **start}
    return case(title, "normalization", {"epsilon": epsilon, "rate": rate}, inputs, expected)


plain = window_of([3, 3], [1, 1], [0, 0])
same = window_of([5, 3], [1, 1], [2, 1])
strided = window_of([2, 3], [2, 1], [1, 0])
sparse = window_of([1, 2], [3, 3], [0, 1])
halves = window_of([2, 2], [2, 2], [0, 0])
overlapping = window_of([3, 2], [2, 1], [1, 1])
whole = window_of([5, 6], [1, 1], [0, 0])

cases = [
    activation({"kind": "sigmoid"}, torch.sigmoid),
    activation({"kind": "tanh"}, torch.tanh),
    activation({"kind": "relu"}, F.relu),
    activation({"kind": "leakyRelu", "slope": 0.125}, lambda x: F.leaky_relu(x, 0.125)),
    activation({"kind": "elu", "alpha": 0.75}, lambda x: F.elu(x, 0.75)),
    activation({"kind": "gelu"}, F.gelu),
    *(convolution(2, image, 3, window) for image, window in [
        ((5, 6, 1), plain),
        ((5, 6, 2), same),
        ((7, 5, 4), strided),
        ((4, 7, 5), sparse),
    ]),
    *(pooling(kind, 2, (5, 6, channels), window) for kind in ["max", "average"] for channels, window in [
        (1, halves),
        (3, overlapping),
        (4, halves),
        (5, whole),
    ]),
    normalization("batch normalisation of vectors", nn.BatchNorm1d, (7, 5)),
    normalization("batch normalisation of images", nn.BatchNorm2d, (3, 4, 2, 3)),
]

lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in cases)
text = f'{{\n"peer": {json.dumps(f"torch {torch.__version__}")},\n"cases": [\n{lines}\n]\n}}\n'
Path(__file__).with_name("layers.json").write_text(text, encoding="utf-8")
