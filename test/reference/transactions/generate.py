"""Reference values for purchase summaries, in expected.json beside this file:

- days:    calendar days of points in time in several time zones, by the standard library's zoneinfo
- cdnow:   summary of the CDNOW sample up to 1998-06-30, by pandas
- returns: a random log in Europe/Berlin with returns, zero amounts and missing cells, summarised by plain Python
           with decimal arithmetic, after the definitions of the guide

    python generate.py    needs numpy, pandas, tzdata
"""
import json
import pathlib
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

here = pathlib.Path(__file__).parent
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def day_number(ms, zone):
    local = (EPOCH + timedelta(milliseconds=ms)).astimezone(ZoneInfo(zone))
    return (local.date() - date(1970, 1, 1)).days


def milliseconds(*parts):
    return int((datetime(*parts, tzinfo=timezone.utc) - EPOCH).total_seconds() * 1000)


ZONES = {
    "Europe/Berlin": [milliseconds(2026, 3, 29, 1), milliseconds(2026, 10, 25, 1)],
    "America/New_York": [milliseconds(2024, 3, 10, 7), milliseconds(2024, 11, 3, 6)],
    "Asia/Kolkata": [],
    "Asia/Kathmandu": [milliseconds(1985, 12, 31, 18, 30)],
    "Australia/Lord_Howe": [milliseconds(2023, 4, 1, 15), milliseconds(2023, 9, 30, 15, 30)],
    # Changes at midnight, so that one day begins at 01:00 and one has 23:00 to 24:00 twice.
    "America/Sao_Paulo": [milliseconds(2018, 11, 4, 3), milliseconds(2018, 2, 18, 2)],
    # 2011-12-30 did not take place.
    "Pacific/Apia": [milliseconds(2011, 12, 30, 10)],
    # Clocks went ahead by 44 minutes and 30 seconds.
    "Africa/Monrovia": [milliseconds(1972, 1, 7, 0, 44, 30)],
    "Africa/Casablanca": [milliseconds(2023, 3, 19, 2), milliseconds(2023, 4, 23, 2)],
}
HOUR = 3_600_000
rng = np.random.default_rng(20261101)
days = {}
for zone, changes in ZONES.items():
    times = rng.integers(milliseconds(1970, 1, 2), milliseconds(2025, 1, 1), 150).tolist()
    for change in changes:
        for step in (-25 * HOUR, -24 * HOUR, -2 * HOUR, -HOUR, -HOUR // 2, -1000, -1, 0, 1, 1000, HOUR // 2, HOUR, 2 * HOUR, 24 * HOUR):
            times.append(change + step)
    # Just before and after local midnights, where a wrong offset shows.
    for ms in list(times[:60]):
        local = (EPOCH + timedelta(milliseconds=ms)).astimezone(ZoneInfo(zone))
        midnight = datetime(local.year, local.month, local.day, tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)
        start = int((midnight - EPOCH).total_seconds() * 1000)
        times += [start - 1, start]
    times = [t for t in times if t >= 0]
    days[zone] = {"times": times, "days": [day_number(t, zone) for t in times]}


log = pd.read_csv(here / "../../../examples/data/cdnow-sample.txt", sep=r"\s+", header=None, names=["master", "id", "date", "quantity", "amount"], dtype={"id": str, "date": str})
log["date"] = pd.to_datetime(log["date"], format="%Y%m%d")
as_of = pd.Timestamp("1998-06-30")
by_day = log.groupby(["id", "date"])["amount"].agg(["sum", "size"]).reset_index()
repeats = by_day[by_day["date"] > by_day.groupby("id")["date"].transform("min")]
groups = by_day.groupby("id")
cdnow = pd.DataFrame(
    {
        "orderCount": groups["size"].sum(),
        "frequency": groups.size() - 1,
        "recency": (groups["date"].max() - groups["date"].min()).dt.days,
        "age": (as_of - groups["date"].min()).dt.days,
        "daysSinceLast": (as_of - groups["date"].max()).dt.days,
        "meanValue": repeats.groupby("id")["sum"].mean(),
        "meanValueAll": groups["sum"].mean(),
        "totalValue": groups["sum"].sum(),
    }
).sort_index()
shown = cdnow.iloc[::29]


def summarize(rows, as_of_day, zone):
    """rows: (id or None, ms or None, amount text or None); the definitions, one customer at a time."""
    report = dict.fromkeys(["missingIdCount", "missingTimeCount", "afterAsOfCount", "unmatchedReturnCount", "orderCount", "returnCount", "missingValueCount"], 0)
    customers = {}
    for customer, ms, amount in rows:
        if customer is None:
            report["missingIdCount"] += 1
            continue
        own = customers.setdefault(customer, [])
        if ms is None:
            report["missingTimeCount"] += 1
        elif day_number(ms, zone) > as_of_day:
            report["afterAsOfCount"] += 1
        else:
            own.append((day_number(ms, zone), amount))
    result = {}
    without = 0
    for customer in sorted(customers):
        own = customers[customer]
        orders = [(day, amount) for day, amount in own if amount is None or not amount.startswith("-")]
        purchase_days = sorted({day for day, _ in orders})
        report["orderCount"] += len(orders)
        report["missingValueCount"] += sum(amount is None for _, amount in orders)
        value = {day: Decimal(0) for day in purchase_days}
        for day, amount in orders:
            value[day] = None if amount is None or value[day] is None else value[day] + Decimal(amount)
        for day, amount in own:
            if amount is None or not amount.startswith("-"):
                continue
            before = [d for d in purchase_days if d <= day]
            if not before:
                report["unmatchedReturnCount"] += 1
                continue
            report["returnCount"] += 1
            if value[before[-1]] is not None:
                value[before[-1]] += Decimal(amount)
        if not purchase_days:
            without += 1
            continue

        def total(chosen):
            return None if any(value[d] is None for d in chosen) else sum((value[d] for d in chosen), Decimal(0))

        def mean(chosen):
            whole = total(chosen)
            return None if whole is None or not chosen else float(whole / len(chosen))

        everything = total(purchase_days)
        result[customer] = {
            "orderCount": len(orders),
            "frequency": len(purchase_days) - 1,
            "recency": purchase_days[-1] - purchase_days[0],
            "age": as_of_day - purchase_days[0],
            "daysSinceLast": as_of_day - purchase_days[-1],
            "meanValue": mean(purchase_days[1:]),
            "meanValueAll": mean(purchase_days),
            "totalValue": None if everything is None else float(everything),
        }
    report["customersWithoutOrders"] = without
    return result, report


rows = []
for _ in range(700):
    customer = None if rng.random() < 0.02 else f"c{rng.integers(0, 60):02d}"
    # Within a few weeks around both changes of the clocks, often near midnight.
    ms = int(rng.choice([milliseconds(2025, 3, 20), milliseconds(2025, 10, 18)]) + rng.integers(0, 20) * 24 * HOUR + rng.choice([0, 12 * HOUR, 22 * HOUR, 23 * HOUR]) + rng.integers(0, HOUR))
    amount = rng.choice(["order", "order", "order", "order", "return", "zero", "none"], p=[0.2, 0.2, 0.2, 0.16, 0.2, 0.02, 0.02])
    text = {"order": f"{rng.integers(1, 20000) / 100:.2f}", "return": f"-{rng.integers(1, 3000) / 100:.2f}", "zero": "0.00", "none": None}[amount]
    rows.append((customer, None if rng.random() < 0.02 else ms, text))
rows += [("late", milliseconds(2025, 12, 1), "5.00"), ("returned", milliseconds(2025, 3, 25), "-5.00")]
as_of_day = (date(2025, 10, 30) - date(1970, 1, 1)).days
customers, report = summarize(rows, as_of_day, "Europe/Berlin")

expected = {
    "days": days,
    "cdnow": {
        "customers": len(cdnow),
        "customerDays": len(by_day),
        "sums": {name: float(cdnow[name].sum()) for name in ["orderCount", "frequency", "recency", "age", "daysSinceLast"]},
        "totalCents": int((log["amount"] * 100).round().sum()),
        "rows": {i: {k: (None if pd.isna(v) else v) for k, v in row.items()} for i, row in shown.iterrows()},
    },
    "returns": {
        "asOf": "2025-10-30",
        "timeZone": "Europe/Berlin",
        "rows": [[c, t, None if a is None else float(a)] for c, t, a in rows],
        "customers": customers,
        "report": report,
    },
}
(here / "expected.json").write_text(json.dumps(expected) + "\n")
