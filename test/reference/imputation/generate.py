"""Fills per group by pandas.

    python generate.py    writes expected.json beside this file; needs numpy and pandas

Each group's mean, median or mode comes from `groupby` (rows with a missing key have no group); groups with fewer present values than
`minGroupSize`, and groups that the table of the fit does not have, get the value of the whole column. pandas' `mode` is sorted: its first value.
"""
import json
import pathlib

import numpy as np
import pandas as pd

rng = np.random.default_rng(20261102)


def with_gaps(values, share):
    return [None if gap else value for value, gap in zip(values, rng.random(len(values)) < share)]


def columns(n, plans, years):
    return {
        "plan": with_gaps([str(v) for v in rng.choice(plans, n)], 0.1),
        "year": with_gaps([int(v) for v in rng.choice(years, n)], 0.1),
        "vip": with_gaps([bool(v) for v in rng.random(n) < 0.3], 0.1),
        "spend": with_gaps([float(v) for v in np.where(rng.random(n) < 0.4, 0, rng.lognormal(3, 1, n).round(2))], 0.25),
        "far": with_gaps([float(1e9 + v) for v in rng.normal(0, 0.5, n).round(6)], 0.25),
        "visits": with_gaps([int(v) for v in rng.poisson(2, n)], 0.25),
        "city": with_gaps([str(v) for v in rng.choice(["Åre", "Bern", "bern", "Zug", "Äsch"], n)], 0.25),
    }


TRAIN = columns(260, ["free", "pro", "team"], [2022, 2023, 2024])
NEW = columns(60, ["free", "team", "trial", "pro"], [2024, 2023, 2025])
RULES = [
    (column, fill, by, size)
    for by, size in ((["plan"], 5), (["plan", "year"], 5), (["plan", "year", "vip"], 12), (["vip"], 1), (["year"], 1000))
    for column, fills in (("spend", ("mean", "median", "mode")), ("far", ("mean", "median")), ("visits", ("mode", "median")), ("city", ("mode",)))
    for fill in fills
]


def typical(series, fill):
    present = series.dropna()
    return {"mean": present.mean, "median": present.median, "mode": lambda: present.mode().iloc[0]}[fill]()


def plain(value):
    return None if pd.isna(value) else value.item() if isinstance(value, np.generic) else value


def frame(data):
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in data.items()})


def numeric(series):
    return series if isinstance(series.dropna().iloc[0], str) else pd.to_numeric(series)


def case(column, fill, by, size):
    train, new = frame(TRAIN), frame(NEW)
    overall = typical(numeric(train[column]), fill)
    groups = {}
    for key, part in train.groupby(by, dropna=True, sort=False):
        if part[column].count() >= size:
            groups[key] = typical(numeric(part[column]), fill)

    def filled(data):
        keys = list(data[by].itertuples(index=False, name=None))
        value_of = lambda key: overall if any(pd.isna(part) for part in key) else groups.get(key, overall)
        return [plain(value_of(key)) if pd.isna(value) else plain(value) for key, value in zip(keys, data[column])]

    return {
        "column": column, "fill": fill, "by": by, "minGroupSize": size,
        "overall": plain(overall), "groups": [{"key": [plain(part) for part in key], "value": plain(value)} for key, value in groups.items()],
        "train": filled(train), "new": filled(new),
    }


result = {"train": TRAIN, "new": NEW, "cases": [case(*rule) for rule in RULES]}
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps(result, ensure_ascii=False, allow_nan=False) + "\n")
