"""The protocol of protocol.ts in PyTorch, on the same embeddings and partition: JSON of what came out."""

import csv
import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

case = json.loads(sys.argv[1])


def read_embeddings(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        begin = file.tell()
        entry = header["x"]
        first, last = entry["data_offsets"]
        file.seek(begin + first)
        return np.frombuffer(file.read(last - first), np.float32).reshape(entry["shape"])


def column(path, name):
    with open(path, newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


x = torch.tensor(read_embeddings(case["embeddings"]))
names = json.load(open(case["classes"]))["names"]
y = torch.tensor([names.index(label) for label in column(case["samples"], "label")])
partition = np.array(column(case["partition"], "partition"))
train = torch.tensor(np.flatnonzero(partition == "train"))
test = torch.tensor(np.flatnonzero(partition == "test"))
x_train, y_train, x_test, y_test = x[train], y[train], x[test], y[test]


def run(decay, epochs=case["epochs"]):
    torch.manual_seed(1)
    layer = torch.nn.Linear(x.shape[1], len(names))
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1, momentum=0.9, weight_decay=decay)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 30, gamma=0.1)
    for _ in range(epochs):
        order = torch.randperm(len(train))
        for begin in range(0, len(train), 256):
            rows = order[begin : begin + 256]
            loss = F.cross_entropy(layer(x_train[rows]), y_train[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scheduler.step()
    with torch.no_grad():
        logits = layer(x_test)
        accuracy = (logits.argmax(1) == y_test).double().mean().item()
        return accuracy, F.cross_entropy(logits.double(), y_test).item()


seconds = {}
for threads in sorted({1, os.cpu_count() or 1}):
    torch.set_num_threads(threads)
    started = time.perf_counter()
    run(0, 3)
    seconds[threads] = time.perf_counter() - started
best = min(seconds, key=seconds.get)
torch.set_num_threads(best)
started = time.perf_counter()
results = [run(decay) for decay in case["decays"]]
print(
    json.dumps(
        {
            "version": torch.__version__,
            "results": {
                "threads": best,
                "seconds": time.perf_counter() - started,
                "accuracy": [accuracy for accuracy, _ in results],
                "loss": [loss for _, loss in results],
            },
        }
    )
)
