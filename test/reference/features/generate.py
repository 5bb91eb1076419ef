"""Reference values for scaling and encoding, in expected.json beside this file:

- telcoScaler:  scikit-learn's StandardScaler on the number columns of the Telco customers (11 blank totals left out);
                `ddof1` by numpy
- hostile:      columns that break naive formulas, with mean and deviation of the very doubles in 60-digit arithmetic (mpmath)
                and what scikit-learn makes of them
- telcoEncoder: scikit-learn's OneHotEncoder on the category columns of the Telco customers: names, sums, and sums weighted
                by row number and its square (exact whole numbers that pin the place of every 1), and some rows

    python generate.py    needs numpy, pandas, scikit-learn, mpmath
"""
import json
import pathlib
import warnings

import numpy as np
import pandas as pd
from mpmath import mp, mpf
from sklearn.preprocessing import OneHotEncoder, StandardScaler

mp.dps = 60
here = pathlib.Path(__file__).parent
telco = pd.read_csv(here / "../../../examples/data/telco-customer-churn.csv", keep_default_na=False)

numbers = telco[telco["TotalCharges"].str.strip() != ""][["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"]].astype(float)
scaler = StandardScaler().fit(numbers.to_numpy())
telco_scaler = {
    "names": list(numbers.columns),
    "rowCount": len(numbers),
    "means": scaler.mean_.tolist(),
    "scales": scaler.scale_.tolist(),
    "ddof1": numbers.std(ddof=1).tolist(),
    "firstRows": scaler.transform(numbers.to_numpy())[:20].tolist(),
}

rng = np.random.default_rng(7)
n = 200
columns = {
    "offset": 1e9 + 1e-3 * rng.standard_normal(n),
    "milliseconds": np.floor(1.7e12 + 1e9 * rng.random(n)),
    "constant": np.full(n, 7.1),
    "zero": np.zeros(n),
    "rounding": np.where(rng.random(n) < 0.5, 0.3, 0.1 + 0.2),
    "largeRounding": 1e9 + rng.integers(-1, 2, n) * np.spacing(1e9),
    "tiny": 1e-300 * rng.standard_normal(n),
    "huge": 1e140 * rng.standard_normal(n),
    "spend": rng.lognormal(3, 2, n).round(2),
}
hostile = {}
for name, values in columns.items():
    exact = [mpf(float(v)) for v in values]
    mean = sum(exact, mpf(0)) / n
    squares = sum((v - mean) ** 2 for v in exact)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = StandardScaler().fit(values.reshape(-1, 1))
    hostile[name] = {
        "values": values.tolist(),
        "mean": mp.nstr(mean, 30),
        "deviation": mp.nstr(mp.sqrt(squares / n), 30),
        "sampleDeviation": mp.nstr(mp.sqrt(squares / (n - 1)), 30),
        "sklearnScale": float(peer.scale_[0]),
    }

categories = [c for c in telco.columns if c not in ("customerID", "SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges", "Churn")]
position = np.arange(1, len(telco) + 1)


def encoded(drop):
    encoder = OneHotEncoder(drop=drop, sparse_output=False).fit(telco[categories])
    matrix = encoder.transform(telco[categories]).astype(np.int64)
    names = [f"{c}={level}" for c, levels in zip(categories, encoder.categories_) for level in (levels[1:] if drop else levels)]
    return {
        "names": names,
        "sums": matrix.sum(axis=0).tolist(),
        "weightedSums": (matrix * position[:, None]).sum(axis=0).tolist(),
        "squareSums": (matrix * position[:, None] ** 2).sum(axis=0).tolist(),
        "rows": {int(i): matrix[i].tolist() for i in range(0, len(telco), 500)},
    }


# An unknown category: zeros; a missing cell in the fit: the last level.
small = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(np.array([["b"], ["a"], [None], ["c"]], dtype=object))
expected = {
    "telcoScaler": telco_scaler,
    "hostile": hostile,
    "telcoEncoder": {"columns": categories, "none": encoded(None), "first": encoded("first")},
    "unknown": {
        "fit": ["b", "a", None, "c"],
        "apply": ["c", "d", None, "a"],
        "rows": small.transform(np.array([["c"], ["d"], [None], ["a"]], dtype=object)).tolist(),
    },
}
(here / "expected.json").write_text(json.dumps(expected) + "\n")
