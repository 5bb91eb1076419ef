"""Logistic regression on small sets with outliers, in exact and in 60-digit arithmetic.

Whether the classes are separated is decided over the rationals: a separating direction exists if and only if one of the rays that
two rows (one, with a single column) define is one. Maximum likelihood is Newton's method in mpmath. Writes outliers.json beside itself.

    python generate_outliers.py
"""

import itertools
import json
import math
import random
from fractions import Fraction
from pathlib import Path

from mpmath import exp, log, lu_solve, matrix, mp, mpf

mp.dps = 60
rng = random.Random(20260101)


def is_separated(rows, labels):
    signed = {tuple(Fraction(s) * Fraction(x) for x in [1, *row]) for row, label in zip(rows, labels) for s in [1 if label else -1]}
    rays = []
    if len(rows[0]) == 1:
        rays = [ray for a in signed for ray in ((a[1], -a[0]), (-a[1], a[0]))]
    else:
        for a, b in itertools.combinations(signed, 2):
            ray = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
            if any(ray):
                rays += [ray, tuple(-x for x in ray)]
    for ray in rays:
        margins = [sum(x * y for x, y in zip(row, ray)) for row in signed]
        if min(margins) >= 0 and max(margins) > 0:
            return True
    return False


def loss(point, rows, labels):
    total = mpf(0)
    for row, label in zip(rows, labels):
        margin = sum(x * y for x, y in zip(row, point)) * (1 if label else -1)
        total += log(1 + exp(-margin)) if margin > -200 else -margin
    return total


def maximum_likelihood(rows, labels):
    rows = [[mpf(1), *map(mpf, row)] for row in rows]
    size = len(rows[0])
    point = [mpf(0)] * size
    value = loss(point, rows, labels)
    while True:
        gradient = [mpf(0)] * size
        hessian = matrix(size, size)
        for row, label in zip(rows, labels):
            logit = sum(x * y for x, y in zip(row, point))
            odds = exp(-abs(logit))
            probability = 1 / (1 + odds) if logit > 0 else odds / (1 + odds)
            weight = odds / (1 + odds) ** 2
            for i in range(size):
                gradient[i] += (probability - label) * row[i]
                for j in range(size):
                    hessian[i, j] += weight * row[i] * row[j]
        step = lu_solve(hessian, matrix([-g for g in gradient]))
        decrement = -sum(gradient[i] * step[i] for i in range(size))
        if decrement < mpf(10) ** -40:
            return point, value
        length = mpf(1)
        while True:
            trial = [point[i] + length * step[i] for i in range(size)]
            trial_value = loss(trial, rows, labels)
            if trial_value <= value - length * decrement / 10000:
                break
            length /= 2
        point, value = trial, trial_value


def draw(kind, column_count):
    count = rng.randrange(12, 26)
    rows, labels = [], []
    for _ in range(count):
        x = {"grid": lambda: float(rng.randrange(4)), "zeros": lambda: 0.0 if rng.random() < 0.7 else rng.random()}.get(kind, rng.random)()
        other = float(rng.randrange(3)) if kind == "grid" else rng.random()
        row = [x, other][:column_count]
        if kind == "grid":
            label = int(sum(row) + rng.randrange(2) > 2)
        elif kind == "near":
            label = int(sum(row) > column_count / 2)
        else:
            label = int(rng.random() < 1 / (1 + math.exp(-4 * (x - 0.5))))
        rows.append(row)
        labels.append(label)
    if kind == "near":
        overlap = 10.0 ** rng.uniform(-6, -3)
        rows += [[0.25 - overlap, 0.75][:column_count] if column_count == 2 else [0.5 - overlap], [0.25 + overlap, 0.75] if column_count == 2 else [0.5 + overlap]]
        labels += [1, 0] if rng.random() < 0.5 else [0, 1]
    for outlier in range(2 if kind == "two scales" else 1):
        value = rng.choice([-1, 1]) * 10.0 ** rng.uniform(2, 13)
        rows[outlier][0] = value
        if rng.random() < 0.7:
            labels[outlier] = int(value > 0)
    return rows, labels


sets = []
for repeat in range(8):
    for kind in ["plain", "near", "grid", "two scales", "zeros"]:
        for column_count in [1, 2]:
            rows, labels = draw(kind, column_count)
            if len(set(labels)) < 2:
                continue
            found = {"kind": kind, "rows": rows, "labels": labels, "separated": is_separated(rows, labels)}
            if not found["separated"]:
                point, value = maximum_likelihood(rows, labels)
                found |= {"intercept": float(point[0]), "coefficients": [float(x) for x in point[1:]], "logLikelihood": float(-value)}
            sets.append(found)

# One of 1e9 and one of 1e12 beside 199 values in [0, 1].
for size in [1e9, 1e12]:
    xs = [rng.random() for _ in range(199)]
    labels = [int(rng.random() < 1 / (1 + math.exp(-4 * (x - 0.5)))) for x in xs]
    rows = [[size], *[[x] for x in xs]]
    point, value = maximum_likelihood(rows, [1, *labels])
    sets.append({"kind": "199 and one", "rows": rows, "labels": [1, *labels], "separated": False, "intercept": float(point[0]), "coefficients": [float(point[1])], "logLikelihood": float(-value)})

Path(__file__).with_name("outliers.json").write_text(json.dumps(sets) + "\n")
