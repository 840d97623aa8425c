"""PyTorch's times for the cases of the kernels, given as JSON, on so many threads: JSON as kernels_peers.ts takes it."""

import json
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
torch.set_num_threads(int(sys.argv[2]))
results = {}
for case in json.loads(sys.argv[1]):
    if case["kind"] == "step":
        run = step(case["m"], case["p"], case["n"], case["steps"])
        results[case["name"]] = sample(run, case["steps"])
    else:
        with torch.no_grad():
            results[case["name"]] = sample(product(case["kind"], case["m"], case["n"], case["p"]))
print(json.dumps({"version": torch.__version__, "results": results}))
