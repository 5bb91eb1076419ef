"""Values of log-gamma, digamma, trigamma, log-beta and rising factorials, by mpmath with 60 digits.

    python generate.py     writes expected.json
"""
import json
import os

from mpmath import digamma, loggamma, mp, mpf, nstr, psi

mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))


def text(value):
    return float(nstr(value, 20))


points = [1e-300, 1e-10, 1e-3, 0.01, 0.1, 0.25, 0.5, 0.7, 0.9, 0.99, 0.999999, 1, 1.0000001, 1.1, 1.3, 1.4616321, 1.5, 1.7, 1.99, 2, 2.01, 2.5, 3, 5, 7.99, 8, 8.5, 9.99, 10, 12.3, 15, 20, 100, 1234.5, 1e5, 1e8, 1e15]
sizes = [1e-10, 1e-3, 0.1, 0.5, 0.9, 1, 1.5, 3, 7, 8, 9.5, 20, 100, 1e4, 1e7, 1e12]
counts = [0, 1, 2, 5, 16, 17, 40, 400, 5000]

expected = {
    "points": [
        {"x": x, "logGamma": text(loggamma(mpf(x))), "digamma": text(digamma(mpf(x))), "trigamma": text(psi(1, mpf(x))) if x > 1e-100 else None}
        for x in points
    ],
    "logBeta": [{"a": a, "b": b, "value": text(loggamma(mpf(a)) + loggamma(mpf(b)) - loggamma(mpf(a) + mpf(b)))} for a in sizes for b in sizes],
    "rising": [
        {
            "a": a,
            "n": n,
            "log": text(loggamma(mpf(a) + n) - loggamma(mpf(a))),
            "first": text(digamma(mpf(a) + n) - digamma(mpf(a))),
            "second": text(psi(1, mpf(a) + n) - psi(1, mpf(a))),
        }
        for a in sizes
        for n in counts
    ],
}
with open(os.path.join(HERE, "expected.json"), "w") as file:
    json.dump(expected, file, separators=(",", ":"))
    file.write("\n")
