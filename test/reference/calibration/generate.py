"""Calibration, its curves and its measures, for test/evaluation, test/churn/calibrate and test/numeric/isotonic.test.ts.

    python generate.py    writes expected.json beside this file; reads ../evaluation/telco-out-of-fold.csv

- isotonic regression, and CORP's decomposition made of it: scikit-learn's IsotonicRegression (R's reliabilitydiag was not at hand)
- Wilson bounds: statsmodels' proportion_confint; bins by SciPy's rankdata (the mean rank of a value says its bin)
- the mean absolute deviation of a Poisson-binomial count: NumPy's convolutions of the rows' two-point distributions, in full
- Platt's calibration: Newton's method in mpmath with 40 digits on Platt's corrected targets; scikit-learn's _sigmoid_calibration (which stops earlier)
  is compared here to 1e-3
- temperature: the root of the likelihood's derivative by mpmath
- normal tails: mpmath
"""

import csv
import json
from pathlib import Path

import mpmath as mp
import numpy as np
import scipy
import sklearn
import statsmodels
from scipy.special import expit, logit
from scipy.stats import rankdata
from sklearn.calibration import _sigmoid_calibration
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss
from statsmodels.stats.proportion import proportion_confint

HERE = Path(__file__).parent
mp.mp.dps = 40


def corp(y, p):
    calibrated = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(p, y).predict(p)
    rate = y.mean()
    score, recalibrated, base = brier_score_loss(y, p), np.mean((calibrated - y) ** 2), np.mean((rate - y) ** 2)
    return {
        "brier": score,
        "miscalibration": score - recalibrated,
        "discrimination": base - recalibrated,
        "uncertainty": base,
        "rates": sorted(set(np.round(calibrated, 14).tolist())),
    }


def bins_of(p, count):
    """Mean rank of a value − ½, as a share of the rows, times the number of bins, rounded down."""
    middle = 2 * rankdata(p) - 1  # whole numbers: twice the mean rank, less 1
    return (count * middle).astype(np.int64) // (2 * len(p))


def count_distribution(p):
    shares = np.ones(1)
    for probability in p:
        shares = np.convolve(shares, [1 - probability, probability])
    return shares


def reliability(y, p, count, level):
    bins = bins_of(p, count)
    rows = []
    error = expected = variance = 0.0
    for b in np.unique(bins):
        inside = bins == b
        n, k = int(inside.sum()), int(y[inside].sum())
        low, high = proportion_confint(k, n, alpha=1 - level, method="wilson")
        rows.append({"rowCount": n, "positiveCount": k, "meanProbability": p[inside].mean(), "low": max(0.0, low), "high": min(1.0, high),
                     "lowestProbability": p[inside].min(), "highestProbability": p[inside].max()})
        error += abs(p[inside].sum() - k)
        deviations = np.abs(np.arange(n + 1) - p[inside].sum())
        shares = count_distribution(p[inside])
        mean = shares @ deviations
        expected += mean
        variance += shares @ deviations**2 - mean**2
    return {"level": level, "requested": count, "bins": rows, "error": error / len(p), "expected": expected / len(p), "standardDeviation": np.sqrt(variance) / len(p)}


def log_odds(p):
    clipped = np.clip(p, 2.0**-52, 1 - 2.0**-52)
    return [mp.log(mp.mpf(float(v))) - mp.log(1 - mp.mpf(float(v))) for v in clipped]


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def platt(x, y):
    positives = int(sum(y))
    high, low = mp.mpf(positives + 1) / (positives + 2), mp.mpf(1) / (len(y) - positives + 2)
    targets = [high if label else low for label in y]
    # In units of the deviation, so that Newton's full steps reach.
    mean = sum(x) / len(x)
    deviation = mp.sqrt(sum((v - mean) ** 2 for v in x) / len(x))
    z = [(v - mean) / deviation for v in x]
    a, b = mp.mpf(0), mp.log(sum(targets) / (len(y) - sum(targets)))

    def loss(a, b):
        return sum(mp.log(1 + mp.exp(a * v + b)) - t * (a * v + b) for v, t in zip(z, targets))

    for _ in range(60):
        p = [sigmoid(a * v + b) for v in z]
        w = [q * (1 - q) for q in p]
        ga, gb = sum((q - t) * v for q, t, v in zip(p, targets, z)), sum(q - t for q, t in zip(p, targets))
        haa, hab, hbb = sum(s * v * v for s, v in zip(w, z)), sum(s * v for s, v in zip(w, z)), sum(w)
        determinant = haa * hbb - hab**2
        da, db = -(hbb * ga - hab * gb) / determinant, -(haa * gb - hab * ga) / determinant
        step, start = mp.mpf(1), loss(a, b)
        while loss(a + step * da, b + step * db) > start and step > 1e-20:
            step /= 2
        a, b = a + step * da, b + step * db
        if abs(da) + abs(db) < mp.mpf(10) ** -30:
            break
    slope = a / deviation
    return float(slope), float(b - slope * mean)


def temperature(x, y):
    def slope_of_likelihood(a):
        return sum(v * (sigmoid(a * v) - label) for v, label in zip(x, y))

    low, high = mp.mpf(0), mp.mpf(1)
    while slope_of_likelihood(high) < 0:
        high *= 2
    return float(mp.findroot(slope_of_likelihood, (low, high), solver="anderson", tol=1e-30))


def calibration_case(name, scores, y, scale):
    scores, y = np.asarray(scores, dtype=float), np.asarray(y, dtype=int)
    x = log_odds(scores) if scale == "probability" else [mp.mpf(float(v)) for v in scores]
    slope, intercept = platt(x, y)
    as_floats = np.array([float(v) for v in x])
    a, b = _sigmoid_calibration(as_floats, y)
    assert np.max(np.abs(expit(-(a * as_floats + b)) - expit(slope * as_floats + intercept))) < 1e-3, name
    isotonic = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, y)
    low, high = (0.0, 1.0) if scale == "probability" else (float(scores.min()) - 1, float(scores.max()) + 1)
    at = np.linspace(low, high, 23)
    return {
        "name": name,
        "scale": scale,
        "scores": scores.tolist(),
        "labels": y.tolist(),
        "platt": {"slope": slope, "intercept": intercept},
        "temperatureSlope": temperature(x, y),
        "isotonic": {"at": at.tolist(), "calibrated": isotonic.predict(at).tolist(), "scores": isotonic.X_thresholds_.tolist(), "probabilities": isotonic.y_thresholds_.tolist()},
    }


def main():
    rng = np.random.default_rng(20240603)
    curves = []
    for n, digits, count in [(1, 2, 1), (7, 1, 3), (25, 1, 10), (40, 2, 5), (200, 6, 10), (300, 1, 10)]:
        p = np.round(rng.beta(1.2, 2.5, size=n), digits)
        y = (rng.random(n) < np.clip(1.4 * p, 0, 1)).astype(int)
        curves.append({"name": f"{n} rows, {digits} decimals, {count} bins", "labels": y.tolist(), "probabilities": p.tolist(), "corp": corp(y, p), "reliability": reliability(y, p, count, 0.9 if n == 40 else 0.95)})
    p = rng.permutation(np.repeat([0.0, 0.5, 1.0], [10, 25, 5]))
    y = (rng.random(40) < 0.2 + 0.6 * p).astype(int)
    curves.append({"name": "certain and undecided", "labels": y.tolist(), "probabilities": p.tolist(), "corp": corp(y, p), "reliability": reliability(y, p, 4, 0.95)})

    with (HERE.parent / "evaluation" / "telco-out-of-fold.csv").open() as file:
        rows = list(csv.DictReader(file))
    y = np.array([int(row["y"]) for row in rows])
    telco = {}
    for model in ("logreg_C1", "random_forest_500"):
        p = np.array([float(row[model]) for row in rows])
        telco[model] = {"corp": corp(y, p), "reliability": reliability(y, p, 10, 0.95)}

    counts = []
    for name, p in [
        ("even", [0.5] * 30),
        ("unlikely", [0.001] * 400 + [0.01] * 50),
        ("both ends", [0.002] * 200 + [0.997] * 300 + [0.4] * 20),
        ("certain", [0.0] * 10 + [1.0] * 10 + [0.3]),
        ("all kinds", np.round(rng.random(900), 3).tolist()),
        ("variance 380", [0.5] * 1520),
        ("variance 420", [0.5] * 1680),
        ("variance 420, skewed", [0.02] * 21429),
    ]:
        p = np.asarray(p)
        deviation = count_distribution(p) @ np.abs(np.arange(len(p) + 1) - p.sum())
        values, repeats = np.unique(p, return_counts=True)
        counts.append({"name": name, "values": values.tolist(), "counts": repeats.tolist(), "deviation": float(deviation)})

    isotonic = []
    for n in (1, 2, 9, 60):
        values, weights = np.round(rng.normal(size=n) + np.linspace(0, 2, n), 2), rng.integers(1, 6, size=n)
        fitted = IsotonicRegression().fit(np.arange(n), values, sample_weight=weights).predict(np.arange(n))
        isotonic.append({"values": values.tolist(), "weights": weights.tolist(), "fitted": fitted.tolist()})

    cases = []
    for n, digits in [(12, 2), (60, 1), (150, 6)]:
        true = rng.beta(1.5, 2, size=n)
        labels = (rng.random(n) < true).astype(int)
        labels[:2] = [0, 1]
        overconfident = np.round(expit(2.2 * logit(true) + 0.4), digits)
        cases.append(calibration_case(f"overconfident, {n} rows, {digits} decimals", overconfident, labels, "probability"))
    scores = np.round(rng.normal(size=80) * 300 - 120, 1)
    labels = (rng.random(80) < expit(scores / 250)).astype(int)
    cases.append(calibration_case("scores in hundreds", scores, labels, "score"))
    cases.append(calibration_case("0 and 1 among the probabilities", [0, 0, 0.2, 0.3, 0.9, 1, 1, 1], [0, 1, 0, 1, 1, 1, 0, 1], "probability"))

    tails = [{"z": z, "tail": float(mp.erfc(mp.mpf(z) / mp.sqrt(2)) / 2)} for z in (-8, -2.5, -0.3, 0, 1e-10, 0.5, 1, 1.96, 1.9999, 2, 2.1, 3, 5, 8, 20, 37)]
    source = f"scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}, scipy {scipy.__version__}, numpy {np.__version__}, mpmath {mp.__version__}"
    content = {"source": source, "curves": curves, "telco": telco, "counts": counts, "isotonic": isotonic, "calibrations": cases, "tails": tails}
    (HERE / "expected.json").write_text(json.dumps(content) + "\n")


main()
