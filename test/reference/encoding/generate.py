"""Reference values for encodings, in expected.json beside this file, by scikit-learn:

- infrequent: OneHotEncoder with min_frequency (a count, a share), and what it makes of unknown categories
- ordinal:    OrdinalEncoder with declared categories, numbers for unknown and missing cells
- target:     TargetEncoder on the same folds (PredefinedSplit): the cross-fitted training rows, the encodings of all rows, new rows;
              for labels of 0 and 1 and for money. `credibility` is the same with the variance components of a one-way analysis of
              variance: mean squares from scipy's f_oneway

    python generate.py    needs numpy, pandas, scipy, scikit-learn
"""
import json
import pathlib
import warnings

import numpy as np
import pandas as pd
from scipy.stats import f_oneway
from sklearn.model_selection import PredefinedSplit
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, TargetEncoder

warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
rng = np.random.default_rng(23)

# one-hot with infrequent levels
n = 200
towns = rng.choice(list("abcdefghij"), n, p=np.array([40, 25, 12, 8, 5, 4, 2, 2, 1, 1]) / 100)
applied = ["a", "j", "never seen", "c", "g"]


def one_hot(**options):
    encoder = OneHotEncoder(sparse_output=False, **options).fit(towns.reshape(-1, 1))
    infrequent = encoder.infrequent_categories_[0]
    rows = encoder.transform(np.array(applied).reshape(-1, 1))
    return {
        "infrequent": [] if infrequent is None else infrequent.tolist(),
        "sums": encoder.transform(towns.reshape(-1, 1)).sum(axis=0).tolist(),
        "rows": rows.tolist(),
    }


infrequent = {
    "values": towns.tolist(), "applied": applied,
    "count": one_hot(min_frequency=9, handle_unknown="infrequent_if_exist"),
    "share": one_hot(min_frequency=0.05, handle_unknown="infrequent_if_exist"),
    "none": one_hot(min_frequency=1, handle_unknown="infrequent_if_exist"),
    "dropped": one_hot(min_frequency=9, drop="first", handle_unknown="infrequent_if_exist"),
}

# ordinal
order = ["low", "middle", "high", "highest"]
cells = ["high", "low", None, "middle", "other", "low", "high"]
nan = [np.nan if cell is None else cell for cell in cells]
encoder = OrdinalEncoder(categories=[[*order, np.nan]], handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-2)
encoder.fit(np.array([*order, np.nan], dtype=object).reshape(-1, 1))
ordinal = {"order": order, "cells": cells, "values": encoder.transform(np.array(nan, dtype=object).reshape(-1, 1)).ravel().tolist()}


# target
def target(levels, labels, folds, smooth):
    x = np.array(levels, dtype=object).reshape(-1, 1)
    new = np.array(sorted(set(levels)) + ["never seen"], dtype=object).reshape(-1, 1)
    kind = "binary" if set(np.unique(labels)) <= {0, 1} else "continuous"
    encoder = TargetEncoder(smooth=smooth, cv=PredefinedSplit(folds), target_type=kind)
    matrix = encoder.fit_transform(x, labels)
    return {"matrix": matrix.ravel().tolist(), "new": encoder.transform(new).ravel().tolist()}


def shrunk(levels, labels):
    """Level -> overall + z (mean - overall), with z = n t2 / (n t2 + s2), s2 = MSW and t2 = (MSB - MSW) / n0."""
    frame = pd.DataFrame({"level": levels, "label": labels})
    overall = frame["label"].mean()
    groups = frame.groupby("level")["label"]
    counts, means = groups.count(), groups.mean()
    if len(counts) < 2 or len(frame) == len(counts):
        return overall, {level: overall for level in counts.index}
    f = f_oneway(*[part.to_numpy() for _, part in groups]).statistic
    within = groups.apply(lambda part: ((part - part.mean()) ** 2).sum()).sum() / (len(frame) - len(counts))
    n0 = (len(frame) - (counts**2).sum() / len(frame)) / (len(counts) - 1)
    between = max(0.0, within * (f - 1) / n0)
    z = counts * between / (counts * between + within)
    return overall, dict(z * means + (1 - z) * overall)


def credibility(levels, labels, folds):
    levels, labels = np.array(levels), np.array(labels, dtype=float)
    matrix = np.empty(len(labels))
    for fold in np.unique(folds):
        overall, means = shrunk(levels[folds != fold], labels[folds != fold])
        for row in np.flatnonzero(folds == fold):
            matrix[row] = means.get(levels[row], overall)
    overall, means = shrunk(levels, labels)
    return {"matrix": matrix.tolist(), "new": [means[level] for level in sorted(means)] + [overall]}


def case(levels, labels, folds):
    return {
        "levels": list(levels), "labels": np.asarray(labels).tolist(), "folds": folds.tolist(),
        "withinLevel": target(levels, labels, folds, "auto"),
        "fixed": target(levels, labels, folds, 12.5),
        "unsmoothed": target(levels, labels, folds, 0.0),
        "credibility": credibility(levels, labels, folds),
    }


m = 150
plans = rng.choice(["free", "pro", "team", "trial", "once"], m, p=[0.45, 0.3, 0.15, 0.09, 0.01])
plans[7] = "once"
rate = {"free": 0.5, "pro": 0.2, "team": 0.1, "trial": 0.7, "once": 0.5}
left = (rng.random(m) < np.vectorize(rate.get)(plans)).astype(int)
spend = (1e4 + np.vectorize({"free": 0, "pro": 20, "team": 60, "trial": 5, "once": 10}.get)(plans) + 30 * rng.standard_normal(m)).round(2)
folds = rng.permutation(m) % 5
out = {"infrequent": infrequent, "ordinal": ordinal, "target": {"binary": case(plans.tolist(), left, folds), "money": case(plans.tolist(), spend, folds)}}
(here / "expected.json").write_text(json.dumps(out) + "\n")
