"""Gamma-Gamma by mpmath: likelihoods, expected values, and the maximum-likelihood estimate on CDNOW.

    python generate.py            writes expected.json (a minute)

The customers of CDNOW are those of the log in examples/data with a repeat purchase up to 1997-09-30; the mean value is that of the repeat purchase
days. The estimate is by Newton's method with differences in 60 digits.
"""
import datetime
import json
import os
from collections import Counter, defaultdict

from mpmath import exp, log, loggamma, matrix, mp, mpf, nstr, sqrt

HERE = os.path.dirname(os.path.abspath(__file__))
LOG = os.path.join(HERE, "../../../examples/data/cdnow-sample.txt")
mp.dps = 60


def number(value):
    return float(nstr(value, 20))


def log_likelihood(p, q, gamma, x, z):
    return loggamma(p * x + q) - loggamma(p * x) - loggamma(q) + q * log(gamma) + (p * x - 1) * log(z) + p * x * log(x) - (p * x + q) * log(gamma + x * z)


def cdnow():
    values = defaultdict(lambda: defaultdict(lambda: mpf(0)))
    for line in open(LOG):
        _, customer, day, _, amount = line.split()
        values[customer][datetime.date(int(day[:4]), int(day[4:6]), int(day[6:]))] += mpf(amount)
    rows = Counter()
    for by_day in values.values():
        known = sorted(day for day in by_day if day <= datetime.date(1997, 9, 30))[1:]
        total = sum(by_day[day] for day in known)
        if known and total > 0:
            rows[(len(known), nstr(total / len(known), 30))] += 1
    return rows


def maximum(rows, start):
    h = mpf(10) ** -12
    data = [(x, mpf(z), count) for (x, z), count in rows.items()]

    def total(theta):
        p, q, gamma = (exp(each) for each in theta)
        heads = {x: loggamma(p * x + q) - loggamma(p * x) - loggamma(q) + q * log(gamma) + p * x * log(x) for x, _, _ in data}
        return sum(count * (heads[x] + (p * x - 1) * log(z) - (p * x + q) * log(gamma + x * z)) for x, z, count in data)

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
points = [("6.25", "3.74", "15.44", x, z) for x, z in ((2, "22.35"), (1, 50), (500, "0.01"), (1, 1000000), (5000, 35))]
points += [("0.01", "0.02", "0.001", 3, "7"), ("300", "0.5", "200", 4, "900"), ("6", "1e6", "16e6", 2, "95"), ("1e5", "4", "0.001", 2, "35")]
expected = {
    "points": [
        {"parameters": [float(p), float(q), float(g)], "x": x, "z": float(z), "logLikelihood": number(log_likelihood(mpf(p), mpf(q), mpf(g), mpf(x), mpf(z)))}
        for p, q, g, x, z in points
    ],
    "cdnow": {"customers": sum(rows.values()), **maximum(rows, ("6.25", "3.744", "15.44"))},
}
with open(os.path.join(HERE, "expected.json"), "w") as file:
    json.dump(expected, file, indent=1)
    file.write("\n")
print(expected["cdnow"])
