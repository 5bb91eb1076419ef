"""Logistic regressions with weights, with L1 and elastic-net penalties, and Firth's estimate, by other programs.

    python generate_weights_and_penalties.py

writes weights-and-penalties.json beside this file, and its data as weights-and-penalties.csv for generate_path.R
(needs numpy, mpmath, scikit-learn, statsmodels):

- rows, labels, frequencies, sampling: the data
- frequency: statsmodels GLM (binomial, freq_weights)
- classWeights: scikit-learn (newton-cholesky, no penalty) with class_weight, with and without sample weights; the intercept as it comes out
- elasticNet: scikit-learn (saga, tight tolerance) on columns standardised by weight, coefficients in the units of the data
- columns: variance inflation factors (statsmodels) and condition number of the standardised columns (numpy), of the data and of nearly collinear ones
- firth: Newton's method on Firth's modified score in 40-digit arithmetic (no other program: the score is that of Heinze and Schemper 2002, eq. 2),
  also for frequency weights, which stand for repeated rows, and for small separated sets
"""
import json
import pathlib

import numpy as np
import statsmodels.api as sm
from mpmath import mp, mpf, matrix, exp, log, lu_solve, inverse, det
from statsmodels.stats.outliers_influence import variance_inflation_factor
from sklearn.linear_model import LogisticRegression

here = pathlib.Path(__file__).parent
rng = np.random.default_rng(20250601)

n = 160
base = rng.normal(size=(n, 3))
rows = np.column_stack([
    30 + 12 * base[:, 0],
    30 + 11 * base[:, 0] + 3 * base[:, 1],
    (rng.random(n) < 0.3).astype(float),
    np.exp(1 + base[:, 2]),
    rng.integers(0, 5, n),
    rng.normal(size=n) * 1e-3,
]).round(6)
logit = -1.2 + 0.04 * (rows[:, 0] - 30) + 0.9 * rows[:, 2] - 0.15 * rows[:, 3] + 0.3 * rows[:, 4]
labels = (rng.random(n) < 1 / (1 + np.exp(-logit))).astype(int)
frequencies = rng.integers(0, 5, n)
sampling = np.exp(rng.normal(size=n)).round(4)


def tight(**options):
    return LogisticRegression(tol=1e-13, max_iter=1_000_000, **options)


def standardise(weights):
    mean = np.average(rows, axis=0, weights=weights)
    deviation = np.sqrt(np.average((rows - mean) ** 2, axis=0, weights=weights))
    return (rows - mean) / deviation, mean, deviation


def in_units(intercept, coefficients, mean, deviation):
    raw = coefficients / deviation
    return {"intercept": float(intercept - raw @ mean), "coefficients": raw.tolist()}


result = {"rows": rows.tolist(), "labels": labels.tolist(), "frequencies": frequencies.tolist(), "sampling": sampling.tolist()}

# Weights
glm = sm.GLM(labels, sm.add_constant(rows), family=sm.families.Binomial(), freq_weights=frequencies).fit(tol=1e-14, maxiter=200)
result["frequency"] = {"intercept": float(glm.params[0]), "coefficients": glm.params[1:].tolist(), "logLikelihood": float(glm.llf)}
result["classWeights"] = []
for class_weight, weights in [({0: 1.0, 1: 3.0}, None), ("balanced", None), ("balanced", sampling), ({0: 0.5, 1: 2.0}, frequencies)]:
    z, mean, deviation = standardise(None)
    given = np.ones(n) if weights is None else weights
    # "balanced" by weight, written out: half of the weight for each class.
    share = (given * labels).sum() / given.sum()
    pair = {0: 0.5 / (1 - share), 1: 0.5 / share} if class_weight == "balanced" else class_weight
    keep = given > 0
    fit = tight(C=np.inf, solver="newton-cholesky", class_weight=pair).fit(z[keep], labels[keep], sample_weight=given[keep])
    result["classWeights"].append({
        "classWeights": "balanced" if class_weight == "balanced" else {"negative": pair[0], "positive": pair[1]},
        "weights": None if weights is None else "sampling" if weights is sampling else "frequencies",
        "negative": float(pair[0]), "positive": float(pair[1]), **in_units(fit.intercept_[0], fit.coef_[0], mean, deviation)})

# Penalties
result["elasticNet"] = []
for strength, share, weights, standardized in [
    (0.02, 1.0, None, True), (0.05, 0.5, None, True), (0.02, 1.0, sampling, True), (0.01, 0.3, frequencies, True), (0.05, 0.0, sampling, True), (0.02, 1.0, None, False), (0.005, 0.7, None, False),
]:
    given = np.ones(n) if weights is None else weights.astype(float)
    z, mean, deviation = standardise(given)
    if not standardized:
        # saga needs columns of like size: those whose unit matters little are kept, in units that it can take.
        columns = [2, 3, 4]
        z, mean, deviation = rows[:, columns], np.zeros(3), np.ones(3)
    else:
        columns = list(range(rows.shape[1]))
    fit = tight(C=1 / (given.sum() * strength), l1_ratio=share, solver="saga", random_state=0).fit(z, labels, sample_weight=given)
    # What saga leaves is checked by the Karush-Kuhn-Tucker conditions.
    eta = fit.intercept_[0] + z @ fit.coef_[0]
    score = z.T @ (given * (1 / (1 + np.exp(-eta)) - labels)) / given.sum() + strength * (1 - share) * fit.coef_[0]
    violation = np.where(fit.coef_[0] == 0, np.maximum(0, abs(score) - strength * share), abs(score + strength * share * np.sign(fit.coef_[0])))
    assert violation.max() < 1e-11, violation.max()
    result["elasticNet"].append({
        "strength": strength, "l1Share": share, "standardize": standardized, "columns": columns,
        "weights": None if weights is None else "sampling" if weights is sampling else "frequencies",
        **in_units(fit.intercept_[0], fit.coef_[0], mean, deviation)})

# Columns
near = np.column_stack([rows[:, 0], rows[:, 0] * 2 + 1e-4 * rng.normal(size=n), rows[:, 3], rows[:, 3] - rows[:, 4] + 0.01 * rng.normal(size=n), rows[:, 4]]).round(9)
result["columns"] = []
for name, design in {"the data": rows, "nearly collinear": near}.items():
    z = (design - design.mean(axis=0)) / design.std(axis=0)
    result["columns"].append({
        "name": name, "rows": design.tolist(), "conditionNumber": float(np.linalg.cond(z)),
        "vif": [float(variance_inflation_factor(sm.add_constant(z), j + 1)) for j in range(z.shape[1])]})

# Firth
mp.dps = 40


def firth(design, y, weights):
    """Weights are numbers of equal rows. Newton's method with a numerical Jacobian of the modified score."""
    x = [[mpf(1)] + [mpf(float(v)) for v in row] for row in design]
    size = len(x[0])

    def parts(beta):
        p = [1 / (1 + exp(-sum(a * b for a, b in zip(row, beta)))) for row in x]
        information = matrix(size, size)
        for row, q, w in zip(x, p, weights):
            for i in range(size):
                for j in range(size):
                    information[i, j] += int(w) * q * (1 - q) * row[i] * row[j]
        return p, information

    def score(beta):
        p, information = parts(beta)
        inner = inverse(information)
        total = [mpf(0)] * size
        for row, q, w, label in zip(x, p, weights, y):
            h = q * (1 - q) * sum(row[i] * inner[i, j] * row[j] for i in range(size) for j in range(size))
            for i in range(size):
                total[i] += int(w) * (int(label) - q + h * (mpf(1) / 2 - q)) * row[i]
        return matrix(total), information

    beta = [mpf(0)] * size
    for step in range(400):
        value, information = score(beta)
        change = lu_solve(information, value)
        largest = max(abs(c) for c in change)
        shrink = min(mpf(1), 1 / largest) if largest > 0 else mpf(1)
        beta = [b + shrink * c for b, c in zip(beta, change)]
        if largest < mpf(10) ** -25:
            break
    else:
        raise RuntimeError("no convergence")
    p, information = parts(beta)
    loglik = sum(int(w) * (log(q) if label == 1 else log(1 - q)) for q, w, label in zip(p, weights, y))
    return {"intercept": float(beta[0]), "coefficients": [float(b) for b in beta[1:]], "logLikelihood": float(loglik),
            "penalisedLogLikelihood": float(loglik + log(det(information)) / 2)}


result["firth"] = [
    {"name": "one column", "rows": rows[:60, [3]].tolist(), "labels": labels[:60].tolist(), "weights": None},
    {"name": "three columns", "rows": rows[:80, [0, 2, 3]].tolist(), "labels": labels[:80].tolist(), "weights": None},
    {"name": "frequency weights", "rows": rows[:80, [2, 4]].tolist(), "labels": labels[:80].tolist(), "weights": frequencies[:80].tolist()},
    {"name": "complete separation", "rows": [[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]], "labels": [0, 0, 0, 1, 1, 1], "weights": None},
    {"name": "quasi-complete separation by a level", "rows": [[v, d] for v, d in zip([1.2, .3, 2.2, 1.9, .1, 1.4, 2.6, .8, 1.1, 2.0], [1, 1, 1, 0, 0, 0, 0, 0, 0, 0])],
     "labels": [1, 1, 1, 0, 1, 0, 1, 0, 0, 1], "weights": None},
    {"name": "an empty cell", "rows": [[0.0], [1.0]], "labels": [0, 1], "weights": [12, 3]},
]
for case in result["firth"]:
    case.update(firth(case["rows"], case["labels"], case["weights"] or [1] * len(case["labels"])))
(here / "weights-and-penalties.json").write_text(json.dumps(result, indent=None, separators=(", ", ": ")).replace("], [", "],\n[") + "\n")
table = np.column_stack([rows, labels, sampling])
np.savetxt(here / "weights-and-penalties.csv", table, delimiter=",", fmt="%.17g")
