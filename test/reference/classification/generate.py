"""Decisions at a threshold, curves, gain and deciles for test/evaluation: scikit-learn 1.9, SciPy 1.17.

    python generate.py    writes expected.json beside this file; reads ../evaluation/telco-out-of-fold.csv

Confusion, F1, MCC, balanced accuracy, ROC and precision-recall curves are scikit-learn's, KS is SciPy's ks_2samp. Gain, lift and deciles have
no function there: they are formed here by giving every row the mean label of the rows with its score (what to expect of a random order of equal scores)
and adding up in descending order.
"""

import csv
import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.stats import ks_2samp
from sklearn.metrics import (
    balanced_accuracy_score,
    confusion_matrix,
    f1_score,
    matthews_corrcoef,
    precision_recall_curve,
    precision_score,
    recall_score,
    roc_curve,
)

HERE = Path(__file__).parent


def expected_positives(y, s):
    """Labels in descending order of the scores, each the mean of its ties."""
    order = np.argsort(-s, kind="stable")
    _, group = np.unique(s, return_inverse=True)
    means = np.bincount(group, weights=y) / np.bincount(group)
    return means[group][order], s[order]


def deciles(y, s, slices):
    labels, scores = expected_positives(y, s)
    n = len(y)
    rows = []
    for k in range(slices):
        start, end = k * n // slices, (k + 1) * n // slices
        found = labels[start:end].sum()
        rows.append({
            "rowCount": end - start,
            "positiveCount": found,
            "lift": found / (end - start) / y.mean(),
            "capturedShare": labels[:end].sum() / y.sum(),
            "cumulativeLift": labels[:end].mean() / y.mean(),
            "highestScore": scores[start],
            "lowestScore": scores[end - 1],
        })
    return rows


def lift(y, s, share):
    labels, _ = expected_positives(y, s)
    rows = share * len(y)
    # A fraction of a row counts in proportion; within ties all labels are equal, so this is the gain curve's straight line.
    whole = int(np.floor(rows))
    found = labels[:whole].sum() + ((rows - whole) * labels[whole] if whole < len(y) else 0)
    return found / rows / y.mean()


def decisions(y, s, threshold):
    predicted = (s >= threshold).astype(int)
    (tn, fp), (fn, tp) = confusion_matrix(y, predicted, labels=[0, 1])
    return {
        "threshold": threshold,
        "counts": [int(v) for v in (tp, fp, tn, fn)],
        "precision": precision_score(y, predicted, zero_division=np.nan) if tp + fp else None,
        "recall": recall_score(y, predicted),
        "specificity": recall_score(y, predicted, pos_label=0),
        "negativePredictiveValue": precision_score(y, predicted, pos_label=0) if tn + fn else None,
        "balancedAccuracy": balanced_accuracy_score(y, predicted),
        "f1": f1_score(y, predicted),
        "mcc": matthews_corrcoef(y, predicted),
    }


def figures(y, s, thresholds, with_curves):
    fpr, tpr, roc_thresholds = roc_curve(y, s, drop_intermediate=False)
    precision, recall, pr_thresholds = precision_recall_curve(y, s, drop_intermediate=False)
    selected = np.array([np.mean(s >= t) for t in roc_thresholds])
    result = {
        "decisions": [decisions(y, s, t) for t in thresholds],
        "ks": ks_2samp(s[y == 1], s[y == 0], method="asymp").statistic,
        "deciles": deciles(y, s, min(10, len(y))),
        "lifts": [{"share": share, "lift": lift(y, s, share)} for share in (0.05, 0.1, 0.37, 1)],
    }
    if with_curves:
        # Ours go from the highest score down, without scikit-learn's last point (recall 0, precision 1) and its infinite threshold.
        result["roc"] = {"thresholds": roc_thresholds[1:].tolist(), "tpr": tpr.tolist(), "fpr": fpr.tolist(), "selected": selected.tolist()}
        result["precisionRecall"] = {"thresholds": pr_thresholds[::-1].tolist(), "precision": precision[:-1][::-1].tolist(), "recall": recall[:-1][::-1].tolist()}
    else:
        # Sums with weights that tell the points apart, in place of thousands of points.
        weights = np.cos(np.arange(len(fpr)))
        result["checks"] = {
            "points": len(fpr),
            "tpr": float(weights @ tpr),
            "fpr": float(weights @ fpr),
            "precision": float(weights[1:] @ precision[:-1][::-1]),
            "recall": float(weights[1:] @ recall[:-1][::-1]),
        }
    return result


def main():
    rng = np.random.default_rng(20240602)
    cases = []
    for n, rate, digits in [(2, 0.5, 3), (11, 0.3, 1), (40, 0.5, 1), (97, 0.2, 2), (60, 0.4, 8)]:
        y = (rng.random(n) < rate).astype(int)
        y[0], y[1] = 0, 1
        s = np.round(1 / (1 + np.exp(-(rng.normal(size=n) + 1.3 * y - 1))), digits)
        cases.append({"name": f"{n} rows, rate {rate}, {digits} decimals", "labels": y.tolist(), "scores": s.tolist(), **figures(y, s, [0, 0.3, 0.5, float(s.max())], True)})
    y = rng.permutation(np.repeat([0, 1], [30, 12]))
    s = rng.integers(-2, 3, size=42).astype(float) * 1.5
    cases.append({"name": "scores that are no probabilities", "labels": y.tolist(), "scores": s.tolist(), **figures(y, s, [-3.0, 0.0, 1.5], True)})
    cases.append({"name": "all scores equal", "labels": y.tolist(), "scores": [0.5] * 42, **figures(y, np.full(42, 0.5), [0.5], True)})

    with (HERE.parent / "evaluation" / "telco-out-of-fold.csv").open() as file:
        rows = list(csv.DictReader(file))
    y = np.array([int(row["y"]) for row in rows])
    telco = {model: figures(y, np.array([float(row[model]) for row in rows]), [0.3, 0.5], False) for model in ("logreg_C1", "random_forest_500")}
    source = f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, numpy {np.__version__}"
    (HERE / "expected.json").write_text(json.dumps({"source": source, "cases": cases, "telco": telco}) + "\n")


main()
