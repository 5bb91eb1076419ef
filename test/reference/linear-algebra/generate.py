"""Small symmetric systems and dependent columns, in 60-digit arithmetic on the doubles that the tests read.

    python generate.py    writes positive-definite.json and aliased-columns.json beside this file; needs numpy, mpmath

`aliased-columns.json` tells, for each column of a design with intercept, the length of its residual on the intercept and
all earlier columns, as a share of its centred length (`centred`) and of its length (`uncentred`, what R's lm compares with
1e-7), and the first columns that exact in-order elimination finds dependent.
"""
import json
import pathlib

import numpy as np
from mpmath import mp, mpf, matrix, sqrt

mp.dps = 60
here = pathlib.Path(__file__).parent
rng = np.random.default_rng(20240607)


def exact(array):
    return matrix([[mpf(float(value)) for value in row] for row in np.atleast_2d(array)])


def positive_definite(name, array):
    array = np.asarray(array, dtype=float)
    size = len(array)
    a = exact(array)
    right = [float(value) for value in rng.integers(-9, 10, size)]
    inverse = a ** -1
    solution = inverse * matrix([mpf(value) for value in right])
    scale = [1 / sqrt(a[i, i]) for i in range(size)]
    norm = lambda m: max(sum(abs(m[i, j]) for i in range(size)) for j in range(size))
    scaled = matrix(size, size)
    scaled_inverse = matrix(size, size)
    for i in range(size):
        for j in range(size):
            scaled[i, j] = a[i, j] * scale[i] * scale[j]
            scaled_inverse[i, j] = inverse[i, j] / (scale[i] * scale[j])
    return {
        "name": name, "size": size, "matrix": array.ravel().tolist(), "rightSide": right,
        "solution": [float(value) for value in solution],
        "inverse": [float(inverse[i, j]) for i in range(size) for j in range(size)],
        "reciprocalCondition": float(1 / (norm(scaled) * norm(scaled_inverse))),
    }


cases = []
for size in (1, 2, 3, 5, 8, 13):
    factor = rng.normal(size=(size + 3, size))
    product = factor.T @ factor
    cases.append(positive_definite(f"gram {size}", (product + product.T) / 2))
units = 10.0 ** rng.integers(-9, 10, 6)
factor = rng.normal(size=(20, 6))
product = (factor.T @ factor + (factor.T @ factor).T) / 2 * np.outer(units, units)
cases.append(positive_definite("units from 1e-9 to 1e9", np.triu(product) + np.triu(product, 1).T))
for size in (4, 8):
    cases.append(positive_definite(f"Hilbert {size}", [[1 / (i + j + 1) for j in range(size)] for i in range(size)]))
(here / "positive-definite.json").write_text(json.dumps(cases, indent=1) + "\n")


def dependence(name, columns):
    """Modified Gram-Schmidt in exact arithmetic, in order; what is exactly dependent is left out of the basis."""
    rows = len(columns[0])
    basis = [[mpf(1)] * rows]
    centred, uncentred, aliased = [], [], []
    for j, column in enumerate(columns):
        values = [mpf(float(value)) for value in column]
        mean = sum(values) / rows
        length = sqrt(sum(value * value for value in values))
        spread = sqrt(sum((value - mean) ** 2 for value in values))
        for direction in basis:
            share = sum(a * b for a, b in zip(values, direction)) / sum(a * a for a in direction)
            values = [a - share * b for a, b in zip(values, direction)]
        left = sqrt(sum(value * value for value in values))
        centred.append(float(left / spread) if spread > 0 else 0.0)
        uncentred.append(float(left / length) if length > 0 else 0.0)
        if left <= mpf(10) ** -30 * length:
            aliased.append(j)
        else:
            basis.append(values)
    return {"name": name, "centred": centred, "uncentred": uncentred, "aliased": aliased}


def nist(file):
    text = (here / "nist" / file).read_text()
    body = text.split("Data:")[-1].splitlines()[1:]
    return [[float(token) for token in line.split()] for line in body if line.strip()]


# The products are rounded to doubles here as in the test: x ** 2, then times x, and so on.
filip = []
for power in range(1, 11):
    x = np.array([row[1] for row in nist("Filip.dat")])
    filip.append(x if power == 1 else filip[-1] * x)
longley = np.array(nist("Longley.dat"))[:, 1:].T
designs = [dependence("Filip", filip), dependence("Longley", longley)]

# Integer designs, where dependence is exact.
for number in range(40):
    rows = int(rng.integers(6, 40))
    columns = [rng.integers(-3, 4, rows).astype(float) for _ in range(int(rng.integers(1, 5)))]
    for _ in range(int(rng.integers(0, 4))):
        kind = int(rng.integers(0, 4))
        picked = rng.integers(0, len(columns), 2)
        if kind == 0:
            columns.append(columns[picked[0]].copy())
        elif kind == 1:
            columns.append(columns[picked[0]] * 2 - columns[picked[1]] + 5)
        elif kind == 2:
            columns.append(np.full(rows, 7.0))
        else:
            columns.append(rng.integers(0, 2, rows).astype(float))
    order = rng.permutation(len(columns))
    columns = [columns[k] for k in order]
    design = dependence(f"integers {number}", columns)
    design["columns"] = [column.tolist() for column in columns]
    designs.append(design)
(here / "aliased-columns.json").write_text(json.dumps(designs) + "\n")
for design in designs[:2]:
    print(design)
