"""The maximum of the Pareto/NBD likelihood of the CDNOW sample in 40 digits, by Newton's method on numerical derivatives of the closed form.

    python generate_cdnow.py    writes cdnow.json beside this file; reads examples/data/cdnow-sample.txt; needs mpmath; takes some minutes
"""
import collections
import datetime
import json
import pathlib

from mpmath import exp, hyp2f1, inverse, log, loggamma, mp, mpf, nstr, sqrt, zeros

mp.dps = 40
here = pathlib.Path(__file__).parent

days = collections.defaultdict(set)
for line in open(here / "../../../examples/data/cdnow-sample.txt"):
    _, customer, day, *_ = line.split()
    days[customer].add(datetime.date(int(day[:4]), int(day[4:6]), int(day[6:])))
end = datetime.date(1997, 9, 30)
histories = collections.Counter()
for bought in days.values():
    known = sorted(day for day in bought if day <= end)
    histories[len(known) - 1, (known[-1] - known[0]).days, (end - known[0]).days] += 1


def log_likelihood(logs):
    r, a, s, b = (exp(each) for each in logs)
    large, small, exponent_of = (a, b, lambda x: s + 1) if a >= b else (b, a, lambda x: r + x)
    total = mpf(0)
    for (x, tx_days, T_days), count in histories.items():
        tx, T = mpf(tx_days) / 7, mpf(T_days) / 7
        k = r + s + x
        F = lambda y: hyp2f1(k, exponent_of(x), k + 1, (large - small) / (large + y)) / (large + y) ** k
        died = s / k * (F(tx) - F(T)) if T > tx else mpf(0)
        alive = (a + T) ** -(r + x) * (b + T) ** -s
        total += count * (loggamma(r + x) - loggamma(r) + r * log(a) + s * log(b) + log(alive + died))
    return total


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
            mixed = shift((i, h), (j, h)) - shift((i, h), (j, -h)) - shift((i, -h), (j, h)) + shift((i, -h), (j, -h))
            hessian[i, j] = hessian[j, i] = mixed / (4 * h**2)
    return gradient, hessian, centre


# From the printed estimate (Fader, Hardie and Lee 2005).
point = [log(mpf(each)) for each in ("0.553", "10.578", "0.606", "11.669")]
for _ in range(4):
    gradient, hessian, value = derivatives(log_likelihood, point)
    step = inverse(-hessian) * gradient
    point = [each + step[i] for i, each in enumerate(point)]
    print([nstr(exp(each), 15) for each in point], nstr(value, 15), flush=True)
covariance = inverse(-hessian)
s = lambda number: nstr(number, 16)
(here / "cdnow.json").write_text(json.dumps({
    "customers": sum(histories.values()), "histories": len(histories), "parameters": [s(exp(each)) for each in point], "logLikelihood": s(value),
    "logCovariance": [s(covariance[i, j]) for i in range(4) for j in range(i, 4)],
    "standardErrors": [s(exp(each) * sqrt(covariance[i, i])) for i, each in enumerate(point)],
}, indent=1) + "\n")
