"""PyTorch's seconds for the sweep of decays.ts: JSON by number of threads."""

import json
import os
import sys
import time

import torch
import torch.nn.functional as F

case = json.loads(sys.argv[1])
torch.manual_seed(1)
features = torch.rand(case["samples"], case["dimension"]) * 2 - 1
labels = torch.randint(case["classes"], (case["samples"],))
features[torch.arange(case["samples"]), labels] += 2


def train(decay, epochs):
    layer = torch.nn.Linear(case["dimension"], case["classes"])
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1, momentum=0.9, weight_decay=decay)
    for _ in range(epochs):
        order = torch.randperm(case["samples"])
        for begin in range(0, case["samples"], 256):
            rows = order[begin : begin + 256]
            loss = F.cross_entropy(layer(features[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


def sweep(decays):
    started = time.perf_counter()
    for decay in decays:
        train(decay, case["epochs"])
    return time.perf_counter() - started


results = {}
for threads in sorted({1, os.cpu_count() or 1}):
    torch.set_num_threads(threads)
    # A setting that is far behind after one training is not worth the rest.
    first = sweep(case["decays"][:1])
    if results and first * len(case["decays"]) > 2 * min(map(min, results.values())):
        continue
    results[threads] = [sweep(case["decays"]) for _ in range(3)]
print(json.dumps({"version": torch.__version__, "results": results}))
