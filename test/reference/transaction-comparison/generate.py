"""Transaction models at given parameters, held against the second half of the CDNOW sample: for the tests of compareTransactionModels.

Independent of the library: the log is split with pandas; purchases within a duration and probabilities of n purchases are integrals over the customers' own rates
(negative binomial of scipy, beta moments, Gauss's rules). The tracking is checked against numbers printed in the walkthrough of the R package BTYD, which
takes the end of week k for 7k days after the first of January where the log, as the fit, has the last day of that week, 7k - 1.

    python generate.py > expected.json
"""
import json
import pathlib

import numpy as np
import pandas as pd
from scipy.special import betaln, roots_jacobi, roots_legendre
from scipy.stats import nbinom

LOG = pathlib.Path(__file__).parents[3] / "examples/data/cdnow-sample.txt"
MODELS = {
    "bgNbd": {"r": 0.2425945, "alpha": 4.413602, "a": 0.792922, "b": 2.4259068},
    "mbgNbd": {"r": 0.5248436, "alpha": 6.1830928, "a": 0.8913878, "b": 1.6140483},
    "paretoNbd": {"r": 0.5532770, "alpha": 10.5776835, "s": 0.6062400, "beta": 11.6687353},
}
CALIBRATION_END, AS_OF = pd.Timestamp("1997-09-30"), pd.Timestamp("1998-06-30")

log = pd.read_csv(LOG, sep=r"\s+", header=None, names=["master", "id", "date", "units", "amount"], dtype={"id": str, "date": str})
log["date"] = pd.to_datetime(log["date"], format="%Y%m%d")
days = log.groupby(["id", "date"])["amount"].sum().reset_index()
first = days.groupby("id")["date"].min()
calibration = days[days["date"] <= CALIBRATION_END]
grouped = calibration.groupby("id")["date"]
x = (grouped.count() - 1).to_numpy()
tx = ((grouped.max() - grouped.min()).dt.days / 7).to_numpy()
T = ((CALIBRATION_END - grouped.min()).dt.days / 7).to_numpy()
ids = grouped.count().index
after = days[(days["date"] > CALIBRATION_END) & (days["date"] <= AS_OF)].groupby("id")["date"].count().reindex(ids).fillna(0).to_numpy().astype(int)
duration = (AS_OF - CALIBRATION_END).days / 7


def alive(kind, theta):
    if kind == "paretoNbd":
        r, alpha, s, b = theta
        nodes, weights = roots_legendre(120)
        y = tx + np.outer(nodes + 1, T - tx) / 2
        gone = (T - tx) / 2 * (weights @ np.exp(np.log(s) + (r + x) * np.log((alpha + T) / (alpha + y)) + s * np.log(b + T) - (s + 1) * np.log(b + y)))
        return 1 / (1 + gone)
    r, alpha, a, b = theta
    k = x + (kind == "mbgNbd")
    odds = np.where(k > 0, np.exp(betaln(a + 1, np.maximum(b + k - 1, 1e-9)) - betaln(a, b + k) + (r + x) * np.log((alpha + T) / (alpha + tx))), 0)
    return 1 / (1 + odds)


def expected(kind, theta, x, T, t):
    """Purchases within t of customers who are alive at T."""
    nodes, weights = roots_legendre(60)
    s, w = t * (nodes + 1) / 2, t / 2 * weights
    if kind == "paretoNbd":
        r, alpha, shape, b = theta
        return np.array([(r + xi) / (alpha + Ti) * (w @ ((b + Ti) / (b + Ti + s)) ** shape) for xi, Ti in zip(x, T)])
    r, alpha, a, b = theta
    result, rules = [], {}
    for xi, Ti in zip(x, T):
        k = xi + (kind == "mbgNbd")
        if k not in rules:
            nodes, weights = roots_jacobi(60, b + k - 1, a - 1)
            rules[k] = (1 + nodes) / 2, weights / weights.sum()
        p, v = rules[k]
        shape, scale = r + xi, alpha + Ti
        result.append(w @ (v @ (shape / scale * (1 + np.outer(p, s) / scale) ** -(shape + 1))))
    return np.array(result)


def log_probability(kind, theta, living):
    shape, scale = theta[0] + x, theta[1] + T
    if kind == "paretoNbd":
        s, b = theta[2:]
        nodes, weights = roots_legendre(200)
        y = duration * (nodes + 1) / 2
        given = nbinom.pmf(after, shape, scale / (scale + duration)) * ((b + T) / (b + T + duration)) ** s
        for yi, wi in zip(y, duration / 2 * weights):
            given = given + wi * nbinom.pmf(after, shape, scale / (scale + yi)) * s / (b + T) * ((b + T) / (b + T + yi)) ** (s + 1)
    else:
        a, b = theta[2:]
        stayed = b + x + (kind == "mbgNbd")
        share = scale / (scale + duration)
        some = np.exp(betaln(a + 1, stayed + np.maximum(after, 1) - 1) - betaln(a, stayed)) * nbinom.sf(after - 1, shape, share)
        given = np.exp(betaln(a, stayed + after) - betaln(a, stayed)) * nbinom.pmf(after, shape, share) + np.where(after > 0, some, 0)
    return np.log(living * given + np.where(after == 0, 1 - living, 0))


first_day = (first[ids] - pd.Timestamp("1997-01-01")).dt.days.to_numpy()


def tracking(kind, theta, shift):
    """Expected repeat purchases up to the end of each of 78 weeks, which is `7 k - 1 + shift` days after the first of January."""
    ends = 7 * np.arange(1, 79) - 1 + shift
    by_lag = [0.0]
    for lag in range(1, ends[-1] + 1):
        by_lag.append(expected(kind, theta, np.array([0]), np.array([0.0]), lag / 7)[0] * (theta[3] / (theta[2] + theta[3]) if kind == "mbgNbd" else 1))
    by_lag = np.array(by_lag)
    return np.array([by_lag[end - first_day[first_day <= end]].sum() for end in ends])


repeat_day = (days.assign(first=days["id"].map(first)).query("date > first")["date"] - pd.Timestamp("1997-01-01")).dt.days.to_numpy()
actual_weeks = np.array([((repeat_day > 7 * k - 1) & (repeat_day <= 7 * (k + 1) - 1)).sum() for k in range(78)])
assert list(actual_weeks[19:25]) == [73, 55, 70, 33, 56, 99]
PRINTED = {"bgNbd": [76.86531, 74.88843, 73.04554, 71.32166, 69.70412, 68.18213], "paretoNbd": [78.308, 76.419, 74.648, 72.983, 71.414, 69.933]}

z = 1.9599639845400543
models, logs = {}, {}
for kind, parameters in MODELS.items():
    theta = list(parameters.values())
    living = alive(kind, theta)
    predicted = living * expected(kind, theta, x, T, duration)
    logs[kind] = log_probability(kind, theta, living)
    if kind in PRINTED:
        assert np.allclose(np.diff(tracking(kind, theta, 1))[18:24], PRINTED[kind], atol=5e-3), np.diff(tracking(kind, theta, 1))[18:24]
    models[kind] = {
        "parameters": parameters,
        "holdoutLogLikelihood": logs[kind].sum(),
        "meanAbsoluteError": np.abs(predicted - after).mean(),
        "rootMeanSquaredError": np.sqrt(((predicted - after) ** 2).mean()),
        "predictedTotal": predicted.sum(),
        "oneTimeAlive": living[x == 0].mean(),
        "bins": [predicted[(x == k) if k < 7 else (x >= 7)].mean() for k in range(8)],
        "cumulative": tracking(kind, theta, 0).tolist(),
    }
for kind in MODELS:
    difference = logs[kind] - logs["mbgNbd"]
    half = z * difference.std(ddof=1) * np.sqrt(len(x))
    models[kind]["difference"] = [difference.sum(), difference.sum() - half, difference.sum() + half]

print(json.dumps({
    "customerCount": len(x), "calibrationPurchases": int(x.sum()), "holdoutPurchases": int(after.sum()), "duration": duration,
    "holdoutPrecision": z * np.sqrt((after**2).sum()) / after.sum(),
    "oneTimeCount": int((x == 0).sum()), "oneTimeReturnShare": (after[x == 0] > 0).mean(),
    "bins": [{"customerCount": int(m.sum()), "actual": after[m].mean(), "standardError": after[m].std(ddof=1) / np.sqrt(m.sum())} for m in [(x == k) if k < 7 else (x >= 7) for k in range(8)]],
    "ownRate": {"meanAbsoluteError": np.abs(x / T * duration - after).mean(), "rootMeanSquaredError": np.sqrt(((x / T * duration - after) ** 2).mean())},
    "sameForAll": {"meanAbsoluteError": np.abs(x.sum() / T.sum() * duration - after).mean()},
    "weeks": actual_weeks.tolist(),
    "models": models,
}, indent=1))
