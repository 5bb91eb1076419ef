"""Optimal assignments by SciPy, for test/numeric/assignment.test.ts.

    python generate.py    writes expected.json beside this file; needs numpy and scipy (1.17)
"""

import itertools
import json
import pathlib

import numpy as np
import scipy
from scipy.optimize import linear_sum_assignment

rng = np.random.default_rng(41)


def case(costs, maximize):
    costs = np.asarray(costs)
    rows, columns = linear_sum_assignment(costs, maximize=maximize)
    return {"costs": costs.tolist(), "maximize": maximize, "total": float(costs[rows, columns].sum()), "columns": [int(c) for c in columns], "rows": [int(r) for r in rows]}


def first_optimum(costs):
    """The lexicographically first of all optimal assignments, by trying every permutation."""
    n = len(costs)
    totals = {p: sum(costs[i][p[i]] for i in range(n)) for p in itertools.permutations(range(n))}
    least = min(totals.values())
    return min(p for p, total in totals.items() if total == least)


cases = []
for rows, columns in [(1, 1), (3, 3), (4, 7), (7, 4), (12, 12), (40, 40), (30, 55)]:
    cases.append(case(rng.normal(size=(rows, columns)).round(6), False))
    cases.append(case(rng.integers(0, 1000, size=(rows, columns)), True))
# Counts of shared customers: mostly zero, many ties.
cases.append(case(rng.poisson(0.4, size=(25, 25)), True))
ties = [rng.integers(0, 3, size=(6, 6)).tolist() for _ in range(30)]
expected = {
    "scipy": scipy.__version__,
    "cases": cases,
    "firstOptima": [{"costs": costs, "columns": list(first_optimum(costs))} for costs in ties],
}
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps(expected) + "\n")
