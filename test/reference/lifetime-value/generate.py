"""Expected values of customers at given parameters, for the tests of estimateLifetimeValue.

Independent of the library: every number is an integral of the published model, by Gauss's rules of scipy in double precision, each with two numbers of nodes
that must agree to 1e-12; discounted purchases for ever by mpmath with 25 digits, where the integral over time is an incomplete gamma function.

BG/NBD (Fader, Hardie and Lee 2005), MBG/NBD (Batislam, Denizel and Filiztekin 2007): who is alive at T buys at a rate lambda ~ gamma(r + x, alpha + T) and
drops out after each purchase with p ~ beta(a, b + k), k = x and x + 1; purchases come at the rate lambda exp(-lambda p s) after s.
Pareto/NBD (Schmittlein, Morrison and Colombo 1987): at the rate lambda exp(-mu s), lambda ~ gamma(r + x, alpha + T), mu ~ gamma(s, beta + T).
Gamma-Gamma (Fader and Hardie 2013, eq. 5).

Intervals: delta method on logarithms with the covariances below, derivatives by central differences.

Also customer_lifetime_value of the PyPI package lifetimes (0.11.3), whose convention is: twelve months of 4.345 weeks, each discounted at its end by the monthly rate.

    python generate.py > expected.json
"""
import json
from math import exp, log, sqrt
import mpmath
import numpy as np
import pandas as pd
from scipy.special import betaln, roots_jacobi, roots_legendre

DAYS_PER_WEEK = 7

CUSTOMERS = [
    {"id": "a", "days": [0], "amounts": [20]},
    {"id": "b", "days": [8, 108, 221], "amounts": [10, 20.5, 24.2]},
    {"id": "c", "days": [1 + 10 * i for i in range(27)], "amounts": [15 + (7 * i) % 11 for i in range(27)]},
    {"id": "d", "days": [0, 12], "amounts": [99.5, 140.25]},
    {"id": "e", "days": [273], "amounts": [5]},
    {"id": "f", "days": [30, 31, 35, 60, 90], "amounts": [12, 1, 2, 1.5, 3]},
]
AS_OF = 280
ANNUAL_RATE = 0.15
MARGIN = 0.3

MODELS = {
    "bgNbd": {"parameters": {"r": "0.243", "alpha": "4.414", "a": "0.793", "b": "2.426"},
              "covariance": [0.0027, 0.002664, 0.004387, 0.003272, 0.0073, 0.012022, 0.008968, 0.055, 0.041024, 0.085]},
    "mbgNbd": {"parameters": {"r": "0.525", "alpha": "6.183", "a": "0.891", "b": "1.614"},
               "covariance": [0.0051, 0.00361, 0.004527, 0.004308, 0.0071, 0.008901, 0.008472, 0.031, 0.029504, 0.078]},
    "paretoNbd": {"parameters": {"r": "0.553", "alpha": "10.578", "s": "0.606", "beta": "11.669"},
                  "covariance": [0.0074, 0.004097, 0.009545, 0.009832, 0.0063, 0.014679, 0.01512, 0.095, 0.097857, 0.28]},
}
SPEND = {"parameters": {"p": "6.25", "q": "3.74", "gamma": "15.44"}, "covariance": [0.0363, 0.008855, 0.018468, 0.006, 0.012514, 0.0725]}


def history(customer):
    days = customer["days"]
    return len(days) - 1, (days[-1] - days[0]) / DAYS_PER_WEEK, (AS_OF - days[0]) / DAYS_PER_WEEK


def mean_value(customer):
    amounts = customer["amounts"][1:]
    return sum(amounts) / len(amounts) if amounts else 0.0


def settled(f, size):
    few, many = f(size), f(size + 60)
    assert abs(few / many - 1) < 1e-12, (few, many)
    return many


def alive(kind, theta, x, tx, T):
    if kind == "paretoNbd":
        r, alpha, s, b = theta
        if T == tx:
            return 1.0

        def odds(size):
            nodes, weights = roots_legendre(size)
            y = tx + (T - tx) * (nodes + 1) / 2
            # Death at y, relative to being alive at T.
            return (T - tx) / 2 * weights @ np.exp(np.log(s) + (r + x) * np.log((alpha + T) / (alpha + y)) + s * np.log(b + T) - (s + 1) * np.log(b + y))

        return 1 / (1 + settled(odds, 60))
    r, alpha, a, b = theta
    k = x + (1 if kind == "mbgNbd" else 0)
    if k == 0:
        return 1.0
    return 1 / (1 + exp(betaln(a + 1, b + k - 1) - betaln(a, b + k) + (r + x) * log((alpha + T) / (alpha + tx))))


def rates(kind, theta, x, T, s, size):
    """Expected purchases per week, s weeks from now, of a customer who is alive now."""
    if kind == "paretoNbd":
        r, alpha, shape, b = theta
        return (r + x) / (alpha + T) * ((b + T) / (b + T + s)) ** shape
    r, alpha, a, b = theta
    k = x + (1 if kind == "mbgNbd" else 0)
    shape, scale = r + x, alpha + T
    nodes, weights = roots_jacobi(size, b + k - 1, a - 1)
    p = (1 + nodes) / 2
    return (weights / weights.sum()) @ (shape / scale * np.exp(-(shape + 1) * np.log1p(np.outer(p, s) / scale)))


def purchases(kind, theta, x, T, horizon, force):
    """Given alive: discounted expected purchases."""
    span = log(1 + horizon / 10)

    def integral(size):
        nodes, weights = roots_legendre(size)
        u = span * (nodes + 1) / 2
        s = 10 * np.expm1(u)
        return span / 2 * weights @ (rates(kind, theta, x, T, s, size) * np.exp(-force * s) * 10 * np.exp(u))

    return settled(integral, 80)


def purchases_for_ever(kind, theta, x, T, force):
    """Given alive: discounted expected purchases without end."""
    mpmath.mp.dps = 25
    if kind == "paretoNbd":
        r, alpha, shape, b = theta
        return float(mpmath.quad(lambda s: mpmath.exp(-force * s) * (r + x) / (alpha + T) * ((b + T) / (b + T + s)) ** shape, [0, 1, 10, 100, 1000, 10000, mpmath.inf]))
    r, alpha, a, b = theta
    shape, scale, stayed = r + x, alpha + T, b + x + (1 if kind == "mbgNbd" else 0)

    def given(p):
        z = force * scale / p
        return shape / p * z**shape * mpmath.exp(z) * mpmath.gammainc(-shape, z)

    # p = u^8 takes the pole of the beta density at 0 away, 1 - p = v^4 that at 1.
    low = mpmath.quad(lambda u: 8 * u ** (8 * a - 1) * (1 - u**8) ** (stayed - 1) * given(u**8), [0, mpmath.mpf(0.5) ** 0.125])
    high = mpmath.quad(lambda v: 4 * v ** (4 * stayed - 1) * (1 - v**4) ** (a - 1) * given(1 - v**4), [0, mpmath.mpf(0.5) ** 0.25])
    return float((low + high) / mpmath.beta(a, stayed))


def spend(phi, x, z):
    p, q, g = phi
    return p * (g + x * z) / (p * x + q - 1)


def full(upper, size):
    matrix = np.zeros((size, size))
    matrix[np.triu_indices(size)] = upper
    return matrix + np.triu(matrix, 1).T


def log_gradient(f, theta):
    """By the logarithms of the parameters; a step of 1e-4 leaves errors of 1e-9."""
    h = 1e-4

    def at(j, step):
        return log(f([t * exp(step) if i == j else t for i, t in enumerate(theta)]))

    return np.array([(at(j, h) - at(j, -h)) / (2 * h) for j in range(len(theta))])


def form(gradient, matrix):
    return gradient @ matrix @ gradient


def numbers(parameters):
    return [float(value) for value in parameters.values()]


def expected(kind):
    theta, phi = numbers(MODELS[kind]["parameters"]), numbers(SPEND["parameters"])
    covariance, spend_covariance = full(MODELS[kind]["covariance"], 4), full(SPEND["covariance"], 3)
    force = log(1 + ANNUAL_RATE) * DAYS_PER_WEEK / 365.25
    year = 365.25 / DAYS_PER_WEEK
    z = 1.9599639845400543
    rows, values = [], []
    for customer in CUSTOMERS:
        x, tx, T = history(customer)
        m = spend(phi, x, mean_value(customer))
        living = alive(kind, theta, x, tx, T)
        discounted = living * purchases(kind, theta, x, T, year, force)
        value = MARGIN * discounted * m
        values.append(value)
        rows.append({"id": customer["id"], "frequency": x, "aliveProbability": living, "expectedPurchases": living * purchases(kind, theta, x, T, year, 0),
                     "discountedPurchases": discounted, "infinite": living * purchases_for_ever(kind, theta, x, T, force), "valuePerPurchase": m, "value": value})
    slopes, spend_slopes = [], []
    for customer, row in zip(CUSTOMERS, rows):
        x, tx, T = history(customer)
        slopes.append(log_gradient(lambda t: alive(kind, t, x, tx, T) * purchases(kind, t, x, T, year, force), theta))
        spend_slopes.append(log_gradient(lambda t: spend(t, x, mean_value(customer)), phi))
        half = z * sqrt(form(slopes[-1], covariance) + form(spend_slopes[-1], spend_covariance))
        row["low"], row["high"] = row["value"] * exp(-half), row["value"] * exp(half)
    total = sum(values)
    gradient, spend_gradient = (sum(v / total * g for v, g in zip(values, each)) for each in (slopes, spend_slopes))
    half = z * sqrt(form(gradient, covariance) + form(spend_gradient, spend_covariance))
    return {"customers": rows, "total": {"value": total, "low": total * exp(-half), "high": total * exp(half)}}


def of_lifetimes():
    from lifetimes import BetaGeoFitter, GammaGammaFitter

    rows = [history(customer) for customer in CUSTOMERS]
    frequency, recency, age = (pd.Series([float(row[i]) for row in rows]) for i in range(3))
    monetary = pd.Series([float(mean_value(customer)) for customer in CUSTOMERS])
    model, money = BetaGeoFitter(), GammaGammaFitter()
    model.params_ = pd.Series({k: float(v) for k, v in MODELS["bgNbd"]["parameters"].items()})
    model.predict = model.conditional_expected_number_of_purchases_up_to_time
    p, q, v = (float(value) for value in SPEND["parameters"].values())
    money.params_ = pd.Series({"p": p, "q": q, "v": v})
    of = lambda rate: list(np.asarray(money.customer_lifetime_value(model, frequency, recency, age, monetary, time=12, discount_rate=rate, freq="W")))
    return {"weeksPerMonth": 4.345, "monthlyRate": 0.01, "discounted": of(0.01), "undiscounted": of(0)}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return float(value) if isinstance(value, np.floating) else value


print(json.dumps(plain({
    "asOfDay": AS_OF, "annualDiscountRate": ANNUAL_RATE, "margin": MARGIN,
    "customers": CUSTOMERS,
    "models": {kind: {"parameters": {k: float(v) for k, v in model["parameters"].items()}, "covariance": model["covariance"], **expected(kind)} for kind, model in MODELS.items()},
    "spend": {"parameters": {k: float(v) for k, v in SPEND["parameters"].items()}, "covariance": SPEND["covariance"]},
    "lifetimes": of_lifetimes(),
}), indent=1))
