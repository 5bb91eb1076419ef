"""Mean and standard deviation of the NIST StRD univariate sets, two ways:
the certified values printed in the files, and 60-digit arithmetic on the doubles that the decimal data parse to
(the difference between the two is the limit of the input's precision, not of an algorithm).

    python generate.py    writes expected.json beside this file; needs mpmath
"""
import json
import pathlib
import re

from mpmath import mp, mpf

mp.dps = 60
here = pathlib.Path(__file__).parent


def observations(text):
    body = re.split(r"Data: Y\s+-+", text)[-1]
    return [float(token) for token in body.split()]


def certified(text, label):
    return re.search(label + r"[^:\n]*:\s*([-+0-9.]+)", text).group(1)


result = {}
for path in sorted((here / "nist").iterdir()):
    text = path.read_text()
    values = observations(text)
    n = len(values)
    mean = sum((mpf(v) for v in values), mpf(0)) / n
    squares = sum((mpf(v) - mean) ** 2 for v in values)
    result[path.stem] = {
        "file": path.name,
        "n": n,
        "certifiedMean": certified(text, r"Sample Mean"),
        "certifiedDeviation": certified(text, r"Sample Standard Deviation \(denom\. = n-1\)"),
        "exactMean": mp.nstr(mean, 40),
        "exactDeviation": mp.nstr(mp.sqrt(squares / (n - 1)), 40),
    }
(here / "expected.json").write_text(json.dumps(result, indent=2) + "\n")
