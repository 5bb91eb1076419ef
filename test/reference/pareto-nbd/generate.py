"""The Pareto/NBD model in many digits (Schmittlein, Morrison and Colombo 1987; Fader, Hardie and Lee 2005), written independently of the library.

Likelihood and P(alive) are the closed form with Gauss's hypergeometric function, evaluated with as many digits as its cancellation needs (the digits are
raised until two evaluations agree); discounted transactions are Tricomi's function; probabilities of n purchases are integrals over the time of death.

    python generate.py    writes points.json beside this file; needs mpmath, numpy (for its random numbers); takes some minutes
"""
import json
import pathlib

import numpy as np
from mpmath import binomial, expm1, exp, gamma, hyp2f1, hyperu, inf, log, loggamma, mp, mpf, nstr, quad

DIGITS = 25


def settled(f):
    """f at rising precision until two results agree."""
    previous = None
    for digits in (40, 80, 160, 320, 640, 1280):
        mp.dps = digits
        value = f()
        if previous is not None and value == value and abs(value - previous) <= mpf(10) ** -DIGITS * abs(value):
            return value
        previous = value
    raise ArithmeticError("not settled")


def numbers(texts):
    return [mpf(each) for each in texts]


def log_terms(parameters, row):
    """Log likelihood, and log of the odds of being dead."""
    r, a, s, b = numbers(parameters)
    x, tx, T = numbers(row)
    big, low, exponent = (a, b, s + 1) if a >= b else (b, a, r + x)
    k = r + s + x
    F = lambda y: hyp2f1(k, exponent, k + 1, (big - low) / (big + y)) / (big + y) ** k
    # s times the integral over the time of death.
    died = s / k * (F(tx) - F(T)) if T > tx else mpf(0)
    alive = 1 / ((a + T) ** (r + x) * (b + T) ** s)
    front = loggamma(r + x) - loggamma(r) + r * log(a) + s * log(b)
    return front + log(alive + died), died / alive


def log_likelihood(parameters, row):
    return settled(lambda: log_terms(parameters, row)[0])


def p_alive(parameters, row):
    return settled(lambda: 1 / (1 + log_terms(parameters, row)[1]))


def expected(parameters, row, t):
    """Purchases in the next t."""
    r, a, s, b = numbers(parameters)
    x, tx, T = numbers(row)
    t = mpf(t)
    window = log((b + T + t) / (b + T)) if s == 1 else (1 - ((b + T) / (b + T + t)) ** (s - 1)) / (s - 1)
    return (r + x) / (a + T) * (b + T) * window * p_alive(parameters, row)


def discounted(parameters, row, rate):
    """Purchases from now on, discounted continuously."""
    r, a, s, b = numbers(parameters)
    x, tx, T = numbers(row)
    z = mpf(rate) * (b + T)
    return (r + x) / (a + T) * (b + T) * z ** (s - 1) * hyperu(s, s, z) * p_alive(parameters, row)


def probability_of(parameters, n, t):
    """P(X(t) = n) of a new customer: the time of death integrated out."""
    mp.dps = 40
    r, a, s, b = numbers(parameters)
    t = mpf(t)
    nbd = lambda y: exp(loggamma(r + n) - loggamma(r) - loggamma(n + 1) + r * log(a / (a + y))) * (y / (a + y)) ** n
    ends = [mpf(0)] + [t * mpf(2) ** -j for j in range(30, -1, -1)]
    died = quad(lambda y: nbd(y) * s * b**s / (b + y) ** (s + 1), ends)
    return nbd(t) * (b / (b + t)) ** s + died


def first_purchase(parameters, t):
    """P(X(t) > 0) of a new customer, t may be infinite: the time of the first purchase integrated, which has come before death."""
    mp.dps = 40
    r, a, s, b = numbers(parameters)
    # In log(1 + y / smaller).
    c = min(a, b)
    f = lambda v: r / (a + c * expm1(v)) * (a / (a + c * expm1(v))) ** r * (b / (b + c * expm1(v))) ** s * c * exp(v)
    end = log(1 + mpf(t) / c) if t != "inf" else inf
    ends = [mpf(k) for k in range(0, 60, 2) if k < end] + [end]
    return quad(f, ends)


def s(value):
    return nstr(value, 20)


def point(parameters, row, t, rate):
    return {
        "parameters": parameters, "row": row, "t": t, "rate": rate, "logLikelihood": s(log_likelihood(parameters, row)), "alive": s(p_alive(parameters, row)),
        "expected": s(expected(parameters, row, t)), "discounted": s(discounted(parameters, row, rate)),
    }


rng = np.random.default_rng(20250101)
points = []
while len(points) < 600:
    r, s_ = (float(f"{x:.6g}") for x in np.exp(rng.uniform(np.log(0.01), np.log(50), 2)))
    a, b = (float(f"{x:.6g}") for x in np.exp(rng.uniform(np.log(1e-3), np.log(1e4), 2)))
    T = float(f"{np.exp(rng.uniform(np.log(0.1), np.log(1e4))):.6g}")
    x = int(np.exp(rng.uniform(0, np.log(2001)))) - 1
    tx = 0.0 if x == 0 else float(f"{T * rng.uniform():.6g}") if rng.uniform() < 0.8 else T
    t = float(f"{np.exp(rng.uniform(np.log(1e-3), np.log(1e4))):.6g}")
    rate = float(f"{np.exp(rng.uniform(np.log(1e-5), 0)):.6g}")
    points.append(point((r, a, s_, b), (x, tx, T), t, rate))

# Histories of the literature, and those on which other programs fail: overflow and missing values (lifetimes), P(alive) not a number (CLVTools),
# counts of thousands, equal times, s = 1, very unequal parameters.
CDNOW = (0.553, 10.578, 0.606, 11.669)
named = [point(CDNOW, row, t, 0.0027) for row, t in [
    ((2, 30.43, 38.86), 39), ((0, 0, 38.86), 39), ((26, 30.86, 31), 52), ((1, 1.71, 38.86), 39), ((10, 20, 39), 52), ((25, 20, 39), 52), ((132, 200, 200), 10),
    ((133, 200, 200), 10), ((400, 5, 6), 10), ((500, 1, 37), 10), ((500, 4, 37), 10), ((2000, 300, 365), 30), ((5000, 700, 730), 365), ((3, 0.001, 1000), 100),
    ((1, 50, 50), 1e-6), ((0, 0, 1e-6), 1),
]]
named += [point((10.465, 0.00798565181, 3.0516, 2.82), row, 10, 0.01) for row in [(400, 5, 6), (500, 1, 37), (500, 4, 37), (40, 5, 6), (50, 1, 37), (50, 4, 37)]]
named += [point((0.5143, 2.8845, 0.2856, 14.1087), row, 52, 0.0018) for row in [(221, 103.42857, 103.57143), (254, 97.14286, 97.28571), (161, 94.71429, 98), (204, 98.57143, 99.42857)]]
named += [point((0.6, 10, 1, 10), row, 39, 0.0027) for row in [(2, 30.43, 38.86), (0, 0, 38.86), (10, 20, 39)]]
named += [point((0.5, 1, 0.5, 5000), row, 39, 0.0027) for row in [(2, 30.43, 38.86), (0, 0, 38.86), (10, 20, 39)]]
named += [point((0.6, 10, 1.0000001, 9.9999999), (2, 30.43, 38.86), 39, 0.0027), point((0.5, 5000, 0.5, 1), (2, 30.43, 38.86), 39, 0.0027)]

counts = []
for parameters in [(0.55, 10.56, 0.61, 11.64), (0.553, 10.578, 0.606, 11.669), (3, 0.5, 2, 40), (0.05, 200, 0.05, 0.01), (1, 1, 1, 1), (20, 3, 0.3, 1000)]:
    for n, t in [(0, 39), (10, 2), (11, 30), (1, 0.01), (0, 5000), (60, 365), (3, 1000)]:
        counts.append({"parameters": parameters, "n": n, "t": t, "probability": s(probability_of(parameters, n, t))})

firsts = []
for parameters in [(0.553, 10.578, 0.606, 11.669), (3, 0.5, 2, 40), (0.05, 200, 0.05, 0.01), (1, 1, 1, 1), (20, 3, 0.3, 1000), (0.01, 1e4, 0.02, 1e-3)]:
    for t in [0.5, 39, 5000, "inf"]:
        firsts.append({"parameters": parameters, "t": t, "probability": s(first_purchase(parameters, t))})

(pathlib.Path(__file__).parent / "points.json").write_text(json.dumps({"points": points, "named": named, "counts": counts, "firsts": firsts}) + "\n")
