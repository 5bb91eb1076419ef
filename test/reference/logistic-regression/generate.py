"""Logistic regressions by other programs.

    python generate.py [out-of-fold.csv]

writes beside this file (needs numpy, pandas, scipy, scikit-learn, statsmodels):

- telco.json: maximum likelihood (statsmodels Logit, Newton) of examples/data/telco-customer-churn.csv with one-hot columns
  (sorted levels, first dropped), with the 11 blank TotalCharges as 0 and with those rows dropped; the later columns that a
  QR decomposition in order finds dependent are left out. L2 fits by scikit-learn (newton-cholesky), C = 1.
- telco-out-of-fold.csv: row, label, fold, and the probability from the maximum-likelihood fit of the other four folds.
  The folds are read from the existing file (stratified, 5 folds).
- article.json: five customers of an introductory article, standardised; L2 by scikit-learn, C = 1.
- small-sets.json: 300 small data sets with their verdict by linear programming (scipy linprog, HiGHS), and where the
  classes overlap the maximum-likelihood fit by statsmodels.
- small-sets-verdicts.json: 700 more, with the verdict only.
"""
import json
import pathlib
import sys
import warnings

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.optimize import linprog
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

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


def maximum_likelihood(design, labels):
    kept = independent_columns(design)
    inner = design[:, kept]
    mean, deviation = inner.mean(axis=0), inner.std(axis=0)
    # Fitted on standardised columns, where Newton's linear systems are well scaled; the likelihood is the same.
    fit = sm.Logit(labels, sm.add_constant((inner - mean) / deviation, has_constant="add")).fit(
        method="newton", maxiter=200, tol=1e-14, disp=0)
    coefficients = fit.params[1:] / deviation
    full = np.zeros(design.shape[1])
    full[kept] = coefficients
    intercept = fit.params[0] - (coefficients * mean).sum()
    return {"intercept": float(intercept), "coefficients": full.tolist(), "logLikelihood": float(fit.llf),
            "aliased": [j for j in range(design.shape[1]) if j not in kept]}


def l2(design, labels, c):
    model = LogisticRegression(C=c, solver="newton-cholesky", tol=1e-14, max_iter=1000).fit(design, labels)
    return {"C": c, "intercept": float(model.intercept_[0]), "coefficients": model.coef_[0].tolist()}


# Telco
raw = pd.read_csv(root / "examples" / "data" / "telco-customer-churn.csv")
raw["TotalCharges"] = pd.to_numeric(raw["TotalCharges"].str.strip(), errors="coerce")
numbers = ["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"]


def encode(frame):
    texts = [name for name in frame.columns if name not in numbers + ["customerID", "Churn"]]
    encoded = pd.get_dummies(frame[numbers + texts], columns=texts, drop_first=True, dtype=float)
    return encoded, (frame["Churn"] == "Yes").to_numpy(dtype=float)


telco = {}
for name, frame in {"blankAsZero": raw.fillna({"TotalCharges": 0}), "blankDropped": raw.dropna()}.items():
    encoded, labels = encode(frame)
    design = encoded.to_numpy(dtype=float)
    telco[name] = {"names": list(encoded.columns), **maximum_likelihood(design, labels)}
    if name == "blankAsZero":
        scaler = StandardScaler().fit(design)
        telco["l2"] = {"standardized": l2(scaler.transform(design), labels, 1.0)}
        deviation = scaler.scale_
        standardized = telco["l2"]["standardized"]
        coefficients = np.array(standardized["coefficients"]) / deviation
        standardized["intercept"] -= float((coefficients * scaler.mean_).sum())
        standardized["coefficients"] = coefficients.tolist()
        telco["l2"]["raw"] = l2(design, labels, 1.0)
(here / "telco.json").write_text(json.dumps(telco, indent=1) + "\n")

source = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "telco-out-of-fold.csv"
given = pd.read_csv(source)
encoded, labels = encode(raw.fillna({"TotalCharges": 0}))
design = encoded.to_numpy(dtype=float)
folds = given["fold"].to_numpy()
probabilities = np.zeros(len(labels))
for fold in range(5):
    fit = maximum_likelihood(design[folds != fold], labels[folds != fold])
    logits = fit["intercept"] + design[folds == fold] @ np.array(fit["coefficients"])
    probabilities[folds == fold] = 1 / (1 + np.exp(-logits))
print("out of fold, largest difference from the given file:", np.abs(probabilities - given.iloc[:, -1]).max())
pd.DataFrame({"row": given["row"], "label": labels.astype(int), "fold": folds, "probability": probabilities}).to_csv(
    here / "telco-out-of-fold.csv", index=False)

# The article
article = np.array([[25, 5000, .8], [30, 6000, .7], [40, 8000, .5], [30, 7000, .6], [25, 5000, .9]])
churned = np.array([0, 0, 1, 0, 0])
standardized = StandardScaler().fit_transform(article)
fit = l2(standardized, churned, 1.0)
probability = 1 / (1 + np.exp(-(fit["intercept"] + standardized @ np.array(fit["coefficients"]))))
(here / "article.json").write_text(json.dumps(
    {"rows": standardized.tolist(), "labels": churned.tolist(), "l2": {**fit, "probabilities": probability.tolist()}}, indent=1) + "\n")


# Small sets
def verdict(design, labels):
    """complete, quasi or overlap; None when the programme's answer is not clear of its tolerance."""
    rows = np.column_stack([np.ones(len(labels)), design]) * (2 * labels - 1)[:, None]
    rows = rows / np.maximum(np.abs(rows).max(axis=0), 1e-300)
    size = rows.shape[1]
    options = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    # complete: largest t with margin >= t on every row
    complete = linprog(np.r_[np.zeros(size), -1], A_ub=np.column_stack([-rows, np.ones(len(rows))]), b_ub=np.zeros(len(rows)),
                       bounds=[(-1, 1)] * size + [(None, 1)], method="highs", options=options)
    quasi = linprog(-rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=[(-1, 1)] * size, method="highs", options=options)
    t, total = -complete.fun, -quasi.fun
    if 1e-9 < t < 1e-4 or 1e-9 < total < 1e-4:
        return None
    return "complete" if t >= 1e-4 else "quasi" if total >= 1e-4 else "overlap"


rng = np.random.default_rng(20240607)


def draw(kind):
    n = int(rng.integers(8, 60))
    p = int(rng.integers(1, 6))
    if kind == "continuous":
        design = rng.normal(size=(n, p)).round(3)
        labels = (rng.random(n) < 1 / (1 + np.exp(-design @ rng.normal(size=p)))).astype(int)
    elif kind == "hyperplane":
        design = rng.normal(size=(n, p)).round(3)
        labels = (design @ rng.normal(size=p) + 0.3 * rng.normal() > 0).astype(int)
    elif kind == "nearly":
        # separated but for a few rows near the plane
        n = 2 * n + 20
        p = int(rng.integers(1, 3))
        design = rng.normal(size=(n, p)).round(2)
        logit = design @ rng.normal(size=p)
        labels = (logit > 0).astype(int)
        near = np.argsort(np.abs(logit))[: int(rng.integers(2, 6))]
        labels[near] = 1 - labels[near]
    elif kind == "dummy":
        # one level of a category holds one class only
        design = rng.normal(size=(n, p)).round(3)
        level = (rng.random(n) < 0.25).astype(float)
        labels = (rng.random(n) < 0.5).astype(int)
        labels[level == 1] = int(rng.integers(0, 2))
        design = np.column_stack([design, level])
    elif kind == "plane of integers":
        # rows on the plane have both classes: quasi-separation that no single column shows
        n, p = n + 30, int(rng.integers(1, 4))
        design = rng.integers(0, 4, size=(n, 2)).astype(float)
        total = design.sum(axis=1)
        labels = np.where(total > 3, 1, np.where(total < 3, 0, rng.integers(0, 2, n)))
        design = np.column_stack([design, rng.normal(size=(n, p)).round(2)])[:, rng.permutation(p + 2)]
    elif kind == "collinear":
        design = rng.normal(size=(n, p)).round(2)
        extra = design[:, 0] * 2 - 1 if p < 3 else design[:, 0] - design[:, 2]
        design = np.column_stack([design, extra, np.full(n, 4.0)])[:, rng.permutation(p + 2)]
        logit = design @ rng.normal(size=p + 2)
        labels = (rng.random(n) < 1 / (1 + np.exp(-(logit - logit.mean())))).astype(int)
    elif kind == "integers":
        design = rng.integers(0, 3, size=(n, p)).astype(float)
        labels = (rng.random(n) < 1 / (1 + np.exp(-2 * (design @ rng.normal(size=p) - 1)))).astype(int)
    else:
        design = rng.normal(size=(n, p)) * 10.0 ** rng.integers(-6, 7, p)
        labels = (rng.random(n) < 0.4).astype(int)
    return design, labels


kinds = ["continuous", "hyperplane", "nearly", "dummy", "plane of integers", "collinear", "integers", "units"]
sets = []
while len(sets) < 1000:
    kind = kinds[len(sets) % len(kinds)]
    design, labels = draw(kind)
    if labels.min() == labels.max():
        continue
    answer = verdict(design, labels)
    if answer is None:
        continue
    case = {"kind": kind, "columnCount": design.shape[1], "values": design.ravel().tolist(), "labels": labels.tolist(), "verdict": answer}
    if answer == "overlap" and len(sets) < 300:
        case.update(maximum_likelihood(design, labels.astype(float)))
    sets.append(case)
for name, part in {"small-sets.json": sets[:300], "small-sets-verdicts.json": sets[300:]}.items():
    (here / name).write_text("[\n" + ",\n".join(json.dumps(case) for case in part) + "\n]\n")
print({(kind, answer): sum(case["kind"] == kind and case["verdict"] == answer for case in sets)
       for kind in kinds for answer in ("overlap", "quasi", "complete")})
