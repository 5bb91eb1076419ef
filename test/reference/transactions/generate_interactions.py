"""Reference values for interaction summaries, in interactions.json beside this file: a random log of contacts in America/New_York,
summarised by pandas (group-bys and pivot tables) after the definitions of the guide.

    python generate_interactions.py    needs numpy, pandas, tzdata
"""
import json
import pathlib

import numpy as np
import pandas as pd

here = pathlib.Path(__file__).parent
ZONE = "America/New_York"
rng = np.random.default_rng(20261124)
n = 1500
start = pd.Timestamp("2025-01-10", tz="UTC")
log = pd.DataFrame(
    {
        "id": rng.choice([f"c{i:02d}" for i in range(40)] + [None], n, p=[0.98 / 40] * 40 + [0.02]),
        "time": start + pd.to_timedelta(rng.integers(0, 330 * 24 * 60, n), unit="min"),
        "kind": rng.choice(["complaint", "question", "visit", None], n, p=[0.2, 0.4, 0.35, 0.05]),
        "channel": rng.choice(["email", "phone", "chat"], n),
    }
)
log.loc[rng.random(n) < 0.02, "time"] = pd.NaT
log = pd.concat([log, pd.DataFrame({"id": ["future"], "time": [pd.Timestamp("2025-12-24", tz="UTC")], "kind": ["gift"], "channel": ["letter"]})], ignore_index=True)


def columns(rows, ids, as_of, window):
    day = rows["day"]
    last = as_of - pd.Timedelta(days=window)
    count = rows.groupby("id").size().reindex(ids, fill_value=0)
    recent = rows[day > last].groupby("id").size().reindex(ids, fill_value=0)
    earlier = rows[(day <= last) & (day > last - pd.Timedelta(days=window))].groupby("id").size().reindex(ids, fill_value=0)
    since = (as_of - rows.groupby("id")["day"].max()).dt.days.reindex(ids)
    both = recent + earlier
    return pd.DataFrame({"count": count, "daysSinceLast": since, "recentCount": recent, "earlierCount": earlier, "trend": ((recent - earlier) / both.where(both > 0)).fillna(0)})


def records(frame):
    return {name: [None if pd.isna(value) else float(value) for value in frame[name]] for name in frame.columns}


def summarize(as_of_text, window, by):
    as_of = pd.Timestamp(as_of_text)
    known = log[log["id"].notna() & log["time"].notna()].copy()
    known["day"] = known["time"].dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize()
    late = known["day"] > as_of
    rows = known[~late]
    ids = sorted(rows["id"].unique())
    groups = []
    for column in by:
        shares = pd.crosstab(rows["id"], rows[column], normalize="index").reindex(ids)
        for level in sorted(rows[column].dropna().unique()):
            frame = columns(rows[rows[column] == level], ids, as_of, window)
            frame["share"] = shares[level]
            groups.append({"column": column, "level": level, "columns": records(frame)})
    return {
        "asOf": as_of_text,
        "windowDays": window,
        "by": by,
        "id": ids,
        "columns": records(columns(rows, ids, as_of, window)),
        "groups": groups,
        "report": {
            "rowCount": len(log),
            "interactionCount": len(rows),
            "missingIdCount": int(log["id"].isna().sum()),
            "missingTimeCount": int((log["id"].notna() & log["time"].isna()).sum()),
            "afterAsOfCount": int(late.sum()),
            "ungrouped": [{"column": column, "missingCount": int(rows[column].isna().sum()), "otherCount": 0} for column in by],
            "customersWithoutInteractions": int(log["id"].nunique() - len(ids)),
        },
    }


expected = {
    "timeZone": ZONE,
    "rows": [[i if isinstance(i, str) else None, None if pd.isna(t) else int(t.timestamp() * 1000), k if isinstance(k, str) else None, c] for i, t, k, c in log.itertuples(index=False)],
    "cases": [summarize("2025-10-31", 90, ["kind", "channel"]), summarize("2025-06-15", 30, ["channel"])],
}
(here / "interactions.json").write_text(json.dumps(expected) + "\n")
