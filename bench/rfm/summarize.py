"""Purchase summaries of one log by pandas, numpy or lifetimes, timed; prints one line of JSON. Called by bench/rfm.ts:

    python summarize.py METHOD IDS FOLDER ROWS AS_OF

METHOD: pandas (two group-bys on columns of the library's own types), numpy (one sort of a packed key and reduceat), lifetimes.
IDS: number, text or category. FOLDER holds ids.i32, times.f64 (milliseconds since 1970) and amounts.f64.
"""
import json
import resource
import statistics
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
method, kind, folder, row_count, as_of_text = sys.argv[1:]
AS_OF = int(np.datetime64(as_of_text, "D").astype(np.int64))

ids = np.fromfile(f"{folder}/ids.i32", dtype=np.int32).astype(np.int64)
times = np.fromfile(f"{folder}/times.f64").astype(np.int64).astype("datetime64[ms]")
amounts = np.fromfile(f"{folder}/amounts.f64")
log = pd.DataFrame({"id": ids, "time": times, "amount": amounts})
if kind != "number":
    log["id"] = "c" + log["id"].astype(str)
if kind == "category":
    log["id"] = log["id"].astype("category")
del ids, times, amounts
assert len(log) == int(row_count)


def columns(orders, days, first, last, total, first_value):
    repeats = days - 1
    with np.errstate(all="ignore"):
        return {
            "orderCount": orders,
            "frequency": repeats,
            "recency": last - first,
            "age": AS_OF - first,
            "daysSinceLast": AS_OF - last,
            "meanValue": (total - first_value) / np.where(repeats > 0, repeats, np.nan),
            "meanValueAll": total / days,
            "totalValue": total,
        }


def by_pandas():
    day = log["time"].to_numpy().astype("datetime64[D]").astype(np.int64)
    known = pd.DataFrame({"id": log["id"], "day": day, "amount": log["amount"]})
    if (day > AS_OF).any():
        known = known[day <= AS_OF]
    by_day = known.groupby(["id", "day"], observed=True)["amount"].agg(["sum", "size"]).reset_index()
    found = by_day.groupby("id", observed=True).agg(orders=("size", "sum"), days=("day", "size"), first=("day", "first"), last=("day", "last"), total=("sum", "sum"), first_value=("sum", "first"))
    return pd.DataFrame(columns(found["orders"], found["days"], found["first"], found["last"], found["total"], found["first_value"]))


def by_numpy():
    if kind == "category":
        codes = log["id"].cat.codes.to_numpy().astype(np.int64)
        names = log["id"].cat.categories
    else:
        codes, names = pd.factorize(log["id"], sort=True)
    day = log["time"].to_numpy().astype("datetime64[D]").astype(np.int64)
    amount = log["amount"].to_numpy()
    if (day > AS_OF).any():
        codes, day, amount = codes[day <= AS_OF], day[day <= AS_OF], amount[day <= AS_OF]
    start, span = day.min(), day.max() - day.min() + 1
    key = codes * span + (day - start)
    order = np.argsort(key, kind="stable")
    key = key[order]
    day_starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    day_sums = np.add.reduceat(amount[order], day_starts)
    day_sizes = np.diff(np.r_[day_starts, len(key)])
    customers, days = np.divmod(key[day_starts], span)
    starts = np.flatnonzero(np.r_[True, customers[1:] != customers[:-1]])
    ends = np.r_[starts[1:], len(customers)]
    found = columns(np.add.reduceat(day_sizes, starts), ends - starts, days[starts] + start, days[ends - 1] + start, np.add.reduceat(day_sums, starts), day_sums[starts])
    return pd.DataFrame(found, index=names[customers[starts]])


def by_lifetimes():
    from lifetimes.utils import summary_data_from_transaction_data

    return summary_data_from_transaction_data(log, "id", "time", "amount", observation_period_end=as_of_text)


run = {"pandas": by_pandas, "numpy": by_numpy, "lifetimes": by_lifetimes}[method]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = run()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
spent = []
for _ in range(2 if method == "lifetimes" else 5):
    start = time.perf_counter()
    run()
    spent.append((time.perf_counter() - start) * 1000)
print(json.dumps({"milliseconds": statistics.median(spent), "megabytes": (peak - before) * 1024 / 1e6, "customers": len(found), "repeats": int(found["frequency"].sum())}))
