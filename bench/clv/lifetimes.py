"""Fits and predictions of lifetimes, timed; prints one line of JSON. Called by bench/clv.ts:

    python lifetimes.py MODEL ROWS FOLDER RUNS

MODEL: bg, mbg, pareto or bgBb. ROWS: raw, or weighted (equal rows counted by pandas first, which is timed with the fit).
FOLDER holds frequency.f64, recency.f64 and age.f64 in weeks (of bgBb in opportunities).
"""
import json
import resource
import statistics
import sys
import time
import warnings

import numpy as np
import pandas as pd

# This file has the name of the package.
sys.path.pop(0)
from lifetimes import BetaGeoBetaBinomFitter, BetaGeoFitter, ModifiedBetaGeoFitter, ParetoNBDFitter

warnings.filterwarnings("ignore")
kind, rows, folder, runs = sys.argv[1:]
Fitter = {"bg": BetaGeoFitter, "mbg": ModifiedBetaGeoFitter, "pareto": ParetoNBDFitter, "bgBb": BetaGeoBetaBinomFitter}[kind]
data = pd.DataFrame({name: np.fromfile(f"{folder}/{name}.f64") for name in ("frequency", "recency", "age")})


def fit():
    fitter = Fitter()
    if rows == "raw":
        fitter.fit(data["frequency"], data["recency"], data["age"])
    else:
        counted = data.groupby(["frequency", "recency", "age"], sort=False).size().reset_index(name="weights")
        fitter.fit(counted["frequency"], counted["recency"], counted["age"], weights=counted["weights"])
    return fitter


def timed(run):
    start = time.perf_counter()
    result = run()
    return result, (time.perf_counter() - start) * 1000


before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
fitter, first = timed(fit)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
warm = [timed(fit)[1] for _ in range(int(runs))]
columns = [data[name].to_numpy() for name in ("frequency", "recency", "age")]
purchases = lambda: fitter.conditional_expected_number_of_purchases_up_to_time(39, *columns)
alive = lambda: fitter.conditional_probability_alive(*((0, *columns) if kind == "bgBb" else columns))
total = float(np.nansum(timed(purchases)[0]))
timed(alive)
print(json.dumps({
    "parameters": [float(value) for value in fitter.params_],
    "first": first,
    "warm": statistics.median(warm) if warm else first,
    "megabytes": (peak - before) * 1024 / 1e6,
    "purchases": statistics.median(timed(purchases)[1] for _ in range(3)),
    "alive": statistics.median(timed(alive)[1] for _ in range(3)),
    "total": total,
}))
