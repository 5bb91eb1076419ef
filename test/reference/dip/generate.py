"""Dips of samples from the Python package diptest (the corrected AS 217 in C).

    python generate.py    writes expected.json beside this file; needs diptest, numpy
"""
import json
from pathlib import Path

import diptest
import numpy as np

rng = np.random.default_rng(3)
samples = {
    "two points": [0.0, 1.0],
    "one value": [2.0] * 5,
    "two values": [0.0] * 6 + [1.0] * 4,
    "two lumps": [1, 2, 3, 4, 10, 11, 12],
    "a grid": list(range(20)),
    "uniform": rng.random(100),
    "normal": rng.normal(size=200),
    "exponential": rng.exponential(size=150),
    "two normals": np.concatenate([rng.normal(size=120), rng.normal(5, 1, size=60)]),
    "three normals": np.concatenate([rng.normal(c, 1, size=50) for c in (0, 6, 12)]),
    "a small second mode": np.concatenate([rng.normal(size=190), rng.normal(9, 0.5, size=10)]),
    "counts": rng.poisson(3, size=120),
    "rounded": np.round(rng.normal(size=150), 1),
    **{f"short {n}": rng.normal(size=n) for n in range(3, 12)},
    **{f"mixed {i}": np.concatenate([rng.gamma(1 + i % 3, 1, size=30 + i), rng.normal(3 * (i % 4), 0.3, size=10 + i)]) for i in range(12)},
}
cases = []
for name, sample in samples.items():
    values = np.sort(np.asarray(sample, dtype=float))
    cases.append({"name": name, "values": values.tolist(), "dip": float(diptest.dipstat(values, allow_zero=False))})
content = {"source": f"diptest {diptest.__version__}, numpy {np.__version__}", "cases": cases}
(Path(__file__).parent / "expected.json").write_text(json.dumps(content) + "\n")
