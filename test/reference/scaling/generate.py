"""Reference values for scaling, in expected.json beside this file: scikit-learn's RobustScaler and MinMaxScaler on number columns
of the Telco customers (rows with a blank total left out) and on columns that are awkward to scale.

- robust:  centres, scales and the first rows scaled, for several ranges of quantiles
- minMax:  the first rows scaled to several ranges, and values outside the fit, clipped and not
- log1p:   numpy's log1p and expm1

    python generate.py    needs numpy, pandas, scikit-learn
"""
import json
import pathlib

import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler, RobustScaler

here = pathlib.Path(__file__).parent
telco = pd.read_csv(here / "../../../examples/data/telco-customer-churn.csv", keep_default_na=False)
numbers = telco[telco["TotalCharges"].str.strip() != ""][["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"]].astype(float)

rng = np.random.default_rng(11)
n = 101
awkward = pd.DataFrame({
    "zeroInflated": np.where(rng.random(n) < 0.85, 0.0, rng.lognormal(4, 1.5, n).round(2)),
    "negative": -rng.lognormal(3, 2, n).round(2),
    "offset": 1e9 + rng.standard_normal(n).round(6),
    "constant": np.full(n, 7.1),
    "ties": rng.integers(0, 4, n).astype(float),
    "small": 1e-9 * rng.standard_normal(n),
})


def robust(frame, low, high):
    scaler = RobustScaler(quantile_range=(100 * low, 100 * high)).fit(frame.to_numpy())
    return {"lower": low, "upper": high, "centers": scaler.center_.tolist(), "scales": scaler.scale_.tolist(), "firstRows": scaler.transform(frame.to_numpy())[:10].tolist()}


def min_max(frame, low, high, outside):
    plain = MinMaxScaler(feature_range=(low, high)).fit(frame.to_numpy())
    clipped = MinMaxScaler(feature_range=(low, high), clip=True).fit(frame.to_numpy())
    return {
        "from": low, "to": high,
        "minima": plain.data_min_.tolist(), "ranges": plain.data_range_.tolist(),
        "firstRows": plain.transform(frame.to_numpy())[:10].tolist(),
        "outside": plain.transform(outside).tolist(), "outsideClipped": clipped.transform(outside).tolist(),
    }


outside_telco = np.array([[-1.0, 100.0, 0.0, 1e4], [2.0, -5.0, 200.0, -3.0]])
outside_awkward = np.array([[1e4, 5.0, 1e9 + 50, 7.1, -2.0, 1e-8], [-1.0, -1e5, 1e9 - 50, 7.1, 9.0, -1e-8]])
logs = [0.0, 1e-300, 1e-17, 1e-8, 0.5, 1.0, 99.0, 12345.678, 1e12, 1e300, -0.5, -0.9999999999999999]

out = {
    "telco": {"names": list(numbers.columns), "robust": [robust(numbers, 0.25, 0.75), robust(numbers, 0.05, 0.9), robust(numbers, 0, 1)],
              "minMax": [min_max(numbers, 0, 1, outside_telco), min_max(numbers, -1, 3.5, outside_telco)], "outside": outside_telco.tolist()},
    "awkward": {"columns": {name: awkward[name].tolist() for name in awkward}, "robust": [robust(awkward, 0.25, 0.75), robust(awkward, 0.1, 0.9)],
                "minMax": [min_max(awkward, 0, 1, outside_awkward)], "outside": outside_awkward.tolist(), "deviations": awkward.std(ddof=0).tolist()},
    "log1p": {"values": logs, "logarithms": np.log1p(logs).tolist()},
}
(here / "expected.json").write_text(json.dumps(out) + "\n")
