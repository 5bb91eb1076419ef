"""Reference values for RFM scores, in expected.json beside this file, on the sample of the CDNOW log up to 1997-09-30 and on
awkward customers, by pandas:

- quantile: DataFrame.quantile (linear interpolation, type 7) and how many cuts a value lies above: the score of qcut where no two
            cuts coincide (`qcut` below says for which measures that is so)
- rank:     floor(5 (rank - 1/2) / n) + 1 with the mean rank of ties
- fixed:    pandas.cut, right-closed

Recency is the number of days since the last purchase: its scores run the other way.

    python generate.py    needs numpy, pandas
"""
import json
import pathlib

import numpy as np
import pandas as pd

here = pathlib.Path(__file__).parent
log = pd.read_csv(here / "../../../examples/data/cdnow-sample.txt", sep=r"\s+", header=None, names=["all", "id", "date", "units", "value"], dtype={"date": str})
log["date"] = pd.to_datetime(log["date"], format="%Y%m%d")
log = log[log["date"] <= "1997-09-30"]
cdnow = log.groupby("id").agg(daysSinceLast=("date", lambda d: (pd.Timestamp("1997-09-30") - d.max()).days), orderCount=("date", "size"), totalValue=("value", lambda v: round(v.sum(), 2)))

rng = np.random.default_rng(5)
n = 173
awkward = pd.DataFrame({
    "daysSinceLast": np.where(rng.random(n) < 0.4, 0, rng.integers(0, 60, n)),
    "orderCount": np.where(rng.random(n) < 0.75, 1, rng.geometric(0.4, n)),
    "totalValue": np.where(rng.random(n) < 0.3, 0.0, (rng.lognormal(0, 0.2, n)).round(2)),
})
even = pd.DataFrame({"daysSinceLast": rng.permutation(101), "orderCount": rng.permutation(101) + 1, "totalValue": (rng.permutation(101) / 10).round(1)})


def scored(frame, levels):
    shares = [k / levels for k in range(1, levels)]
    out = {"levels": levels, "quantile": {}, "rank": {}, "qcut": {}}
    for name in frame:
        values = frame[name]
        turn = (lambda s: levels + 1 - s) if name == "daysSinceLast" else (lambda s: s)
        cuts = values.quantile(shares).tolist()
        above = turn(1 + sum((values > cut).astype(int) for cut in cuts))
        out["quantile"][name] = {"cuts": cuts, "scores": above.tolist()}
        out["rank"][name] = turn(np.floor(levels * (values.rank(method="average") - 0.5) / len(values)).astype(int) + 1).tolist()
        distinct = len({values.min(), *cuts, values.max()}) == levels + 1
        out["qcut"][name] = turn(pd.qcut(values, levels, labels=False) + 1).tolist() if distinct else None
    return out


fixed = {"daysSinceLast": [30, 60, 120, 200], "orderCount": [1, 2, 4, 8], "totalValue": [15, 30, 60, 150.5]}
fixed_scores = {}
for name, cuts in fixed.items():
    score = pd.cut(cdnow[name], [-np.inf, *cuts, np.inf], labels=False) + 1
    fixed_scores[name] = ((6 - score) if name == "daysSinceLast" else score).tolist()

out = {
    "customers": {name: {column: frame[column].tolist() for column in frame} for name, frame in {"awkward": awkward, "even": even}.items()},
    "cdnow": {**scored(cdnow, 5), "fixedCuts": fixed, "fixed": fixed_scores},
    "awkward": [scored(awkward, 5), scored(awkward, 3), scored(awkward, 9)],
    "even": [scored(even, 5), scored(even, 4)],
}
(here / "expected.json").write_text(json.dumps(out) + "\n")
