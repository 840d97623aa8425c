"""PyTorch's times for the operations of kernels.ts, in milliseconds: JSON by name and threads."""

import json
import os
import statistics
import sys
import time

import torch
import torch.nn.functional as F

BUDGET = 0.5  # seconds for an operation


def sample(run, times=1):
    for _ in range(5):
        run()
    taken = []
    begin = time.perf_counter()
    while len(taken) < 5 or time.perf_counter() - begin < BUDGET:
        started = time.perf_counter()
        run()
        taken.append((time.perf_counter() - started) * 1000 / times)
    return {"median": statistics.median(taken), "least": min(taken)}


def product(kind, m, n, p):
    a = torch.randn(p, m).t() if kind == "TN" else torch.randn(m, p)
    b = torch.randn(n, p).t() if kind == "NT" else torch.randn(p, n)
    out = torch.empty(m, n)
    return lambda: torch.mm(a, b, out=out)


def step(batch, inputs, classes, steps):
    features = torch.randn(batch * steps, inputs)
    labels = torch.randint(classes, (batch * steps,))
    layer = torch.nn.Linear(inputs, classes)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.01, momentum=0.9)
    order = torch.randperm(batch * steps)

    def epoch():
        for i in range(steps):
            rows = order[i * batch : (i + 1) * batch]
            loss = F.cross_entropy(layer(features[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    return epoch


torch.manual_seed(1)
results = {}
for case in json.loads(sys.argv[1]):
    by_threads = {}
    for threads in sorted({1, os.cpu_count() or 1}):
        torch.set_num_threads(threads)
        if case["kind"] == "step":
            run = step(case["m"], case["p"], case["n"], case["steps"])
            by_threads[threads] = sample(run, case["steps"])
        else:
            with torch.no_grad():
                by_threads[threads] = sample(product(case["kind"], case["m"], case["n"], case["p"]))
    results[case["name"]] = by_threads
print(json.dumps({"version": torch.__version__, "results": results}))
