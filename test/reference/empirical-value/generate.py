"""What CDNOW customers went on to spend, by group, in pandas: the groups of `fitEmpiricalValue` and its backtest, written independently.

    python generate.py    writes expected.json beside this file; needs numpy, pandas; reads examples/data/cdnow-sample.txt
"""
import json
import pathlib

import numpy as np
import pandas as pd

here = pathlib.Path(__file__).parent
log = pd.read_csv(
    here / "../../../examples/data/cdnow-sample.txt", sep=r"\s+", header=None, names=["master", "id", "day", "cds", "dollars"], dtype={"id": str, "day": str}
)
log["day"] = pd.to_datetime(log["day"], format="%Y%m%d")
days = log.groupby(["id", "day"], as_index=False)["dollars"].sum()

HORIZON, MARGIN, RATE, SMALLEST = 183, 0.3, 0.1, 30
CLASSES = [(0, 0), (1, 1), (2, 3), (4, 7), (8, None)]


def follow(cutoff):
    """One row for each customer known at the cutoff: how they stood, and discounted margin and purchase days in the 183 days after."""
    known = days[days.day <= cutoff]
    customers = pd.DataFrame({"frequency": known.groupby("id").size() - 1, "since": (cutoff - known.groupby("id").day.max()).dt.days})
    value = pd.Series(0.0, customers.index)
    purchases = pd.Series(0, customers.index)
    # JavaScript rounds halves up, Python to even.
    edges = [int(np.floor(HORIZON * t / 6 + 0.5)) for t in range(7)]
    for start, end in zip(edges, edges[1:]):
        month = days[(days.day > cutoff + pd.Timedelta(days=start)) & (days.day <= cutoff + pd.Timedelta(days=end))]
        month = month[month.id.isin(customers.index)].groupby("id").dollars
        value = value.add(month.sum() * MARGIN * (1 + RATE) ** (-end / 365.25), fill_value=0)
        purchases = purchases.add(month.size(), fill_value=0)
    return customers.assign(value=value, purchases=purchases)


def groups_of(customers):
    """A class of fewer than 30 joins the next lower one (the lowest is never that small here)."""
    groups = []
    classes = list(CLASSES)

    def inside(low, high):
        return customers[(customers.frequency >= low) & ((customers.frequency <= high) if high is not None else True)]

    for i in range(len(classes) - 1, 0, -1):
        if len(inside(*classes[i])) < SMALLEST:
            classes[i - 1 : i + 1] = [(classes[i - 1][0], classes[i][1])]
    for low, high in classes:
        members = inside(low, high)
        assert len(members) >= SMALLEST
        for count in range(min(3, len(members) // SMALLEST), 0, -1):
            cuts = [int(np.floor(np.quantile(members.since, i / count))) for i in range(1, count)]
            edges = [-np.inf, *cuts, np.inf]
            parts = [members[(members.since > a) & (members.since <= b)] for a, b in zip(edges, edges[1:])]
            if count == 1 or min(len(part) for part in parts) >= SMALLEST:
                break
        for a, b, part in zip(edges, edges[1:], parts):
            groups.append(
                {
                    "frequencyFrom": low,
                    "frequencyTo": high,
                    "daysAbove": None if np.isinf(a) else a,
                    "daysTo": None if np.isinf(b) else b,
                    "customerCount": len(part),
                    "purchaseProbability": float((part.purchases > 0).mean()),
                    "expectedPurchases": float(part.purchases.mean()),
                    "expectedValue": float(part.value.mean()),
                    "standardError": float(part.value.std(ddof=1) / np.sqrt(len(part))),
                }
            )
    return groups


def predict(groups, customers):
    def value(row):
        for group in groups:
            if (group["frequencyTo"] is None or row.frequency <= group["frequencyTo"]) and (group["daysTo"] is None or row.since <= group["daysTo"]):
                return group["expectedValue"]

    return customers.apply(value, axis=1)


end = pd.Timestamp("1998-06-30")
cutoff = end - pd.Timedelta(days=HORIZON)
earlier = cutoff - pd.Timedelta(days=HORIZON)
then = groups_of(follow(earlier))
actual = follow(cutoff)
predicted = predict(then, actual)
training = follow(earlier)
result = {
    "cutoff": str(cutoff.date()),
    "groups": groups_of(actual),
    "backtest": {
        "customerCount": len(actual),
        "predictedTotal": float(predicted.sum()),
        "actualTotal": float(actual.value.sum()),
        "rootMeanSquaredError": float(np.sqrt(((actual.value - predicted) ** 2).mean())),
        "baselineRootMeanSquaredError": float(np.sqrt(((actual.value - training.value.mean()) ** 2).mean())),
    },
}
(here / "expected.json").write_text(json.dumps(result, indent=1) + "\n")
