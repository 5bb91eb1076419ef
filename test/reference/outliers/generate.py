"""Limits of outliers by NumPy, SciPy and the exact fractions of Python's statistics module.

    python generate.py    writes expected.json beside this file; needs numpy and scipy

iqr and quantile: numpy.quantile, method "linear" (type 7). z: statistics.mean and statistics.stdev, which work with exact fractions.
mad: scipy.stats.median_abs_deviation with scale="normal"; where it is 0, sqrt(pi/2) times the mean absolute deviation from the median.
The outliers are found by scores and not by the limits, where SciPy has them.
"""
import json
import math
import pathlib
import statistics

import numpy as np
from scipy import stats

rng = np.random.default_rng(20261101)


def zero_inflated(n, share, sigma=1.2):
    return np.where(rng.random(n) < share, 0, rng.lognormal(3, sigma, n).round(2))


DATA = {
    "normal": rng.normal(50, 12, 400).round(4),
    "normal with gross errors": np.concatenate([rng.normal(50, 12, 300).round(3), [999, -400, 5000, 0, 260]]),
    "amounts with a long tail": rng.lognormal(4, 1.1, 500).round(2),
    "spend, 60 % zeros": zero_inflated(300, 0.6),
    "spend, 85 % zeros": zero_inflated(300, 0.85),
    "spend, 99.5 % zeros": np.concatenate([np.zeros(398), [12.5, 80]]),
    "ratings": rng.integers(1, 6, 240).astype(float),
    "counts": rng.poisson(2, 350).astype(float),
    "one frequent value": np.array([7.0] * 30 + [6.0, 8.0, 7.5, 100.0]),
    "far from zero": 1e9 + rng.normal(0, 0.01, 250),
    "far from zero, tied": 1e9 + rng.integers(0, 4, 250) / 8,
    "large": rng.lognormal(0, 2, 80) * 1e200,
    "small": rng.lognormal(0, 2, 80) * 1e-200,
    "negative": -rng.lognormal(2, 1, 90).round(3),
    "all equal": np.full(25, 0.1),
    "two values": np.array([3.0, 9.0]),
    "three values": np.array([1.0, 2.0, 500.0]),
    "four values": np.array([0.0, 0.0, 0.0, 8.0]),
    "five values": np.array([1.0, 1.5, 2.0, 2.5, 400.0]),
    "ten values, one far off": np.array([1.0] * 9 + [1e6]) + np.arange(10) / 100,
    "eleven values, one far off": np.array([1.0] * 10 + [1e6]) + np.arange(11) / 100,
}


def outside(values, low, high):
    return [i for i, value in enumerate(values) if value < low or value > high]


def by_score(scores, factor):
    return [i for i, score in enumerate(scores) if abs(score) > factor]


def case(name, rule, status, limits, outliers):
    low, high = limits
    return {"data": name, "rule": rule, "status": status, "low": low, "high": high, "outliers": outliers}


def fitted(name, values, rule, status, middle, reach, back=lambda x: x, outliers=None):
    low, high = back(float(middle[0] - reach)), back(float(middle[1] + reach))
    return case(name, rule, status, (low, high), outside(values, low, high) if outliers is None else outliers)


def without(name, rule, status):
    return case(name, rule, status, (None, None), [])


def cases_of(name, values):
    n = len(values)
    logs = [False] + ([True] if values.min() >= 0 else [])
    for log in logs:
        x = np.log1p(values) if log else values
        back = math.expm1 if log else (lambda limit: limit)
        extra = {"logScale": True} if log else {}

        for factor in (1.5, 3.0):
            rule = {"method": "iqr", "factor": factor, **extra}
            q1, q3 = np.quantile(x, [0.25, 0.75], method="linear")
            if n == 2 or n == 3 or (n == 4 and factor >= 3):
                yield without(name, rule, "tooFewValues")
            elif q1 == q3:
                yield without(name, rule, "noSpread")
            else:
                yield fitted(name, values, rule, "fitted", (q1, q3), factor * (q3 - q1), back)

        for factor in (3.0, 2.0):
            rule = {"method": "z", "factor": factor, **extra}
            if (n - 1) / math.sqrt(n) <= factor:
                yield without(name, rule, "tooFewValues")
            elif x.min() == x.max():
                yield without(name, rule, "noSpread")
            else:
                exact = [float(value) for value in x]
                mean, sd = statistics.mean(exact), statistics.stdev(exact)
                # SciPy's own scores, where its sums of squares stay in the range of doubles.
                scores = by_score(stats.zscore(x, ddof=1), factor) if 1e-100 < np.abs(x).max() < 1e100 else None
                yield fitted(name, values, rule, "fitted", (mean, mean), factor * sd, back, scores)

        rule = {"method": "mad", "factor": 3.5, **extra}
        median, mad = np.median(x), stats.median_abs_deviation(x, scale="normal")
        if n == 2:
            yield without(name, rule, "tooFewValues")
        elif x.min() == x.max():
            yield without(name, rule, "noSpread")
        elif mad > 0:
            yield fitted(name, values, rule, "fitted", (median, median), 3.5 * mad, back, by_score((x - median) / mad, 3.5))
        else:
            spread = math.sqrt(math.pi / 2) * math.fsum(abs(x - median)) / n
            yield fitted(name, values, rule, "meanDeviation", (median, median), 3.5 * spread, back, by_score((x - median) / spread, 3.5))

    for lower, upper in ((0.01, 0.99), (0.1, 0.75)):
        rule = {"method": "quantile", "lower": lower, "upper": upper}
        low, high = (float(limit) for limit in np.quantile(values, [lower, upper], method="linear"))
        yield without(name, rule, "noSpread") if low == high else case(name, rule, "fitted", (low, high), outside(values, low, high))


cases = [entry for name, values in DATA.items() for entry in cases_of(name, values)]
result = {"data": {name: values.tolist() for name, values in DATA.items()}, "cases": cases}
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps(result, allow_nan=False) + "\n")
