"""Values of the functions of formulas, from other programs:
- round: decimal arithmetic on the shortest text of each double, halves away from zero (the decimal module);
- remainder: Python's %, which is exact and has the sign of the divisor;
- the others: 60-digit arithmetic on the doubles (mpmath).

    python generate.py    writes expected.json beside this file; needs mpmath
"""
import decimal
import json
import pathlib
import random

from mpmath import exp, expm1, log, log1p, mp, mpf, sqrt

mp.dps = 60
decimal.getcontext().prec = 80
draw = random.Random(20240607)


def rounded(value, places):
    step = decimal.Decimal(1).scaleb(-places)
    return float(decimal.Decimal(repr(value)).quantize(step, rounding=decimal.ROUND_HALF_UP))


def rounding_cases():
    halves = [1.005, 2.675, 0.285, 1.255, 10.235, 1.45, 0.5, 1.5, 2.5, 0.49999999999999994, 8.345, 1e-7, 5e-8, 4.35, 1234567.125]
    for value in halves:
        for places in (0, 1, 2, 3, 7):
            yield value, places
    for _ in range(300):
        yield round(draw.uniform(0, 10 ** draw.randint(0, 9)), draw.randint(0, 4)) + draw.choice([0, 0.5, 0.05, 0.005]), draw.randint(0, 4)
    for _ in range(200):
        yield draw.lognormvariate(0, 8), draw.randint(0, 9)


rounding = []
for value, places in rounding_cases():
    for signed in (value, -value):
        rounding.append([signed, places, rounded(signed, places)])

remainder = []
for _ in range(300):
    value = draw.choice([float(draw.randint(-50, 50)), draw.uniform(-1e6, 1e6), draw.lognormvariate(0, 10)])
    divisor = draw.choice([float(draw.choice([-7, -3, -2, 2, 3, 7])), draw.uniform(-20, 20)])
    remainder.append([value, divisor, value % divisor])

functions = {
    "exp": (exp, lambda: draw.uniform(-50, 50)),
    "expm1": (expm1, lambda: draw.choice([-1, 1]) * 10 ** draw.uniform(-12, 1)),
    "log": (log, lambda: 10 ** draw.uniform(-10, 10)),
    "log10": (lambda x: log(x, 10), lambda: 10 ** draw.uniform(-10, 10)),
    "log2": (lambda x: log(x, 2), lambda: 10 ** draw.uniform(-10, 10)),
    "log1p": (log1p, lambda: 10 ** draw.uniform(-12, 5)),
    "sqrt": (sqrt, lambda: 10 ** draw.uniform(-10, 10)),
    "logistic": (lambda x: 1 / (1 + exp(-x)), lambda: draw.uniform(-700, 40)),
}
values = {}
for name, (function, sample) in functions.items():
    values[name] = []
    for _ in range(100):
        x = sample()
        values[name].append([x, float(function(mpf(x)))])

expected = {"round": rounding, "remainder": remainder, "functions": values}
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps(expected) + "\n")
