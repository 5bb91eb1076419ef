"""Lifetime values by their definition, term by term in 50 digits: no closed form is used, an infinite sum goes on until it stands still.

    python generate.py    writes expected.json beside this file; needs mpmath
"""
import json
import pathlib

from mpmath import mp, mpf

mp.dps = 50
PER_YEAR = {"day": mpf("365.25"), "week": mpf("365.25") / 7, "month": 12, "quarter": 4, "year": 1}


def at(values, t):
    """The value of period t, from 1; the last one goes on."""
    return mpf(values[min(t, len(values)) - 1])


def listed(value):
    return value if isinstance(value, list) else [value]


def rate(case):
    if "annualDiscountRate" in case:
        return (1 + mpf(case["annualDiscountRate"])) ** (mpf(1) / PER_YEAR[case["period"]]) - 1
    return mpf(case.get("discountRate", 0))


def lifetime_value(case):
    d = rate(case)
    start = case.get("payment", "end") == "start"
    total, stays, t = mpf(0), mpf(1), 0
    while case["periods"] == "infinite" or t < case["periods"]:
        t += 1
        before = stays
        stays = mpf(case["survival"][t - 1]) if "survival" in case else stays * at(listed(case["retention"]), t)
        paid, age = (before, t - 1) if start else (stays, t)
        term = paid * at(listed(case["averageRevenue"]), t) * at(listed(case.get("margin", 1)), t) / (1 + d) ** age
        total += term
        if case["periods"] == "infinite" and t > 5 and abs(term) < mpf(10) ** -40 * abs(total):
            break
    return total - mpf(case.get("acquisitionCost", 0))


CASES = [
    {"retention": 0.9, "periods": 12, "averageRevenue": 100, "margin": 0.3, "discountRate": 0.01},
    {"retention": 0.9, "periods": "infinite", "averageRevenue": 100, "margin": 0.3, "discountRate": 0.01},
    {"retention": 0.9, "periods": "infinite", "averageRevenue": 100, "margin": 0.3, "discountRate": 0.01, "payment": "start"},
    {"retention": [0.7, 0.8, 0.9], "periods": "infinite", "averageRevenue": 10, "margin": 0.6, "acquisitionCost": 20, "payment": "start", "annualDiscountRate": 0.1, "period": "month"},
    {"retention": [0.7, 0.8, 0.9], "periods": 30, "averageRevenue": [12, 11, 10.5, 10], "margin": [0.2, 0.4], "annualDiscountRate": 0.15, "period": "week"},
    {"retention": 0.8, "periods": "infinite", "averageRevenue": [50, 40, 30, 20], "margin": [0.1, 0.5], "annualDiscountRate": 0.07, "period": "quarter"},
    {"survival": [0.869, 0.743, 0.653, 0.593, 0.551], "periods": 5, "averageRevenue": 120, "annualDiscountRate": 0.12, "period": "year"},
    {"survival": [0.869, 0.743, 0.653, 0.593, 0.551], "periods": 4, "averageRevenue": 120, "annualDiscountRate": 0.12, "period": "year", "payment": "start", "acquisitionCost": 75},
    {"retention": 0.995, "periods": "infinite", "averageRevenue": 0.25, "annualDiscountRate": 0.1, "period": "day"},
    {"retention": 1, "periods": "infinite", "averageRevenue": 1, "discountRate": 0.01},
    {"retention": 0.5, "periods": "infinite", "averageRevenue": 1, "discountRate": -0.25},
]

out = [{"input": case, "lifetimeValue": mp.nstr(lifetime_value(case), 20), "discountRate": mp.nstr(rate(case), 20)} for case in CASES]
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps(out, indent=1) + "\n")
