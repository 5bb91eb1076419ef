"""What pandas and exact fractions say of a seeded table, and pandas of two samples of real data.

    python generate.py    writes expected.json beside this file; needs numpy and pandas
"""
import json
import math
import pathlib
from fractions import Fraction

import numpy as np
import pandas as pd

here = pathlib.Path(__file__).parent
rng = np.random.default_rng(20)
rows = 400
gaps = lambda values, share: [None if gap else value for value, gap in zip(values, rng.random(rows) < share)]
columns = {
    "spend": gaps(rng.lognormal(3, 1.5, rows).round(2).tolist(), 0.1),
    "balance": gaps(rng.normal(-50, 200, rows).tolist(), 0.05),
    "visits": gaps(rng.poisson(1.2, rows).tolist(), 0.0),
    "age": gaps(rng.integers(18, 90, rows).tolist(), 0.2),
    "far": (1e9 + rng.normal(0, 1e-3, rows)).tolist(),
    "wide": (rng.choice([-1, 1], rows) * 10.0 ** rng.uniform(-12, 12, rows)).tolist(),
    "plan": gaps(rng.choice(["free", "basic", "pro"], rows).tolist(), 0.1),
    "region": gaps(rng.choice(list("ABCD"), rows).tolist(), 0.0),
}
# Repeated rows, apart from each other.
for values in columns.values():
    values[300:310] = values[10:20]
    values[399] = values[10]



def shape(values):
    """Mean, standard deviation and adjusted skewness without rounding before the last step; pandas agrees where rounding lets it."""
    n = len(values)
    exact = [Fraction(value) for value in values]
    mean = sum(exact) / n
    second = sum((value - mean) ** 2 for value in exact)
    third = sum((value - mean) ** 3 for value in exact)
    skewness = math.sqrt(n * (n - 1)) / (n - 2) * float(third / n) / float(second / n) ** 1.5
    return {"mean": float(mean), "standardDeviation": math.sqrt(second / (n - 1)), "skewness": skewness}


frame = pd.DataFrame(columns)
numbers = {}
for name in frame.select_dtypes("number").columns:
    column = frame[name]
    quantiles = column.quantile([0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1]).tolist()
    numbers[name] = {
        "missingCount": int(column.isna().sum()),
        "distinctCount": int(column.nunique()),
        **dict(zip(["min", "q01", "q05", "q25", "median", "q75", "q95", "q99", "max"], quantiles)),
        **shape(column.dropna().tolist()),
        "zeroCount": int((column == 0).sum()),
        "negativeCount": int((column < 0).sum()),
        "wholeCount": int((column.dropna() % 1 == 0).sum()),
    }
    for name_of, value in [("mean", column.mean()), ("standardDeviation", column.std()), ("skewness", column.skew())]:
        assert math.isclose(numbers[name][name_of], value, rel_tol=1e-5 if name == "far" else 1e-9), (name, name_of)
texts = {}
for name in ["plan", "region"]:
    counts = frame[name].value_counts()
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    texts[name] = {"missingCount": int(frame[name].isna().sum()), "top": [[value, int(count)] for value, count in top]}


def sample(name, **options):
    data = pd.read_csv(here / name, keep_default_na=False, dtype=str, **options)
    stand_ins = {column: {text: int((data[column].str.strip() == text).sum()) for text in ["unknown", "?", "999", "99999"]} for column in data.columns}
    return {
        "rowCount": len(data),
        "repeatedRowCount": int(data.duplicated().sum()),
        "distinct": {column: int(data[column].nunique()) for column in data.columns},
        "standIns": {column: {text: count for text, count in counts.items() if count > 0} for column, counts in stand_ins.items() if any(counts.values())},
    }


expected = {
    "columns": columns,
    "numbers": numbers,
    "texts": texts,
    "repeatedRowCount": int(frame.duplicated().sum()),
    "bank": sample("bank.csv", sep=";"),
    "adult": sample("adult.csv", header=None, names=[f"c{i}" for i in range(15)]),
}
(here / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
