"""Profiles of segments by pandas and SciPy, for test/segmentation/profile-reference.test.ts.

    python generate.py    writes expected.json beside this file; needs numpy, pandas and scipy (1.17)

Means, medians and shares are those of pandas, t, Welch and Wilson intervals those of SciPy; the order statistics of the median come from
SciPy's binomial distribution, Newcombe's interval is written out from the formulas of his paper (1998, method 10).
"""

import json
import pathlib

import numpy as np
import pandas as pd
from scipy import stats

CONFIDENCE = 0.9
ROWS = 240

rng = np.random.default_rng(5)
segments = rng.choice(4, ROWS, p=[0.5, 0.3, 0.18, 0.02])
table = pd.DataFrame(
    {
        "income": (40 + 12 * segments + rng.normal(0, 9, ROWS)).round(3),
        "spend": rng.lognormal(3 + 0.4 * segments, 1).round(2),
        "children": rng.poisson(1.4, ROWS).astype(float),
    }
)
table.loc[rng.random(ROWS) < 0.1, "spend"] = np.nan
member = np.where(rng.random(ROWS) < 0.08, -1, rng.random(ROWS) < 0.2 + 0.2 * segments).astype(int)
plan = np.where(rng.random(ROWS) < 0.05, None, np.array(["basic", "family", "pro", "student"])[(rng.integers(0, 3, ROWS) + (segments > 1)) % 4])


def pair(low, high):
    return None if np.isnan(low) or np.isnan(high) else [float(low), float(high)]


def median_interval(values):
    values = np.sort(values)
    n = len(values)
    tail = (1 - CONFIDENCE) / 2
    ranks = [r for r in range(1, n // 2 + 1) if stats.binom.cdf(r - 1, n, 0.5) <= tail]
    return None if not ranks else pair(values[max(ranks) - 1], values[n - max(ranks)])


def wilson(count, total):
    return stats.binomtest(int(count), int(total)).proportion_ci(CONFIDENCE, "wilson")


def newcombe(count1, total1, count2, total2):
    p1, p2 = count1 / total1, count2 / total2
    (l1, u1), (l2, u2) = wilson(count1, total1), wilson(count2, total2)
    return p1 - p2 - np.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), p1 - p2 + np.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)


def scaled(bounds, inside, total, deviation):
    return pair(*(np.array(bounds) * (1 - inside / total) / deviation))


def number_profile(column, segment):
    whole = table[column].dropna()
    part, rest = table[column][segments == segment].dropna(), table[column][segments != segment].dropna()
    deviation = whole.std(ddof=0)
    welch = stats.ttest_ind(part, rest, equal_var=False).confidence_interval(CONFIDENCE)
    interval = stats.t.interval(CONFIDENCE, len(part) - 1, part.mean(), stats.sem(part))
    return {
        "column": column,
        "mean": float(part.mean()),
        "meanInterval": pair(*interval),
        "median": float(part.median()),
        "medianInterval": median_interval(part.to_numpy()),
        "missing": int(table[column][segments == segment].isna().sum()),
        "overallMean": float(whole.mean()),
        "overallMedian": float(whole.median()),
        "standardizedDifference": float((part.mean() - whole.mean()) / deviation),
        "differenceInterval": scaled(welch, len(part), len(whole), deviation),
    }


def share_profile(hits, known, segment):
    """Shares of a column of true and false, where it is known."""
    inside = known & (segments == segment)
    outside = known & (segments != segment)
    count, total, count_all, total_all = (hits & inside).sum(), inside.sum(), (hits & known).sum(), known.sum()
    share, overall = count / total, count_all / total_all
    deviation = np.sqrt(overall * (1 - overall))
    return {
        "count": int(count),
        "share": float(share),
        "interval": pair(*wilson(count, total)),
        "overallShare": float(overall),
        "lift": float(share / overall),
        "standardizedDifference": float((share - overall) / deviation),
        "differenceInterval": scaled(newcombe(count, total, (hits & outside).sum(), outside.sum()), total, total_all, deviation),
    }


known_plan = np.array([p is not None for p in plan])
expected = {
    "confidence": CONFIDENCE,
    "segments": segments.tolist(),
    "numbers": {name: [None if np.isnan(v) else float(v) for v in table[name]] for name in table},
    "member": [None if m < 0 else bool(m) for m in member],
    "plan": plan.tolist(),
    "profiles": [
        {
            "size": int((segments == s).sum()),
            "numbers": [number_profile(name, s) for name in table],
            "member": share_profile(member == 1, member >= 0, s),
            "plan": {level: share_profile(plan == level, known_plan, s) for level in ["basic", "family", "pro", "student"]},
        }
        for s in range(4)
    ],
}
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps(expected) + "\n")
