"""Fits a logistic regression without penalty by scikit-learn, on one thread, and prints what it took as JSON.

    python fit.py <values.f64> <labels.u8> <rows> <columns> <solver> <gradient norm> <runs>

The columns are standardised before the clock starts; the clock is the processor time of the process. `tol` is made smaller until the largest component of the gradient (on standardised columns,
per row) is below the wanted norm; the time is the median of the runs with that `tol`.
"""
import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1", BLIS_NUM_THREADS="1")

import json
import re
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

warnings.simplefilter("ignore")
values, labels, rows, columns, solver, wanted, runs = sys.argv[1:]
x = np.fromfile(values).reshape(int(rows), int(columns))
x -= x.mean(axis=0)
x /= x.std(axis=0)
y = np.fromfile(labels, dtype=np.uint8).astype(np.float64)


def resident(what):
    status = open("/proc/self/status").read() if os.path.exists("/proc/self/status") else ""
    found = re.search(what + r":\s+(\d+)", status)
    return int(found.group(1)) / 1000 if found else float("nan")


def fit(tol):
    start = time.process_time()
    model = LogisticRegression(C=np.inf, solver=solver, tol=tol, max_iter=10_000).fit(x, y)
    return time.process_time() - start, model


def gradient_norm(model):
    error = 1 / (1 + np.exp(-(x @ model.coef_[0] + model.intercept_[0]))) - y
    return max(np.abs(x.T @ error).max(), abs(error.sum())) / len(y)


before = resident("VmRSS")
norm = np.inf
for tol in [float(wanted) * factor for factor in (1, 0.3, 0.1, 0.01, 0.001)]:
    seconds, model = fit(tol)
    norm = gradient_norm(model)
    if norm <= float(wanted):
        break
peak = resident("VmHWM") - before
times = sorted([seconds] + [fit(tol)[0] for _ in range(int(runs) - 1)])

# What standard errors cost: the Hessian of all rows, and its inverse.
start = time.process_time()
p = 1 / (1 + np.exp(-(x @ model.coef_[0] + model.intercept_[0])))
design = np.column_stack([np.ones(len(x)), x])
np.sqrt(np.diag(np.linalg.inv((design * (p * (1 - p))[:, None]).T @ design)))
errors = time.process_time() - start
print(json.dumps({"milliseconds": 1000 * times[len(times) // 2], "errorMilliseconds": 1000 * errors, "megabytes": peak, "gradientNorm": norm,
                  "iterations": int(model.n_iter_[0]), "version": sklearn.__version__}))
