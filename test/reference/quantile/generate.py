"""Quantiles by NumPy's "linear" method (type 7 of Hyndman and Fan).

    python generate.py    writes expected.json beside this file; needs numpy
"""
import json
import pathlib

import numpy as np

rng = np.random.default_rng(7)
shapes = [
    [3.0],
    [1.0, 2.0],
    [5.0, 5.0, 5.0, 5.0],
    rng.normal(size=11).round(6).tolist(),
    rng.lognormal(3, 2, size=40).round(6).tolist(),
    rng.integers(0, 4, size=25).astype(float).tolist(),
    [-1e300, 0.0, 1e300],
]
ps = [0.0, 0.01, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.999, 1.0]
cases = [{"values": values, "p": p, "quantile": float(np.quantile(values, p, method="linear"))} for values in shapes for p in ps]
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps(cases) + "\n")
