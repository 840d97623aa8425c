"""Values of elementary functions to 160 bits, each as a binary64 number and what it lacks."""

import json
import math
import random
import re
import struct
from pathlib import Path

import mpmath

mpmath.mp.prec = 160
draw = random.Random(1)
COUNT = 50


def single(x):
    """x rounded to binary32."""
    return struct.unpack("<f", struct.pack("<f", x))[0]


def uniform(low, high):
    return [draw.uniform(low, high) for _ in range(COUNT)]


near_one = uniform(0.6, 1.5)
wide = [math.ldexp(draw.uniform(1, 2), draw.randrange(-1074, 1023)) for _ in range(COUNT)]
angles = uniform(-7, 7) + uniform(-(2**20), 2**20) + [k * math.pi / 2 for k in range(1, 40)]
inputs = {
    "exp": (mpmath.exp, [(x,) for x in uniform(-708, 709) + uniform(-1, 1)]),
    "log": (mpmath.log, [(x,) for x in near_one + wide]),
    "sin": (mpmath.sin, [(x,) for x in angles]),
    "cos": (mpmath.cos, [(x,) for x in angles]),
    "atan2": (
        mpmath.atan2,
        [(y, x * draw.choice((1e-3, 1, 1e3))) for y, x in zip(uniform(-1, 1), uniform(-1, 1))],
    ),
    "exp32": (mpmath.exp, [(single(x),) for x in uniform(-87.3, 0) + uniform(-1, 88)]),
    "log32": (
        mpmath.log,
        [(single(x),) for x in near_one + uniform(1, 1000)]
        + [(math.ldexp(draw.randrange(1, 2**20), draw.randrange(-149, 100)),) for _ in range(COUNT)],
    ),
}

for name, function in {"tanh32": mpmath.tanh, "erf32": mpmath.erf}.items():
    inputs[name] = (function, [(single(x),) for x in uniform(-1, 1) + uniform(-4, 4) + uniform(-0.1, 0.1)])

fixture = {"peer": f"mpmath {mpmath.__version__}", "functions": {}}
for name, (function, points) in inputs.items():
    rows = []
    for point in points:
        exact = function(*map(mpmath.mpf, point))
        rows.append([*point, float(exact), float(exact - mpmath.mpf(float(exact)))])
    fixture["functions"][name] = rows

text = json.dumps(fixture, indent=2)
rows_in_lines = re.sub(r"\[\s+([^\[\]]+?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", text)
Path(__file__).with_name("elementary.json").write_text(rows_in_lines + "\n")
