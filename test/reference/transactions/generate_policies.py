"""Reference values for the options of purchase summaries, in policies.json beside this file: a random log in Europe/Berlin with orders of
several rows, cancellations, returns, zero and missing amounts, summarised by plain Python (dictionaries, Fraction, the standard library's
zoneinfo and statistics) after the definitions of the guide, once for each of several sets of options; and the log cut in two.

    python generate_policies.py    needs tzdata
"""
import json
import pathlib
import random
import statistics
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

here = pathlib.Path(__file__).parent
ZONE = ZoneInfo("Europe/Berlin")
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
DAY_ZERO = date(1970, 1, 1)
DAYS = {"day": Fraction(1), "week": Fraction(7), "month": Fraction(36525, 1200), "year": Fraction(36525, 100)}


def milliseconds(*parts):
    return int((datetime(*parts, tzinfo=timezone.utc) - EPOCH).total_seconds() * 1000)


def local_date(ms):
    return (EPOCH + timedelta(milliseconds=ms)).astimezone(ZONE).date()


def period_start(day, period):
    """The period of a day, as a number that counts periods."""
    if period == "day":
        return (day - DAY_ZERO).days
    if period == "week":
        year, week, _ = day.isocalendar()
        return (date.fromisocalendar(year, week, 1) - date(1969, 12, 29)).days // 7
    return day.year * 12 + day.month


def is_known(ms, as_of, interval):
    if isinstance(as_of, int):
        return ms <= as_of if interval == "closed" else ms < as_of
    end = date.fromisoformat(as_of)
    return local_date(ms) <= end if interval == "closed" else local_date(ms) < end


def customers_of(rows, listed, options):
    """Each customer's purchases and returns: lists of (day, amount in cents or None)."""
    report = dict.fromkeys(["afterAsOfCount", "cancelledCount", "zeroCount", "returnCount", "linkedReturnCount", "unmatchedReturnCount", "orderCount", "missingValueCount"], 0)
    orders = {}
    returns = {}
    seen = set()
    for customer, ms, cents, order, status in rows:
        seen.add(customer)
        if not is_known(ms, options["asOf"], options.get("interval", "closed")):
            report["afterAsOfCount"] += 1
        elif cents is not None and cents < 0:
            returns.setdefault(customer, []).append((local_date(ms), cents, order))
        elif status == "cancelled":
            report["cancelledCount"] += 1
        elif cents == 0 and options.get("zeroOrders") == "ignore":
            report["zeroCount"] += 1
        else:
            key = order if order is not None else ("row", report["orderCount"])
            orders.setdefault(customer, {}).setdefault(key, []).append((local_date(ms), cents))
            report["orderCount"] += 1
            report["missingValueCount"] += cents is None
    policy = options.get("returns", "net")
    result = {}
    for customer in sorted(seen | set(listed)):
        own = {key: (min(day for day, _ in lines), [cents for _, cents in lines]) for key, lines in orders.get(customer, {}).items()}
        days = sorted({day for day, _ in own.values()})
        money = {day: [] for day in days}
        for day, cents in own.values():
            money[day] += cents
        return_count, return_cents = 0, 0
        for day, cents, order in returns.get(customer, []):
            if policy == "ignore":
                report["returnCount"] += 1
                continue
            if order is not None and order in own:
                target = own[order][0]
                report["linkedReturnCount"] += 1
            else:
                before = [d for d in days if d <= day]
                if not before:
                    report["unmatchedReturnCount"] += 1
                    continue
                target = before[-1]
            report["returnCount"] += 1
            return_count += 1
            return_cents -= cents
            if policy == "net":
                money[target].append(cents)
        result[customer] = (len(own), days, money, return_count, return_cents)
    return result, report


def end_date(as_of):
    return local_date(as_of) if isinstance(as_of, int) else date.fromisoformat(as_of)


def summarize(rows, listed, options):
    customers, report = customers_of(rows, listed, options)
    period = options.get("period", "day")
    unit = options.get("unit", period)
    per_unit = {("month", "month"): Fraction(1), ("month", "year"): Fraction(12)}.get((period, unit), DAYS[unit] / DAYS[period])
    end = end_date(options["asOf"])
    result = {}
    for customer, (order_count, days, money, return_count, return_cents) in customers.items():
        if not days:
            if customer in listed:
                result[customer] = {"orderCount": 0, "frequency": 0, "recency": None, "age": None, "daysSinceLast": None, "meanValue": None, "meanValueAll": None, "totalValue": 0, "returnCount": return_count, "returnValue": 0, "meanGap": None, "medianGap": None, "gapDeviation": None}
            continue
        periods = sorted({period_start(day, period) for day in days})

        def cents_of(chosen):
            cents = [c for day in days if period_start(day, period) in chosen for c in money[day]]
            return None if None in cents else Fraction(sum(cents), 100)

        def mean(chosen):
            total = cents_of(chosen)
            return None if total is None or not chosen else float(total / len(chosen))

        gaps = [b - a for a, b in zip(periods, periods[1:])]
        total = cents_of(periods)
        result[customer] = {
            "orderCount": order_count,
            "frequency": len(periods) - 1,
            "recency": float((periods[-1] - periods[0]) / per_unit),
            "age": float((period_start(end, period) - periods[0]) / per_unit),
            "daysSinceLast": (end - days[-1]).days,
            "meanValue": mean(periods[1:]),
            "meanValueAll": mean(periods),
            "totalValue": None if total is None else float(total),
            "returnCount": return_count,
            "returnValue": return_cents / 100,
            "meanGap": float(statistics.mean(gaps) / per_unit) if gaps else None,
            "medianGap": float(Fraction(statistics.median(gaps)) / per_unit) if gaps else None,
            "gapDeviation": statistics.stdev(gaps) / float(per_unit) if len(gaps) > 1 else None,
        }
    every = sorted(b - a for customer in result if customers[customer][1] for a, b in zip(*[iter_periods(customers[customer][1], period, k) for k in (0, 1)]))
    pooled = {
        "count": len(every),
        "mean": float(statistics.mean(every) / per_unit),
        "standardDeviation": statistics.stdev(every) / float(per_unit),
        "quartiles": [float(q / float(per_unit)) for q in statistics.quantiles(every, n=4, method="inclusive")],
    }
    without = sum(not days and customer not in listed for customer, (_, days, *_rest) in customers.items())
    prospects = sum(not days and customer in listed for customer, (_, days, *_rest) in customers.items())
    unlisted = sum(bool(days) and customer not in listed for customer, (_, days, *_rest) in customers.items()) if listed else 0
    report.update(rowCount=len(rows), missingIdCount=0, missingTimeCount=0, customersWithoutOrders=without, prospectCount=prospects, unlistedCount=unlisted)
    return {"options": options, "listed": bool(listed), "customers": result, "gaps": pooled, "report": report}


def iter_periods(days, period, skip):
    return sorted({period_start(day, period) for day in days})[skip:]


def split(rows, options, calibration_end):
    start, _ = customers_of(rows, [], {**options, "asOf": calibration_end})
    end, _ = customers_of(rows, [], options)
    period = options.get("period", "day")

    def numbers(customer):
        order_count, days, money, _, _ = customer
        cents = [c for day in days for c in money[day]]
        return order_count, len({period_start(day, period) for day in days}), None if None in cents else sum(cents)

    holdout = {}
    for customer, then in start.items():
        if not then[1]:
            continue
        orders_then, periods_then, cents_then = numbers(then)
        orders_now, periods_now, cents_now = numbers(end[customer])
        holdout[customer] = {
            "orderCount": orders_now - orders_then,
            "frequency": periods_now - periods_then,
            "totalValue": None if cents_now is None or cents_then is None else (cents_now - cents_then) / 100,
        }
    new = sum(bool(now[1]) and not (customer in start and start[customer][1]) for customer, now in end.items())
    return {"options": options, "calibrationEnd": calibration_end, "holdout": holdout, "newCustomerCount": new}


rng = random.Random(20261124)
HOUR = 3_600_000
rows = []
order_of = {}
for _ in range(900):
    customer = f"c{rng.randrange(45):02d}"
    ms = milliseconds(2025, 1, 20) + rng.randrange(0, 300) * 24 * HOUR + rng.choice([0, 12, 22, 23]) * HOUR + rng.randrange(HOUR)
    kind = rng.choices(["order", "line", "return", "zero", "none"], [50, 25, 18, 5, 2])[0]
    order = None
    if kind == "line" and order_of.get(customer):
        # A further row of an earlier order, up to two days later.
        order, first = rng.choice(order_of[customer])
        ms = first + rng.randrange(0, 48) * HOUR
    elif kind == "return" and order_of.get(customer) and rng.random() < 0.5:
        order, first = rng.choice(order_of[customer])
        ms = first + rng.randrange(0, 40) * 24 * HOUR
    elif rng.random() < 0.7:
        # Order numbers are counted by customer: different customers have equal ones.
        order = f"o{len(order_of.setdefault(customer, [])) + 1}"
        if kind != "return":
            order_of[customer].append((order, ms))
    cents = {"return": -rng.randrange(1, 3000), "zero": 0, "none": None}.get(kind, rng.randrange(1, 20000))
    status = rng.choices(["done", "cancelled", None], [85, 8, 7])[0]
    rows.append((customer, ms, cents, order, status))
rows += [("late", milliseconds(2025, 12, 20), 500, None, "done"), ("returned", milliseconds(2025, 3, 25), -500, None, "done"), ("cancelled", milliseconds(2025, 3, 25), 500, "o1", "cancelled")]
# Orders exactly at the end of what is known.
AT = milliseconds(2025, 9, 30, 10)
rows += [("c00", AT, 700, None, "done"), ("c01", AT - 1, 800, None, "done"), ("c02", AT + 1, 900, None, "done")]
rng.shuffle(rows)
listed = ["c00", "c01", "late", "returned", "cancelled", "nobody", "a stranger"]

cases = [
    summarize(rows, [], {"asOf": "2025-10-30"}),
    summarize(rows, [], {"asOf": "2025-10-30", "period": "week"}),
    summarize(rows, [], {"asOf": "2025-10-30", "period": "month", "unit": "year", "returns": "separate"}),
    summarize(rows, [], {"asOf": "2025-10-30", "unit": "week", "returns": "ignore", "zeroOrders": "ignore"}),
    summarize(rows, [], {"asOf": "2025-09-30", "interval": "open", "unit": "month"}),
    summarize(rows, [], {"asOf": AT, "interval": "open"}),
    summarize(rows, [], {"asOf": AT, "interval": "closed"}),
    summarize(rows, listed, {"asOf": "2025-06-30", "period": "week", "unit": "year", "returns": "separate", "zeroOrders": "ignore"}),
]
splits = [
    split(rows, {"asOf": "2025-10-30"}, "2025-06-30"),
    split(rows, {"asOf": "2025-10-30", "period": "week", "interval": "open"}, "2025-05-14"),
    split(rows, {"asOf": AT, "period": "month", "returns": "separate"}, "2025-04-16"),
]
expected = {
    "timeZone": "Europe/Berlin",
    "rows": [[c, t, None if a is None else a / 100, o, s] for c, t, a, o, s in rows],
    "listed": listed,
    "cases": cases,
    "splits": splits,
}
(here / "policies.json").write_text(json.dumps(expected) + "\n")
