"""Learning rates of every schedule by PyTorch, at learning rate 1."""

import json
from pathlib import Path

import torch

EPOCHS, STEPS_PER_EPOCH = 12, 5
TOTAL = EPOCHS * STEPS_PER_EPOCH
# Falls, rises, stands still: meets reductions, a rest, and a late improvement.
WATCHED = [1.0, 0.8, 0.81, 0.80005, 0.79999, 0.7, 0.7, 0.71, 0.7, 0.69, 0.7, 0.72]
lr = torch.optim.lr_scheduler


def rates(make, by_epoch=False, metric=None):
    parameter = torch.nn.Parameter(torch.zeros(1, dtype=torch.double))
    optimizer = torch.optim.SGD([parameter], lr=1.0)
    scheduler = make(optimizer)
    seen = []
    for epoch in range(EPOCHS):
        for _ in range(STEPS_PER_EPOCH):
            seen.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if not by_epoch:
                scheduler.step()
        if by_epoch:
            scheduler.step(*([] if metric is None else [metric[epoch]]))
    return [float(f"{rate:.12e}") for rate in seen]


cases = [
    ("constant", {}, rates(lambda o: lr.ConstantLR(o, factor=1.0))),
    ("step", {"every": 5, "factor": 0.1}, rates(lambda o: lr.StepLR(o, 5, gamma=0.1), by_epoch=True)),
    ("exponential", {"factor": 0.8}, rates(lambda o: lr.ExponentialLR(o, 0.8), by_epoch=True)),
    ("cosine", {"finalShare": 0.1}, rates(lambda o: lr.CosineAnnealingLR(o, TOTAL, eta_min=0.1))),
    (
        "oneCycle",
        {"rising": 0.3, "initialShare": 0.04, "finalShare": 4e-6},
        rates(lambda o: lr.OneCycleLR(o, 1.0, total_steps=TOTAL, cycle_momentum=False)),
    ),
    (
        "plateau",
        {"factor": 0.5, "patience": 2, "change": 1e-4},
        rates(lambda o: lr.ReduceLROnPlateau(o, factor=0.5, patience=2), by_epoch=True, metric=WATCHED),
    ),
]
warm = rates(lambda o: lr.LambdaLR(o, lambda t: min(1.0, (t + 1) / 7.5)))

fixture = {
    "versions": {"torch": torch.__version__},
    "epochs": EPOCHS,
    "stepsPerEpoch": STEPS_PER_EPOCH,
    "watched": WATCHED,
    "schedules": [{"name": n, "values": v, "rates": r} for n, v, r in cases],
    "warmUp": {"epochs": 1.5, "rates": warm},
}
path = Path(__file__).with_name("schedules.json")
path.write_text(json.dumps(fixture, indent=1) + "\n")
