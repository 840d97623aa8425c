"""PyTorch's epochs for mlp.ts: seconds and test accuracies by seed."""

import gzip
import json
import sys
import time

import numpy
import torch
import torch.nn.functional as F

case = json.loads(sys.argv[1])
torch.set_num_threads(case["threads"])


def read(name, offset):
    with gzip.open(f"{case['folder']}/{name}-ubyte.gz") as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=offset)


def part(name):
    images = read(f"{name}-images-idx3", 16).reshape(-1, 784).astype("float32") / 255
    return torch.from_numpy(images), torch.from_numpy(read(f"{name}-labels-idx1", 8).astype("int64"))


features, labels = part("train")
test_features, test_labels = part("t10k")
widths = [784, 512, 256, 128, 64, 10]
seconds, accuracies = [], []
for seed in case["seeds"]:
    torch.manual_seed(seed)
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.Adam(model.parameters())
    order = torch.randperm(case["trained"])
    started = time.perf_counter()
    for begin in range(0, case["trained"], 32):
        rows = order[begin : begin + 32]
        loss = F.cross_entropy(model(features[rows]), labels[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    seconds.append(time.perf_counter() - started)
    with torch.no_grad():
        right = (model(test_features).argmax(1) == test_labels).float().mean().item()
    accuracies.append(right)
print(json.dumps({"version": torch.__version__, "results": {"seconds": seconds, "accuracies": accuracies}}))
