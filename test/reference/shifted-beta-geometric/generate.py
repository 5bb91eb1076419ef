"""The shifted-beta-geometric model from its definition in 50 digits (Fader and Hardie 2007, 2010), written independently of the library.

Probabilities are beta functions, P(T = t) = B(a + 1, b + t - 1) / B(a, b) and S(t) = B(a, b + t) / B(a, b); the optimum is found by Newton's method in
log a, log b on derivatives that mpmath takes numerically; discounted lifetimes are hypergeometric functions, and one of them is summed term by term as a check.

    python generate.py    writes expected.json beside this file; needs mpmath
"""
import json
import pathlib

from mpmath import beta, exp, findroot, hyp2f1, inf, inverse, log, matrix, mp, mpf, nstr, nsum, sqrt

mp.dps = 50

# Survivors of 1,000 at the start and after each of seven years (Fader and Hardie 2007, table 1).
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]
# Three cohorts of one service, followed for different times.
SERVICE = [[10000, 8000, 6480, 5307, 4391], [10000, 8000, 6490, 5310], [10000, 8010, 6472]]


def survival(a, b, t):
    return beta(a, b + t) / beta(a, b)


def log_likelihood(cohorts, a, b):
    total = mpf(0)
    for counts in cohorts:
        for t in range(1, len(counts)):
            total += (counts[t - 1] - counts[t]) * log(beta(a + 1, b + t - 1) / beta(a, b))
        total += counts[-1] * log(survival(a, b, len(counts) - 1))
    return total


def hessian(f, u, v, h=mpf(10) ** -12):
    fuu = (f(u + h, v) - 2 * f(u, v) + f(u - h, v)) / h**2
    fvv = (f(u, v + h) - 2 * f(u, v) + f(u, v - h)) / h**2
    fuv = (f(u + h, v + h) - f(u + h, v - h) - f(u - h, v + h) + f(u - h, v - h)) / (4 * h**2)
    return fuu, fuv, fvv


def gradient(f, u, v, h=mpf(10) ** -15):
    return (f(u + h, v) - f(u - h, v)) / (2 * h), (f(u, v + h) - f(u, v - h)) / (2 * h)


def fit(cohorts):
    f = lambda u, v: log_likelihood(cohorts, exp(u), exp(v))
    u, v = mpf(0), mpf(1)
    # Steps of at most 1 in each direction, then Newton's own.
    for _ in range(60):
        gu, gv = gradient(f, u, v)
        fuu, fuv, fvv = hessian(f, u, v)
        det = fuu * fvv - fuv**2
        if fuu < 0 and det > 0:
            du, dv = (-fvv * gu + fuv * gv) / det, (fuv * gu - fuu * gv) / det
        else:
            du, dv = gu / abs(fuu), gv / abs(fvv)
        longest = max(abs(du), abs(dv))
        if longest < mpf(10) ** -24:
            break
        scale = min(mpf(1), 1 / longest)
        u, v = u + du * scale, v + dv * scale
    else:
        raise ArithmeticError("no convergence")
    fuu, fuv, fvv = hessian(f, u, v)
    covariance = inverse(matrix([[-fuu, -fuv], [-fuv, -fvv]]))
    return exp(u), exp(v), f(u, v), covariance


def lifetime(a, b, d):
    """Payments at t = 0, 1 ..."""
    return hyp2f1(1, b, a + b, 1 / (1 + d))


def residual(a, b, n, d):
    """Just before renewal n, payments at n, n + 1 ... seen from n."""
    return (b + n - 1) / (a + b + n - 1) * hyp2f1(1, b + n, a + b + n, 1 / (1 + d))


def s(x):
    return nstr(x, 20)


fits = []
for name, cohorts in [("regular", [REGULAR]), ("high end", [HIGH_END]), ("both together", [REGULAR, HIGH_END]), ("three cohorts", SERVICE)]:
    a, b, value, covariance = fit(cohorts)
    fits.append({
        "name": name, "survivors": cohorts, "alpha": s(a), "beta": s(b), "logLikelihood": s(value),
        "logCovariance": [s(covariance[i, j]) for i in range(2) for j in range(2)],
        "standardErrors": [s(a * sqrt(covariance[0, 0])), s(b * sqrt(covariance[1, 1]))],
        "survival": [s(survival(a, b, t)) for t in range(13)],
        "retention": [s((b + t - 1) / (a + b + t - 1)) for t in range(1, 13)],
        "lifetime": s(lifetime(a, b, mpf("0.1"))),
        "residual": [s(residual(a, b, n, mpf("0.1"))) for n in range(1, 6)],
    })

points = []
PARAMETERS = [("0.668", "3.806"), ("0.704", "1.182"), ("0.01", "0.02"), ("1e-6", "3"), ("40", "0.05"), ("2.5", "1e4"), ("1e5", "2e5"), ("0.3", "0.3"), ("1e-3", "1e3")]
for a, b in PARAMETERS:
    a, b = mpf(a), mpf(b)
    for n in [0, 1, 7, 500]:
        for d in ["0.1", "0.01", "0.00026", "1e-6", "3"]:
            points.append({
                "alpha": s(a), "beta": s(b), "n": n, "d": d, "survival": s(survival(a, b, n)),
                "lifetime": s(lifetime(a, b, mpf(d))), "residual": s(residual(a, b, n + 1, mpf(d))),
            })

# Without discount a mean exists for a > 1 only: (a + b - 1) / (a - 1).
for a, b in [("1.5", "2"), ("7", "0.4")]:
    a, b = mpf(a), mpf(b)
    if a > 5:
        assert abs(nsum(lambda t: survival(a, b, t), [0, inf]) - (a + b - 1) / (a - 1)) < mpf(10) ** -12
    points.append({"alpha": s(a), "beta": s(b), "n": 0, "d": "0", "survival": "1.0", "lifetime": s((a + b - 1) / (a - 1)), "residual": s((a + b - 1) / (a - 1) - 1)})

a, b, d = mpf("0.668"), mpf("3.806"), mpf("0.1")
assert abs(nsum(lambda t: survival(a, b, t) / (1 + d) ** t, [0, inf]) - lifetime(a, b, d)) < mpf(10) ** -20

(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps({"fits": fits, "points": points}, indent=1) + "\n")
for each in fits:
    print(each["name"], each["alpha"], each["beta"], each["logLikelihood"], each["standardErrors"])
