"""Quantiles and the incomplete beta function by SciPy, Wilson intervals by SciPy, and the printed ones of Newcombe (1998),
for test/numeric/special-functions.test.ts.

    python generate.py    writes expected.json beside this file; needs scipy (1.17)
"""

import json
import pathlib

from scipy import special, stats

expected = {
    "normal": [{"p": p, "quantile": float(stats.norm.ppf(p))} for p in [1e-300, 1e-30, 1e-6, 0.025, 0.05, 0.1, 0.5, 0.6, 0.93, 0.975, 0.9995, 1 - 1e-10]],
    "studentT": [
        {"tail": tail, "degrees": degrees, "quantile": float(stats.t.isf(tail, degrees))}
        for tail in [1e-6, 5e-4, 0.005, 0.025, 0.05, 0.3, 0.5]
        for degrees in [0.7, 1, 1.5, 2, 3.25, 7, 30, 120.5, 999, 1001, 5000, 1e6]
    ],
    "beta": [
        {"x": x, "a": a, "b": b, "value": float(special.betainc(a, b, x))}
        for x, a, b in [(0, 2, 3), (1, 2, 3), (0.3, 2, 3), (0.01, 0.5, 0.5), (0.999, 40, 0.5), (0.5, 30, 33), (0.5, 5000, 5100), (0.2, 1e-3, 4), (0.5, 5e5, 500500)]
    ],
    "logGamma": [{"x": x, "value": float(special.gammaln(x))} for x in [1e-8, 0.1, 0.5, 1, 1.5, 2, 3.5, 14.9, 15, 15.1, 100, 1e6]],
    "wilson": [
        {"count": count, "total": total, "confidence": confidence, "interval": [float(b) for b in stats.binomtest(count, total).proportion_ci(confidence, "wilson")]}
        for count, total in [(0, 1), (1, 1), (0, 20), (3, 20), (20, 20), (500, 1234), (1, 100000)]
        for confidence in [0.8, 0.95, 0.99]
    ],
    # Newcombe (1998), Statistics in Medicine 17, 873-890, Table II, method 10: printed to four digits.
    "newcombe": [
        {"counts": [56, 70, 48, 80], "interval": [0.0524, 0.3339]},
        {"counts": [9, 10, 3, 10], "interval": [0.1705, 0.8090]},
        {"counts": [6, 7, 2, 7], "interval": [0.0582, 0.8062]},
        {"counts": [5, 56, 0, 29], "interval": [-0.0381, 0.1926]},
        {"counts": [0, 10, 0, 20], "interval": [-0.1611, 0.2775]},
        {"counts": [10, 10, 0, 20], "interval": [0.6791, 1.0]},
        {"counts": [10, 10, 0, 10], "interval": [0.6075, 1.0]},
    ],
}
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps(expected) + "\n")
