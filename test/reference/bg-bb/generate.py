"""The BG/BB model from its definition in 40 digits (Fader, Hardie and Shang 2010), written independently of the library.

Probabilities are beta functions, P(x purchases, the last at t_x, of n) = B(a + x, b + n - x) B(c, d + n) / ... + a sum over the time of dropping out
(equation 6); the optimum is found by Newton's method in the logarithms of the parameters on numerical derivatives; predictions are sums over the definition,
infinite ones hypergeometric functions.

    python generate.py    writes expected.json beside this file; reads donations.csv beside it; needs mpmath; takes some minutes
"""
import csv
import json
import pathlib

from mpmath import beta as B, binomial, exp, hyp2f1, inverse, log, mp, mpf, nstr, quad, sqrt, workdps, zeros

mp.dps = 40
here = pathlib.Path(__file__).parent


def likelihood(parameters, x, tx, n):
    a, b, c, d = parameters
    stayed = B(a + x, b + n - x) * B(c, d + n)
    dropped = sum(B(a + x, b + m - x) * B(c + 1, d + m) for m in range(tx, n))
    return (stayed + dropped) / (B(a, b) * B(c, d))


def alive(parameters, x, tx, n):
    """Of taking part in opportunity n + 1 (equation 11)."""
    a, b, c, d = parameters
    return B(a + x, b + n - x) * B(c, d + n + 1) / (B(a, b) * B(c, d)) / likelihood(parameters, x, tx, n)


def after(parameters, x, n):
    """Parameters of who is alive at opportunity n + 1."""
    a, b, c, d = parameters
    return a + x, b + n - x, c, d + n + 1


def purchases(parameters, x, tx, n, t):
    a, b, c, d = after(parameters, x, n)
    return alive(parameters, x, tx, n) * a / (a + b) * sum(B(c, d + j) / B(c, d) for j in range(t))


def discounted(parameters, x, tx, n, rate):
    """Purchases from opportunity n + 1 on, which is one period away."""
    a, b, c, d = after(parameters, x, n)
    v = 1 / (1 + mpf(rate))
    return alive(parameters, x, tx, n) * a / (a + b) * v * hyp2f1(1, d, c + d, v)


def count_probability(parameters, x, tx, n, t, k):
    """Exactly k purchases at the next t opportunities."""
    a, b, c, d = after(parameters, x, n)
    of = lambda m: binomial(m, k) * B(a + k, b + m - k) / B(a, b)
    ifalive = of(t) * B(c, d + t - 1) / B(c, d) + sum(of(m) * B(c + 1, d + m - 1) / B(c, d) for m in range(max(k, 1), t))
    p = alive(parameters, x, tx, n)
    return p * ifalive + ((1 - p) if k == 0 else 0)


def any_purchase(parameters, x, tx, n, t):
    a, b, c, d = after(parameters, x, n)
    if t == "inf" and a + c > 50:
        # Terms fall like (1 + j / parameters)^-(a+c): nothing is left after 4,000.
        first = sum(B(a + 1, b + j) / B(a, b) * B(c, d + j) / B(c, d) for j in range(4000))
    elif t == "inf":
        # The probability to buy integrated in closed form, that to stay, v, numerically; w = (1 - v)^c takes the singularity at 1 away.
        stays = lambda w: 1 - w ** (1 / c)
        f = lambda w: stays(w) ** (d - 1) * hyp2f1(1, b, a + b + 1, stays(w)) / (c * B(c, d))
        middle, spread = d / (c + d), sqrt(c * d / (c + d + 1)) / (c + d)
        inside = [(1 - v) ** c for v in (middle + k * spread for k in (-8, -4, -2, -1, 0, 1, 2, 4, 8)) if 0 < v < 1]
        ends = sorted([mpf(0), mpf("1e-12"), mpf("1e-6"), mpf("1e-3"), *inside, mpf(1)])
        with workdps(25):
            first = a / (a + b) * quad(f, ends)
    else:
        first = sum(B(a + 1, b + j) / B(a, b) * B(c, d + j) / B(c, d) for j in range(t))
    return alive(parameters, x, tx, n) * first


def log_likelihood(rows, logs):
    parameters = [exp(each) for each in logs]
    return sum(w * log(likelihood(parameters, x, tx, n)) for x, tx, n, w in rows)


def derivatives(f, at, h=mpf(10) ** -9):
    size = len(at)
    gradient, hessian = zeros(size, 1), zeros(size, size)
    shift = lambda *moves: f([each + sum(step for j, step in moves if j == i) for i, each in enumerate(at)])
    centre = f(at)
    ahead = [shift((i, h)) for i in range(size)]
    behind = [shift((i, -h)) for i in range(size)]
    for i in range(size):
        gradient[i] = (ahead[i] - behind[i]) / (2 * h)
        hessian[i, i] = (ahead[i] - 2 * centre + behind[i]) / h**2
        for j in range(i):
            hessian[i, j] = hessian[j, i] = (shift((i, h), (j, h)) - shift((i, h), (j, -h)) - shift((i, -h), (j, h)) + shift((i, -h), (j, -h))) / (4 * h**2)
    return gradient, hessian, centre


def s(value):
    return nstr(value, 18)


rows = [tuple(int(row[name]) for name in ("frequency", "recency", "periods", "weights")) for row in csv.DictReader(open(here / "donations.csv"))]
point = [log(mpf(each)) for each in ("1.204", "0.750", "0.657", "2.783")]
for _ in range(8):
    gradient, hessian, value = derivatives(lambda logs: log_likelihood(rows, logs), point)
    step = inverse(-hessian) * gradient
    point = [each + step[i] for i, each in enumerate(point)]
covariance = inverse(-hessian)
optimum = [exp(each) for each in point]
donations = {
    "parameters": [s(each) for each in optimum], "logLikelihood": s(value),
    "logCovariance": [s(covariance[i, j]) for i in range(4) for j in range(i, 4)],
    "standardErrors": [s(each * sqrt(covariance[i, i])) for i, each in enumerate(optimum)],
    "rows": [
        {"row": row[:3], "alive": s(alive(optimum, *row[:3])), "next5": s(purchases(optimum, *row[:3], 5)), "next10": s(purchases(optimum, *row[:3], 10)), "discounted": s(discounted(optimum, *row[:3], "0.1"))}
        for row in rows
    ],
    "sumNext5": s(sum(row[3] * purchases(optimum, *row[:3], 5) for row in rows)),
    "newDonor": [s(purchases(optimum, 0, 0, 0, t)) for t in range(1, 12)],
}

points = []
PARAMETERS = [("1.20", ".75", ".66", "2.78"), ("0.2", "5", "0.5", "30"), ("20", "8", "1", "4"), ("3", "3", "6", "0.5"), ("0.5", "0.5", "0.05", "0.2"), ("200", "300", "40", "900")]
for texts in PARAMETERS:
    parameters = [mpf(each) for each in texts]
    for row in [(0, 0, 0), (0, 0, 6), (3, 4, 6), (6, 6, 6), (1, 2, 24), (30, 41, 60), (5, 9, 500)]:
        points.append({
            "parameters": [float(each) for each in texts], "row": row, "logLikelihood": s(log(likelihood(parameters, *row))), "alive": s(alive(parameters, *row)),
            "purchases": {str(t): s(purchases(parameters, *row, t)) for t in (1, 10, 300)},
            "discounted": {rate: s(discounted(parameters, *row, rate)) for rate in ("0.1", "0.002")},
            "counts": [{"t": t, "k": k, "probability": s(count_probability(parameters, *row, t, k))} for t, k in [(6, 0), (6, 3), (6, 6), (40, 7), (150, 90)]],
            "any": {str(t): s(any_purchase(parameters, *row, t)) for t in (1, 12, 400, "inf")},
        })

(here / "expected.json").write_text(json.dumps({"donations": donations, "points": points}, indent=1) + "\n")
print(donations["parameters"], donations["logLikelihood"], donations["standardErrors"], donations["sumNext5"])
