"""Reference values for test/evaluation: scikit-learn 1.9.1, numpy, scipy.

    python generate.py                    writes binary.json, clusters.json and telco.json beside this file
    python generate.py --telco <folder>   also makes telco-out-of-fold.csv anew from <folder>/oof_telco.csv,
                                          and copies the figures of that run from <folder>/churn_telco.json

The Telco file holds out-of-fold probabilities of scikit-learn models on the IBM telecom churn data (7,043 customers,
Apache-2.0), five stratified folds: row, label, fold, and two of the models.
"""

import argparse
import csv
import json
from pathlib import Path

import numpy as np
import sklearn
from scipy.spatial.distance import cdist
from sklearn.datasets import make_blobs
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    brier_score_loss,
    calinski_harabasz_score,
    davies_bouldin_score,
    log_loss,
    roc_auc_score,
    silhouette_samples,
    silhouette_score,
)

HERE = Path(__file__).parent
MODELS = ["logreg_C1", "random_forest_500"]


def write(name, content):
    text = json.dumps({"source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}", **content}, indent=1)
    (HERE / name).write_text(text + "\n")


def binary_scores(y, p, threshold=0.5):
    y, p = np.asarray(y), np.asarray(p, dtype=float)
    return {
        "auc": roc_auc_score(y, p),
        "logLoss": log_loss(y, p, labels=[0, 1]),
        "brier": brier_score_loss(y, p),
        "accuracy": accuracy_score(y, (p >= threshold).astype(int)),
        "averagePrecision": average_precision_score(y, p),
    }


def both_classes(rng, n, rate):
    y = (rng.random(n) < rate).astype(int)
    y[0], y[1] = 0, 1
    return rng.permutation(y)


def binary_cases():
    rng = np.random.default_rng(20240501)
    cases = []

    def add(name, y, p):
        y, p = np.asarray(y, dtype=int), np.asarray(p, dtype=float)
        rate = np.full(len(y), y.mean())
        cases.append({
            "name": name,
            "labels": y.tolist(),
            "probabilities": p.tolist(),
            "scores": binary_scores(y, p),
            "baseline": binary_scores(y, rate),
        })

    for n in [2, 3, 5, 10, 50, 150]:
        for rate in [0.05, 0.3, 0.7]:
            y = both_classes(rng, n, rate)
            signal = 1 / (1 + np.exp(-(rng.normal(size=n) + 1.5 * y - 1)))
            add(f"continuous, {n} rows, rate {rate}", y, signal)
            add(f"tied at one decimal, {n} rows, rate {rate}", y, np.round(signal, 1))
    y = both_classes(rng, 40, 0.4)
    add("all tied at 0.5", y, np.full(40, 0.5))
    add("all tied at 0.3", y, np.full(40, 0.3))
    add("perfect", y, 0.25 + 0.5 * y)
    add("inverted", y, 0.75 - 0.5 * y)
    add("certain and right", y, y)
    add("certain and wrong", y, 1 - y)
    add("p = 0 and 1 among others", y, rng.choice([0, 1e-300, 1e-17, 0.25, 0.5, 1 - 2**-53, 1], size=40))
    return cases


def cluster_cases():
    cases = []

    def add(name, x, labels):
        x, labels = np.asarray(x, dtype=float), np.asarray(labels)
        # Distances by direct differences: scikit-learn's own expand the square and lose digits for near rows.
        distances = cdist(x, x)
        cases.append({
            "name": name,
            "rows": x.tolist(),
            "labels": labels.tolist(),
            "silhouette": silhouette_score(distances, labels, metric="precomputed"),
            "widths": silhouette_samples(distances, labels, metric="precomputed").tolist(),
            "calinskiHarabasz": calinski_harabasz_score(x, labels),
            "daviesBouldin": davies_bouldin_score(x, labels),
        })

    for n, p, k, spread in [(60, 2, 3, 1.0), (150, 4, 5, 3.0), (120, 1, 2, 0.5), (200, 8, 7, 6.0)]:
        x, labels = make_blobs(n_samples=n, n_features=p, centers=k, cluster_std=spread, random_state=n + k)
        add(f"{k} blobs of {n} rows in {p} dimensions", x, labels)
    rng = np.random.default_rng(7)
    x = rng.normal(size=(80, 3))
    add("labels at random", x, rng.integers(0, 4, size=80))
    labels = np.zeros(30, dtype=int)
    labels[10:] = 4
    labels[29] = 9
    add("a singleton, and numbers with gaps", rng.normal(size=(30, 2)), labels)
    add("repeated rows", np.repeat(rng.integers(0, 5, size=(15, 2)), 4, axis=0), np.repeat(np.arange(15) % 3, 4))
    return cases


def read_telco():
    with (HERE / "telco-out-of-fold.csv").open() as file:
        rows = list(csv.DictReader(file))
    y = np.array([int(row["y"]) for row in rows])
    fold = np.array([int(row["fold"]) for row in rows])
    return y, fold, {model: np.array([float(row[model]) for row in rows]) for model in MODELS}


def telco_scores():
    y, fold, models = read_telco()
    result = {}
    for model, p in models.items():
        folds = [binary_scores(y[fold == f], p[fold == f]) for f in range(5)]
        result[model] = {
            "pooled": binary_scores(y, p),
            "mean": {name: float(np.mean([scores[name] for scores in folds])) for name in folds[0]},
            "folds": folds,
        }
    return result


def copy_telco(folder):
    with (folder / "oof_telco.csv").open() as file:
        rows = list(csv.DictReader(file))
    lines = [",".join(["row", "y", "fold", *MODELS])]
    lines += [",".join([row["row"], row["y"], row["fold"], *(row[model] for model in MODELS)]) for row in rows]
    (HERE / "telco-out-of-fold.csv").write_text("\n".join(lines) + "\n")
    names = {"auc": "auc", "log_loss": "logLoss", "brier": "brier", "accuracy": "accuracy", "ap": "averagePrecision"}

    def renamed(scores):
        return {new: scores[old] for old, new in names.items()}

    run = json.loads((folder / "churn_telco.json").read_text())
    return {
        "baseLogLoss": run["base_log_loss"],
        **{
            model: {
                "pooled": renamed(run["models"][model]["pooled"]),
                "mean": renamed(run["models"][model]["mean"]),
                "folds": [renamed(scores) for scores in run["models"][model]["folds"]],
            }
            for model in MODELS
        },
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--telco", type=Path)
    folder = parser.parse_args().telco
    if folder is not None:
        run = copy_telco(folder)
    else:
        run = json.loads((HERE / "telco.json").read_text())["run"]
    write("binary.json", {"cases": binary_cases()})
    write("clusters.json", {"cases": cluster_cases()})
    # `run`: figures printed by the run that made the predictions (full precision); `file`: of the 12 digits in the file.
    write("telco.json", {"run": run, "file": telco_scores()})
