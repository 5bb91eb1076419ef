"""Inference for logistic regressions by other programs.

    python generate.py

writes inference.json beside this file, and its data as data.csv for generate.R (needs numpy, pandas, scipy, statsmodels, mpmath):

- telco: statsmodels Logit of examples/data/telco-customer-churn.csv (columns as in ../logistic-regression/generate.py), fitted on
  standardised columns; coefficients and covariances are then put back into the units of the file
- data: 200 rows, and for them
  - plain: statsmodels Logit (nonrobust, HC0, HC1); frequency: GLM with freq_weights, and HC0 and HC1 of the rows written out as often as they count
  - comparisons: likelihood-ratio tests of nested Logit fits
  - profiles: profile-likelihood intervals and likelihood-ratio statistics in 30-digit arithmetic (own root finding: R's confint for glm needs a package of its own);
    the statistics are checked against statsmodels without the column
  - columnProfiles: the same in double precision, for profiles that are nothing like parabolas
- hard: standard errors in 60-digit arithmetic of nearly collinear columns, of a timestamp, and of a column whose p underflows
- firth: intervals by penalised profile likelihood, penalised likelihood ratios and standard errors, in 30-digit arithmetic, as the R package logistf
  defines them (Heinze and Schemper 2002): own implementation
- tails: logarithms of chi-square tails, mpmath
"""
import json
import pathlib
import warnings

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.optimize import brentq
from scipy.special import expit
from scipy.stats import chi2, norm
from statsmodels.stats.sandwich_covariance import cov_white_simple
from mpmath import mp, mpf, matrix, exp, log, lu_solve, inverse, det, sqrt, gammainc, erfc

warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
root = here.parents[2]


def independent_columns(design):
    """In order, with the intercept first: positions of columns that earlier ones do not determine."""
    kept, basis = [], [np.full(len(design), 1 / np.sqrt(len(design)))]
    for j in range(design.shape[1]):
        column = design[:, j] - design[:, j].mean()
        length = np.linalg.norm(column)
        if length <= 1e-12 * max(1e-300, np.abs(design[:, j]).max()):
            continue
        rest = column / length
        for _ in range(3):
            for direction in basis:
                rest = rest - (rest @ direction) * direction
        if np.linalg.norm(rest) > 1e-7:
            kept.append(j)
            basis.append(rest / np.linalg.norm(rest))
    return kept


def in_units(design):
    """From the coefficients of standardised columns to those of the columns."""
    mean, deviation = design.mean(axis=0), design.std(axis=0)
    back = np.diag(np.r_[1, 1 / deviation])
    back[0, 1:] = -mean / deviation
    return (design - mean) / deviation, back


def log_tail(x, degrees):
    """The logarithm of a chi-square tail; scipy's is minus infinity far out."""
    with mp.workdps(40):
        return float(log(gammainc(mpf(degrees) / 2, mpf(float(x)) / 2, mp.inf, regularized=True)))


def logit(design, labels):
    z, back = in_units(design)
    fit = sm.Logit(labels, sm.add_constant(z, has_constant="add")).fit(method="newton", maxiter=200, tol=1e-15, disp=0)
    # Of a Logit, cov_type="HC0" gives HC1, too: the correction must be switched off by hand.
    robust = {"HC0": cov_white_simple(fit, use_correction=False), "HC1": cov_white_simple(fit, use_correction=True)}
    # statsmodels stops its own fit of the null model at 1e-8.
    null = sm.Logit(labels, np.ones((len(labels), 1))).fit(method="newton", maxiter=200, tol=1e-15, disp=0).llf
    errors = lambda cov: np.sqrt(np.diag(back @ cov @ back.T)).tolist()
    estimates = back @ fit.params
    se = np.array(errors(fit.cov_params()))
    z_values = estimates / se
    return {
        "estimates": estimates.tolist(), "standardErrors": se.tolist(), "z": z_values.tolist(), "p": (2 * norm.sf(abs(z_values))).tolist(),
        "low": (estimates - norm.ppf(.975) * se).tolist(), "high": (estimates + norm.ppf(.975) * se).tolist(),
        "HC0": errors(robust["HC0"]), "HC1": errors(robust["HC1"]),
        "covariance": (back @ fit.cov_params() @ back.T).ravel().tolist() if design.shape[1] < 10 else None,
        "logLikelihood": float(fit.llf), "nullLogLikelihood": float(null), "aic": float(fit.aic), "bic": float(fit.bic), "mcFaddenR2": float(1 - fit.llf / null),
        "likelihoodRatio": float(2 * (fit.llf - null)), "likelihoodRatioLogP": log_tail(2 * (fit.llf - null), design.shape[1]), "residualDegrees": float(fit.df_resid),
    }


result = {}

# Telco
raw = pd.read_csv(root / "examples/data/telco-customer-churn.csv")
result["telco"] = {}
for blanks in ["asZero", "dropped"]:
    frame = raw.copy()
    frame["TotalCharges"] = pd.to_numeric(frame["TotalCharges"], errors="coerce")
    frame = frame.fillna({"TotalCharges": 0.0}) if blanks == "asZero" else frame.dropna(subset=["TotalCharges"])
    labels = (frame["Churn"] == "Yes").astype(int).to_numpy()
    table = pd.get_dummies(frame.drop(columns=["customerID", "Churn"]), drop_first=True).astype(float)
    kept = independent_columns(table.to_numpy())
    result["telco"][blanks] = {"columns": [table.columns[j] for j in kept], **logit(table.to_numpy()[:, kept], labels)}

# Data
rng = np.random.default_rng(20250711)
n = 200
base = rng.normal(size=(n, 3))
rows = np.column_stack([
    40 + 12 * base[:, 0],
    (rng.random(n) < 0.25).astype(float),
    np.exp(7 + 1.2 * base[:, 1] + 0.5 * base[:, 0]),
    rng.integers(0, 6, n),
]).round(4)
eta = -1 + 0.05 * (rows[:, 0] - 40) + 1.1 * rows[:, 1] - 2e-4 * rows[:, 2] + 0.2 * rows[:, 3]
labels = (rng.random(n) < 1 / (1 + np.exp(-eta))).astype(int)
frequencies = rng.integers(0, 4, n)
sampling = np.exp(0.8 * rng.normal(size=n)).round(4)
result["data"] = {"rows": rows.tolist(), "labels": labels.tolist(), "frequencies": frequencies.tolist(), "sampling": sampling.tolist()}
np.savetxt(here / "data.csv", np.column_stack([rows, labels, frequencies, sampling]), delimiter=",", fmt="%.17g")
result["plain"] = logit(rows, labels)
written_out = logit(np.repeat(rows, frequencies, axis=0), np.repeat(labels, frequencies))
z, back = in_units(np.repeat(rows, frequencies, axis=0))
mean, deviation = np.repeat(rows, frequencies, axis=0).mean(axis=0), np.repeat(rows, frequencies, axis=0).std(axis=0)
glm = sm.GLM(labels, sm.add_constant((rows - mean) / deviation), family=sm.families.Binomial(), freq_weights=frequencies).fit(tol=1e-15, maxiter=200)
result["frequency"] = written_out
assert np.allclose(np.sqrt(np.diag(back @ glm.cov_params() @ back.T)), written_out["standardErrors"], rtol=1e-9)
assert np.isclose(glm.llf, written_out["logLikelihood"], rtol=1e-12)
result["comparisons"] = []
for small, large in [([0], [0, 1, 2, 3]), ([1, 3], [0, 1, 3]), ([], [2]), ([0, 1, 2], [0, 1, 2, 3])]:
    def llf(columns):
        if not columns:
            return sm.Logit(labels, np.ones((n, 1))).fit(disp=0, tol=1e-15).llf
        return logit(rows[:, columns], labels)["logLikelihood"]
    statistic = 2 * (llf(large) - llf(small))
    result["comparisons"].append({"small": small, "large": large, "statistic": float(statistic), "degreesOfFreedom": len(large) - len(small),
                                  "p": float(chi2.sf(statistic, len(large) - len(small)))})

# Profiles in exact arithmetic


class Likelihood:
    """Log-likelihood of rows with whole-number weights, penalised by half the log determinant of the information where `firth`."""

    def __init__(self, design, y, weights, firth):
        self.mean = [mpf(float(v)) for v in np.mean(design, axis=0)]
        self.deviation = [mpf(float(v)) for v in np.std(design, axis=0)]
        self.x = [[mpf(1)] + [(mpf(float(v)) - m) / d for v, m, d in zip(row, self.mean, self.deviation)] for row in design]
        self.y, self.weights, self.firth = [int(v) for v in y], [int(w) for w in weights], firth
        self.size = len(self.x[0])

    def normal(self, k):
        """The functional that gives coefficient k in the units of the design."""
        if k > 0:
            return [mpf(0)] * k + [1 / self.deviation[k - 1]] + [mpf(0)] * (self.size - k - 1)
        return [mpf(1)] + [-m / d for m, d in zip(self.mean, self.deviation)]

    def at(self, theta):
        size = self.size
        p = [1 / (1 + exp(-sum(a * b for a, b in zip(row, theta)))) for row in self.x]
        information = matrix(size, size)
        steep = matrix(size, size)
        for row, q, w in zip(self.x, p, self.weights):
            v = w * q * (1 - q)
            for i in range(size):
                for j in range(i, size):
                    information[i, j] += v * row[i] * row[j]
        for i in range(size):
            for j in range(i):
                information[i, j] = information[j, i]
        value = sum(w * (log(q) if label == 1 else log(1 - q)) for q, w, label in zip(p, self.weights, self.y))
        score = [mpf(0)] * size
        steep = information.copy()
        if self.firth:
            inner = inverse(information)
            value += log(det(information)) / 2
        for row, q, w, label in zip(self.x, p, self.weights, self.y):
            pull = label - q
            if self.firth:
                h = q * (1 - q) * sum(row[i] * sum(inner[i, j] * row[j] for j in range(size)) for i in range(size))
                pull += h * (mpf(1) / 2 - q)
                for i in range(size):
                    for j in range(size):
                        steep[i, j] += w * h * q * (1 - q) * row[i] * row[j]
            for i in range(size):
                score[i] += w * pull * row[i]
        return value, matrix(score), steep, information

    def maximise(self, theta, normals=(), targets=()):
        """Newton's method under linear constraints; returns value, point, multipliers, information."""
        theta = matrix(theta)
        value, score, steep, information = self.at(theta)
        last = mpf("inf")
        for _ in range(500):
            size, m = self.size, len(normals)
            system = matrix(size + m, size + m)
            right = matrix(size + m, 1)
            for i in range(size):
                right[i] = score[i]
                for j in range(size):
                    system[i, j] = steep[i, j]
            for k in range(m):
                right[size + k] = targets[k] - sum(normals[k][i] * theta[i] for i in range(size))
                for i in range(size):
                    system[size + k, i] = normals[k][i]
                    system[i, size + k] = normals[k][i]
            solution = lu_solve(system, right)
            step = matrix([solution[i] for i in range(size)])
            length = max(abs(s) for s in step)
            feasible = all(abs(right[size + k]) < mpf(10) ** -20 for k in range(m))
            if feasible and length < mpf(10) ** -18:
                return value, theta, [solution[size + k] for k in range(m)], information
            shrink = mpf(1)
            while True:
                trial = theta + shrink * step
                found = self.at(trial)
                # The first step goes to the constraint, whatever that costs.
                if not feasible or length < mpf(10) ** -6 or found[0] > value or shrink < mpf(10) ** -6:
                    break
                shrink /= 2
            theta = trial
            value, score, steep, information = found
        raise RuntimeError("no convergence")

    def covariance(self, information):
        inner = inverse(information)
        normals = [self.normal(k) for k in range(self.size)]
        return [[sum(a[i] * sum(inner[i, j] * b[j] for j in range(self.size)) for i in range(self.size)) for b in normals] for a in normals]


def profile(design, y, weights, firth, level):
    likelihood = Likelihood(np.array(design, dtype=float), y, weights, firth)
    best, top, _, information = likelihood.maximise([mpf(0)] * likelihood.size)
    covariance = likelihood.covariance(information)
    quantile = sqrt(mpf(2)) * mp.erfinv(mpf(level))
    out = {"level": level, "estimates": [], "standardErrors": [], "low": [], "high": [], "statistics": [], "logP": []}
    for k in range(likelihood.size):
        normal = likelihood.normal(k)
        estimate = sum(a * b for a, b in zip(normal, top))
        error = sqrt(covariance[k][k])
        bounds = []
        for sign in [-1, 1]:
            t, inner, outer, point = estimate + sign * quantile * error, estimate, None, top
            for _ in range(200):
                value, point, multiplier, _ = likelihood.maximise(point, [normal], [t])
                deviance = 2 * (best - value)
                if deviance > quantile ** 2:
                    outer = t
                else:
                    inner = t
                # The multiplier is the derivative of the profile by t, up to its sign.
                derivative = sign * abs(multiplier[0]) / sqrt(deviance)
                change = (quantile - sqrt(deviance)) / derivative
                if abs(change) < mpf(10) ** -15 * error:
                    break
                t += change
                if outer is not None and not min(inner, outer) < t < max(inner, outer):
                    t = (inner + outer) / 2
            else:
                raise RuntimeError("no bound")
            bounds.append(t)
        value, *_ = likelihood.maximise(top, [normal], [mpf(0)])
        statistic = 2 * (best - value)
        out["estimates"].append(float(estimate))
        out["standardErrors"].append(float(error))
        out["low"].append(float(bounds[0]))
        out["high"].append(float(bounds[1]))
        out["statistics"].append(float(statistic))
        out["logP"].append(float(log(erfc(sqrt(statistic / 2)))))
    if likelihood.size > 1:
        slopes = [likelihood.normal(k) for k in range(1, likelihood.size)]
        value, *_ = likelihood.maximise([mpf(0)] * likelihood.size, slopes, [mpf(0)] * len(slopes))
        out["overall"] = float(2 * (best - value))
    return out


mp.dps = 30
result["profiles"] = [
    {"name": "plain", "weights": None, **profile(rows, labels, [1] * n, False, .95)},
    {"name": "90 %", "weights": None, **profile(rows, labels, [1] * n, False, .9)},
    {"name": "frequency weights", "weights": "frequencies", **profile(rows, labels, frequencies, False, .95)},
]
for j in range(4):
    others = [k for k in range(4) if k != j]
    expected = 2 * (result["plain"]["logLikelihood"] - logit(rows[:, others], labels)["logLikelihood"])
    assert abs(result["profiles"][0]["statistics"][j + 1] - expected) < 1e-9
assert abs(result["profiles"][0]["overall"] - result["plain"]["likelihoodRatio"]) < 1e-9

# A skewed case: few leavers, nearly separated.
few = [[float(v)] for v in [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]]
few_labels = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0]
result["profiles"].append({"name": "nearly separated", "rows": few, "labels": few_labels, "weights": None, **profile(few, few_labels, [1] * 15, False, .95)})

# Profiles that are nothing like parabolas: bounds far beyond Wald's, and rows so far out that they hold a coefficient on one side only.
# Of one column, so that each point of a profile is the root of one monotone function (brentq, double precision).


def root_of(falling, start=1.0):
    """The root of a falling function."""
    low, high = -start, start
    while falling(low) < 0:
        low *= 2
    while falling(high) > 0:
        high *= 2
    return brentq(falling, low, high, xtol=1e-300, rtol=1e-15, maxiter=2000)


def column_profile(x, y, level):
    x, y = np.array(x, dtype=float), np.array(y)
    parts = [np.ones(len(y)), x]

    def score(k, t, other):
        return (parts[1 - k] * (y - expit(t * parts[k] + other * parts[1 - k]))).sum()

    def at(k, t):
        """Minus the maximal log-likelihood with parameter k at t, and the other parameter there."""
        other = root_of(lambda v: score(k, t, v))
        eta = t * parts[k] + other * parts[1 - k]
        return np.logaddexp(0, np.where(y == 1, -eta, eta)).sum(), other

    # At the maximum the score of k vanishes along its own profile, too.
    slope = root_of(lambda t: (parts[1] * (y - expit(t * x + at(1, t)[1]))).sum())
    top = [at(1, slope)[1], slope]
    base = at(1, slope)[0]
    p = expit(top[0] + slope * x)
    design = np.column_stack(parts)
    errors = np.sqrt(np.diag(np.linalg.inv((design * (p * (1 - p))[:, None]).T @ design)))
    quantile = norm.ppf((1 + level) / 2)
    out = {"level": level, "estimates": top, "standardErrors": errors.tolist(), "low": [], "high": [], "statistics": [], "logP": []}
    for k in [0, 1]:
        for sign, name in [(-1, "low"), (1, "high")]:
            gap = lambda t: 2 * (at(k, t)[0] - base) - quantile ** 2
            reach = 1e-3 * errors[k]
            while gap(top[k] + sign * reach) < 0:
                reach *= 2
            out[name].append(brentq(gap, top[k], top[k] + sign * reach, xtol=1e-14, rtol=1e-14))
        out["statistics"].append(float(2 * (at(k, 0.0)[0] - base)))
        out["logP"].append(log_tail(out["statistics"][-1], 1))
    return out


far = [.28, .86, .68, .32, .45, 1e6, .73, .95, .92, .15, .75, .84, 1e6, .3, .88, .7, .77, .76]
result["columnProfiles"] = []
for name, x, y in [
    ("overlap by little", [-3, -2, -1, .1, 0, 1, 2, 3], [0, 0, 0, 0, 1, 1, 1, 1]),
    ("two rows far out", far, [1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0]),
    ("nearly separated", [row[0] for row in few], few_labels),
]:
    result["columnProfiles"].append({"name": name, "rows": [[float(v)] for v in x], "labels": y, "weights": None, **column_profile(x, y, .95)})
for name in ["low", "high", "statistics"]:
    assert np.allclose(result["columnProfiles"][2][name], result["profiles"][3][name], rtol=1e-8)

# Hard columns
mp.dps = 60


def hard(name, design, y):
    design = np.array(design, dtype=float)
    likelihood = Likelihood(design, y, [1] * len(y), False)
    best, top, _, information = likelihood.maximise([mpf(0)] * likelihood.size)
    covariance = likelihood.covariance(information)
    estimates = [sum(a * b for a, b in zip(likelihood.normal(k), top)) for k in range(likelihood.size)]
    errors = [sqrt(covariance[k][k]) for k in range(likelihood.size)]
    # HC0: the sandwich.
    p = [1 / (1 + exp(-sum(a * b for a, b in zip(row, top)))) for row in likelihood.x]
    inner = inverse(information)
    robust = []
    for k in range(likelihood.size):
        direction = inner * matrix(likelihood.normal(k))
        robust.append(sqrt(sum(((label - q) * sum(a * b for a, b in zip(row, direction))) ** 2 for row, q, label in zip(likelihood.x, p, likelihood.y))))
    return {"name": name, "rows": design.tolist(), "labels": [int(v) for v in y], "estimates": [float(v) for v in estimates],
            "standardErrors": [float(v) for v in errors], "HC0": [float(v) for v in robust],
            "logP": [float(log(erfc(abs(b) / e / sqrt(mpf(2))))) for b, e in zip(estimates, errors)]}


m = 120
one = rng.normal(size=m)
near = np.column_stack([one, one + 1e-5 * rng.normal(size=m), rng.normal(size=m)])
near_labels = (rng.random(m) < 1 / (1 + np.exp(-one))).astype(int)
stamps = np.column_stack([1.7e12 + np.round(8.64e7 * 30 * rng.random(m)), rng.normal(size=m)])
stamp_labels = (rng.random(m) < 1 / (1 + np.exp(-2 * (stamps[:, 0] - 1.7e12) / 2.6e9 + 1))).astype(int)
result["hard"] = [hard("nearly collinear", near, near_labels), hard("timestamp", stamps, stamp_labels), hard("units", near[:, [0, 2]] * [1e-9, 1e9], near_labels)]

# Firth
mp.dps = 30
sets = [
    {"name": "three columns", "rows": rows[:60, [0, 1, 3]].tolist(), "labels": labels[:60].tolist(), "weights": None},
    {"name": "frequency weights", "rows": rows[:60, [1, 3]].tolist(), "labels": labels[:60].tolist(), "weights": frequencies[:60].tolist()},
    {"name": "complete separation", "rows": [[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]], "labels": [0, 0, 0, 1, 1, 1], "weights": None},
    {"name": "quasi-complete separation by a level", "rows": [[v, d] for v, d in zip([1.2, .3, 2.2, 1.9, .1, 1.4, 2.6, .8, 1.1, 2.0], [1, 1, 1, 0, 0, 0, 0, 0, 0, 0])],
     "labels": [1, 1, 1, 0, 1, 0, 1, 0, 0, 1], "weights": None},
    {"name": "an empty cell", "rows": [[0.0], [1.0], [0.0]], "labels": [0, 1, 1], "weights": [12, 3, 2]},
]
for case in sets:
    design = np.array(case["rows"], dtype=float)
    weights = case["weights"] or [1] * len(design)
    keep = [i for i, w in enumerate(weights) if w > 0]
    case.update(profile(design[keep], [case["labels"][i] for i in keep], [weights[i] for i in keep], True, .95))
result["firth"] = sets

# Tails
result["tails"] = []
for degrees in [1, 2, 3, 5, 24, 100, 1001]:
    for x in [0.0, 1e-12, 1e-3, 0.4, 1.0, 2.9, 3.1, 10.0, degrees * 0.9, degrees + 1.0, degrees * 1.3, 90.0, 800.0, 1500.0, 40000.0]:
        result["tails"].append({"x": x, "degrees": degrees, "logTail": log_tail(x, degrees)})

(here / "inference.json").write_text(json.dumps(result, indent=None, separators=(", ", ": "), allow_nan=False).replace("], [", "],\n[").replace("}, {", "},\n{") + "\n")
