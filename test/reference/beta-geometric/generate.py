"""BG/NBD and MBG/NBD by mpmath: what they say of single customers, and their maximum-likelihood estimates on CDNOW.

    python generate.py            writes expected.json (a few minutes)

Everything is evaluated from the published formulas with 40 to 60 digits; nothing here is shared with the library. The customers of CDNOW are those
of the log in examples/data (1/10 sample; the package lifetimes, MIT), counted up to 1997-09-30 as in the papers: repeat purchase days, and times in
weeks since the first purchase. The estimates are by Newton's method with differences in 60 digits.
"""
import datetime
import json
import os
import random
from collections import Counter, defaultdict

from mpmath import beta, binomial, diff, exp, hyp2f1, inf, log, loggamma, matrix, mp, mpf, nstr, power, quad, quadosc, sqrt

HERE = os.path.dirname(os.path.abspath(__file__))
LOG = os.path.join(HERE, "../../../examples/data/cdnow-sample.txt")
mp.dps = 50


def number(value):
    return float(nstr(value, 20))


# --- one customer -----------------------------------------------------------------------------------------------------------------------------------

def log_likelihood(model, parameters, x, tx, T):
    """log L(r, alpha, a, b | x, tx, T). The occasions on which the customer did not drop out: x (BG) or x + 1 (MBG)."""
    r, alpha, a, b = parameters
    k = x + (1 if model == "mbg" else 0)
    head = loggamma(r + x) - loggamma(r) + r * log(alpha)
    stays = loggamma(b + k) + loggamma(a + b) - loggamma(b) - loggamma(a + b + k) - (r + x) * log(alpha + T)
    if k == 0:
        return head + stays
    leaves = loggamma(a + 1) - loggamma(a) + loggamma(b + k - 1) + loggamma(a + b) - loggamma(b) - loggamma(a + b + k) - (r + x) * log(alpha + tx)
    return head + stays + log(1 + exp(leaves - stays))


def alive(model, parameters, x, tx, T):
    r, alpha, a, b = parameters
    k = x + (1 if model == "mbg" else 0)
    return 1 / (1 + (a / (b + k - 1) * power((alpha + T) / (alpha + tx), r + x) if k > 0 else 0))


def gauss(A, B, C, z):
    """2F1 by its series, however long."""
    total = term = mpf(1)
    n = 0
    while True:
        term *= (A + n) * (B + n) / ((C + n) * (n + 1)) * z
        total += term
        n += 1
        ratio = abs((A + n) * (B + n) / ((C + n) * (n + 1)) * z)
        if n > -C + 1 and ratio < 1 and abs(term) < abs(total) * mp.eps * (1 - ratio):
            return total


def survives(model, parameters, x, T, t):
    """P(alive at T + t | alive at T) = E exp(-lambda p t): Euler's integral for 2F1, by Pfaff's transformation."""
    r, alpha, a, b = parameters
    B = b + x + (1 if model == "mbg" else 0)
    z = t / (alpha + T + t)
    return power(1 - z, r + x) * gauss(r + x, B, a + B, z)


def purchases_if_alive(model, parameters, x, T, t):
    """Fader, Hardie and Lee (2005), eq. 10, without P(alive); k in place of x for MBG. The pole at a = 1 is removable: taken at a + 1e-40."""
    r, alpha, a, b = parameters
    with mp.workdps(140):
        a = a + mpf(10) ** -40 if a == 1 else a
        B = b + x + (1 if model == "mbg" else 0)
        z = t / (alpha + T + t)
        return (a + B - 1) / (a - 1) * (1 - power(1 - z, r + x) * gauss(r + x, B, a + B - 1, z))


def discounted_if_alive(model, parameters, x, T, horizon, rate):
    r, alpha, a, b = parameters
    B = b + x + (1 if model == "mbg" else 0)
    scale = alpha + T
    force = log(1 + rate)
    value = lambda u: (r + x) * exp(u) * hyp2f1(r + x + 1, a, a + B, 1 - exp(u)) * exp(-force * scale * (exp(u) - 1))
    with mp.workdps(25):
        end = log(1 + min(horizon, 60 / force) / scale)
        return quad(value, [end * i / 16 for i in range(17)])


def count_if_alive(model, parameters, x, T, t, n):
    """P(n purchases within t): N is negative binomial; the dropout comes at a purchase whose number is beta-geometric."""
    r, alpha, a, b = parameters
    B = b + x + (1 if model == "mbg" else 0)
    z = t / (alpha + T + t)
    weight = lambda m: exp(loggamma(r + x + m) - loggamma(r + x) - loggamma(m + 1)) * power(z, m) * power(1 - z, r + x)
    stays = lambda m: beta(a, B + m) / beta(a, B)
    if n == 0:
        return weight(0)
    more = 1 - sum(weight(m) for m in range(n))
    return weight(n) * stays(n) + more * beta(a + 1, B + n - 1) / beta(a, B)


PARAMETERS = {"bg": ("0.243", "4.414", "0.793", "2.426"), "mbg": ("0.525", "6.183", "0.891", "1.614")}
CUSTOMERS = [
    (0, 0, 0, 52), (0, 0, "38.86", 39), (2, "30.43", "38.86", 39), (26, "30.86", 31, 52), (1, "1.71", "38.86", 39), (10, 20, 39, 52), (25, 20, 39, 52),
    (132, 200, 200, 10), (400, 5, 6, 10), (2000, 300, 365, 30), (5000, 700, 730, 365), (3, "0.001", 1000, 100), (1, 50, 50, "0.000001"), (7, 100, 100000, 100000),
]
HARD = [
    ("0.243", "4.414", "1", "2.426"), ("0.243", "4.414", "1.0000001", "2.426"), ("0.243", "4.414", "0.05", "2.426"), ("0.243", "4.414", "4582", "33831"),
    ("0.11", "2.24", "0.31", "0.5"), ("30", "0.01", "0.02", "0.01"),
]


def describe(model, texts, x, tx, T, t, rich):
    values = [mpf(each) for each in texts]
    x, tx, T, t = int(x), mpf(tx), mpf(T), mpf(t)
    p = alive(model, values, x, tx, T)
    row = {
        "model": model, "parameters": [float(each) for each in texts], "x": x, "tx": float(tx), "T": float(T), "t": float(t),
        "logLikelihood": number(log_likelihood(model, values, x, tx, T)),
        "alive": number(p),
        "aliveAfter": number(p * survives(model, values, x, T, t)),
        "purchases": number(p * purchases_if_alive(model, values, x, T, t)),
    }
    if rich:
        row["counts"] = [number((1 - p if n == 0 else 0) + p * count_if_alive(model, values, x, T, t, n)) for n in (0, 1, 2, 7, 30)]
        row["discounted"] = number(p * discounted_if_alive(model, values, x, T, t, mpf("0.0027")))
        row["discountedForEver"] = number(p * discounted_if_alive(model, values, x, T, inf, mpf("0.0027")))
    return row


customers = []
for model in ("bg", "mbg"):
    for each in CUSTOMERS:
        customers.append(describe(model, PARAMETERS[model], *each, rich=each[0] <= 26 and each[3] != "0.000001"))
    for texts in HARD:
        for each in [(0, 0, 1, 30), (2, "30.43", "38.86", 39), (26, "30.86", 31, 39)]:
            customers.append(describe(model, texts, *each, rich=False))

# Random parameters and customers.
rng = random.Random(1)
for _ in range(150):
    texts = [repr(10 ** rng.uniform(-2, 2)), repr(10 ** rng.uniform(-2, 3)), repr(10 ** rng.uniform(-2, 2)), repr(10 ** rng.uniform(-2, 2))]
    x = int(10 ** rng.uniform(-1, 3))
    T = 10 ** rng.uniform(-1, 3)
    customers.append(describe(rng.choice(["bg", "mbg"]), texts, x, repr(T * rng.random() if x > 0 else 0), repr(T), repr(10 ** rng.uniform(-1, 3)), rich=False))


# --- CDNOW ------------------------------------------------------------------------------------------------------------------------------------------

def cdnow():
    days = defaultdict(set)
    for line in open(LOG):
        _, customer, day, _, _ = line.split()
        days[customer].add(datetime.date(int(day[:4]), int(day[4:6]), int(day[6:])))
    end = datetime.date(1997, 9, 30)
    rows = Counter()
    for found in days.values():
        known = sorted(day for day in found if day <= end)
        rows[(len(known) - 1, (known[-1] - known[0]).days, (end - known[0]).days)] += 1
    return rows


def maximum(model, rows, start):
    """Newton's method in the logarithms; Hessian and gradient by central differences of the sum in 60 digits."""
    mp.dps = 60
    h = mpf(10) ** -12

    def total(theta):
        r, alpha, a, b = (exp(each) for each in theta)
        cache = {}

        def by_count(x):
            if x not in cache:
                k = x + (1 if model == "mbg" else 0)
                cache[x] = (k, loggamma(r + x) - loggamma(r) + r * log(alpha) + loggamma(b + k) + loggamma(a + b) - loggamma(b) - loggamma(a + b + k))
            return cache[x]

        logs = {}

        def log_of(days):
            if days not in logs:
                logs[days] = log(alpha + mpf(days) / 7)
            return logs[days]

        value = mpf(0)
        for (x, tx, T), count in rows.items():
            k, head = by_count(x)
            value += count * (head - (r + x) * log_of(T))
            if k > 0:
                value += count * log(1 + a / (b + k - 1) * exp((r + x) * (log_of(T) - log_of(tx))))
        return value

    theta = [log(mpf(each)) for each in start]
    size = len(theta)
    shifted = lambda moves: total([each + sum(h * s for at, s in moves if at == j) for j, each in enumerate(theta)])
    for _ in range(6):
        centre = total(theta)
        plus = [shifted([(j, 1)]) for j in range(size)]
        minus = [shifted([(j, -1)]) for j in range(size)]
        gradient = matrix([(plus[j] - minus[j]) / (2 * h) for j in range(size)])
        hessian = matrix(size, size)
        for j in range(size):
            hessian[j, j] = (plus[j] - 2 * centre + minus[j]) / h**2
            for k in range(j):
                both = shifted([(j, 1), (k, 1)]) + shifted([(j, -1), (k, -1)]) - shifted([(j, 1), (k, -1)]) - shifted([(j, -1), (k, 1)])
                hessian[j, k] = hessian[k, j] = both / (4 * h**2)
        step = mp.lu_solve(hessian, -gradient)
        theta = [each + step[j] for j, each in enumerate(theta)]
        if max(abs(each) for each in step) < mpf(10) ** -14:
            break
    covariance = -(hessian**-1)
    parameters = [exp(each) for each in theta]
    return {
        "parameters": [number(each) for each in parameters],
        "logLikelihood": number(total(theta)),
        "standardErrors": [number(parameters[j] * sqrt(covariance[j, j])) for j in range(size)],
        "covariance": [[number(covariance[j, k]) for k in range(size)] for j in range(size)],
    }


rows = cdnow()
fits = {
    "customers": sum(rows.values()),
    "repeats": sum(x * count for (x, _, _), count in rows.items()),
    "distinct": len(rows),
    "bg": maximum("bg", rows, ("0.2426", "4.4136", "0.7929", "2.4259")),
    "mbg": maximum("mbg", rows, ("0.5248", "6.1831", "0.8914", "1.6140")),
}

with open(os.path.join(HERE, "expected.json"), "w") as file:
    json.dump({"customers": customers, "cdnow": fits}, file, indent=1)
    file.write("\n")
print(fits)
