"""Makes expected.json: k-means results of scikit-learn, for test/segmentation/kmeans-reference.test.ts and kmeans-search.test.ts.

    OMP_NUM_THREADS=1 python generate.py path/to/Telco-Customer-Churn.csv

Needs numpy, scikit-learn (1.9.1) and the IBM Telco customer churn file (Apache-2.0).
Data are stored as whole numbers with a divisor, so that both sides read exactly the same doubles.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris, load_wine

rng = np.random.default_rng(20240611)


def blobs(centers, counts, spreads):
    parts = [rng.normal(center, spread, (count, len(center))) for center, count, spread in zip(centers, counts, spreads)]
    values = np.vstack(parts)
    return values[rng.permutation(len(values))]


def as_integers(values, divisor):
    return np.rint(values * divisor).astype(int)


def run(values, k, start):
    """Lloyd from the given start until no label changes."""
    model = KMeans(n_clusters=k, init=start, n_init=1, algorithm="lloyd", tol=0, max_iter=1000).fit(values)
    return {
        "k": k,
        "start": np.asarray(start).tolist(),
        "inertia": float(model.inertia_),
        "iterations": int(model.n_iter_),
        "centroids": model.cluster_centers_.tolist(),
        "labels": "".join(chr(97 + label) for label in model.labels_),
    }


def mean_of_single_starts(values, k):
    """What one greedy k-means++ start leads to on average."""
    fits = [KMeans(n_clusters=k, n_init=1, algorithm="lloyd", tol=0, max_iter=1000, random_state=seed).fit(values) for seed in range(200)]
    return float(np.mean([fit.inertia_ for fit in fits]))


def best_known(values, k):
    return float(KMeans(n_clusters=k, n_init=300, algorithm="lloyd", tol=0, max_iter=1000, random_state=1).fit(values).inertia_)


datasets = {
    "fiveClouds": (blobs(rng.uniform(-8, 8, (5, 2)), [90, 70, 60, 50, 30], [0.8, 1.1, 0.5, 0.9, 1.3]), 10_000),
    "overlapping": (blobs(rng.uniform(-2, 2, (4, 5)), [100, 80, 70, 50], [1.2, 1.0, 1.1, 0.9]), 1_000),
    "farFromZero": (blobs(rng.uniform(-5, 5, (3, 3)), [60, 50, 40], [1, 1, 1]) + [1e6, -2e7, 4e8], 1_000),
    "skewed": (np.exp(rng.normal(0, 1, (250, 3))), 10_000),
}

expected = {"program": f"scikit-learn {sklearn.__version__}", "datasets": {}}
for name, (raw, divisor) in datasets.items():
    integers = as_integers(raw, divisor)
    values = integers / divisor
    runs = [run(values, k, values[rng.choice(len(values), k, replace=False)]) for k in (1, 2, 3, 5, 8)]
    expected["datasets"][name] = {
        "divisor": divisor,
        "columns": integers.T.tolist(),
        "runs": runs,
        "meanInertia": {str(k): mean_of_single_starts(values, k) for k in range(2, 9)},
    }


def separate_centers(k):
    """k points no two of which are nearer than 7."""
    centers = []
    while len(centers) < k:
        center = rng.uniform(-20, 20, 2)
        if all(np.linalg.norm(center - other) > 7 for other in centers):
            centers.append(center)
    return centers


expected["separateClouds"] = []
for k in range(2, 9):
    columns = as_integers(blobs(separate_centers(k), [25] * k, [1.0] * k), 1000).T
    expected["separateClouds"].append({"k": k, "divisor": 1000, "columns": columns.tolist(), "bestInertia": best_known(columns.T / 1000, k)})

# A start centroid that catches no row: scikit-learn gives it the row farthest from its centroid.
values = np.asarray(expected["datasets"]["fiveClouds"]["columns"]).T / 10_000
expected["emptyCluster"] = run(values, 4, np.vstack([values[:3], [[1000.0, 1000.0]]]))

# Tenure in months, charges in cents; the 11 customers without total charges are left out.
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(file) if row["TotalCharges"].strip()]
columns = np.array([[int(row["tenure"]), round(float(row["MonthlyCharges"]) * 100), round(float(row["TotalCharges"]) * 100)] for row in rows])
standardized = (columns - columns.mean(axis=0)) / columns.std(axis=0)
starts = [rng.choice(len(rows), k, replace=False) for k in (3, 4, 6)]
expected["telco"] = {
    "columns": columns.T.tolist(),
    "runs": [run(standardized, len(start), standardized[start]) | {"startRows": start.tolist()} for start in starts],
}

# Weights: how many rows a row stands for.
weighted_values = np.asarray(expected["datasets"]["overlapping"]["columns"]).T / 1_000
weights = rng.integers(1, 9, len(weighted_values)) / 4


def weighted_run(k):
    start = weighted_values[rng.choice(len(weighted_values), k, replace=False)]
    model = KMeans(n_clusters=k, init=start, n_init=1, algorithm="lloyd", tol=0, max_iter=1000).fit(weighted_values, sample_weight=weights)
    return {
        "k": k,
        "start": start.tolist(),
        "inertia": float(model.inertia_),
        "iterations": int(model.n_iter_),
        "centroids": model.cluster_centers_.tolist(),
        "labels": "".join(chr(97 + label) for label in model.labels_),
    }


expected["weighted"] = {"dataset": "overlapping", "weights": weights.tolist(), "runs": [weighted_run(k) for k in (1, 2, 3, 5, 8)]}

# Small tables of scikit-learn (iris: Fisher 1936; wine: UCI, CC BY 4.0), standardised: the best inertia of many starts.
expected["bestKnown"] = []
for name, load, divisor in (("iris", load_iris, 10), ("wine", load_wine, 1_000)):
    integers = as_integers(load().data, divisor)
    columns = integers / divisor
    standardized = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    best = {}
    for k in range(2, 9):
        model = KMeans(n_clusters=k, n_init=2_000, algorithm="lloyd", tol=0, max_iter=1_000, random_state=1).fit(standardized)
        best[str(k)] = float(model.inertia_)
    expected["bestKnown"].append({"name": name, "divisor": divisor, "columns": integers.T.tolist(), "inertia": best})

path = Path(__file__).with_name("expected.json")
path.write_text(json.dumps(expected, separators=(",", ":")) + "\n", encoding="utf-8")
print(path.stat().st_size, "bytes")
