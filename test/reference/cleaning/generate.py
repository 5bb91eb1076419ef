"""How pandas reads texts as numbers and drops repeated keys, and what scikit-learn's SimpleImputer fills in.

    python generate.py    writes expected.json beside this file; needs numpy, pandas, scikit-learn
"""
import io
import json
import pathlib

import numpy as np
import pandas as pd
import sklearn
from sklearn.impute import SimpleImputer

here = pathlib.Path(__file__).parent
generator = np.random.default_rng(20261101)


def plain(value):
    """A value as JSON has it: missing is null, an infinite number its name."""
    return None if pd.isna(value) else str(value) if np.isinf(value) else float(value)


PLAIN = [
    "0", "7", "-7", "+7", "00012", "29.85", "-0.5", ".5", "-.5", "5.", "1e3", "1E3", "1e+3", "2.5e-3", "1e-400", "9007199254740991",
    "  12.5", "12.5  ", "\t3\n", "0.1", "123456789.123456789", "1.7976931348623157e308", "5e-324", "2.2250738585072014e-308",
    "", " ", "abc", "1,234", "1 234", "1.2.3", "--1", "+-1", "1e", "e5", "1e5.5", ".", "-", "+", "12abc", "$5", "5%", "1/2", "(5)", "١٢", "１２",
    "nan", "NaN", "0x1f", "1_000", "True",
]
# Texts that the library reads otherwise, on purpose: the test states each one.
DIFFERENT = ["inf", "-Infinity", "1e999", "12345678901234567890", "\u22125", "1e5\u00a0"]


def to_numeric(text):
    try:
        return plain(pd.to_numeric(pd.Series([text], dtype=object), errors="coerce").astype(float)[0])
    except (TypeError, ValueError):
        return None


# Decimal texts of all sizes.
random_texts = []
for _ in range(400):
    digits = "".join(str(d) for d in generator.integers(0, 10, int(generator.integers(1, 22))))
    point = int(generator.integers(0, len(digits) + 1))
    exponent = f"e{int(generator.integers(-320, 290))}" if generator.random() < 0.5 else ""
    random_texts.append(f"{'-' if generator.random() < 0.5 else ''}{digits[:point]}.{digits[point:]}{exponent}")
random_frame = pd.read_csv(io.StringIO("x\n" + "\n".join(random_texts)))
# Python's own reader rounds correctly: pandas is the reference only where both say the same.
assert [float(text) for text in random_texts] == list(random_frame["x"])


def read_localised(texts, decimal, thousands):
    # Quoted, so that a mark in a text is no separator of columns.
    body = "x;y\n" + "\n".join(f'"{text}";1' for text in texts)
    frame = pd.read_csv(io.StringIO(body), sep=";", decimal=decimal, thousands=thousands)
    return [float(value) for value in frame["x"]]


LOCALISED = [
    {"decimal": ",", "grouping": "none", "thousands": None, "texts": ["1,5", "-0,25", "12", "1,5e3", ",5"]},
    {"decimal": ",", "grouping": ".", "thousands": ".", "texts": ["1.234,56", "1.234.567,8", "999", "-12.345", "1234,5"]},
    {"decimal": ".", "grouping": ",", "thousands": ",", "texts": ["1,234.56", "1,234,567.8", "999", "-12,345", "1234.5"]},
    {"decimal": ".", "grouping": "'", "thousands": "'", "texts": ["1'234.50", "12'345'678", "5"]},
    {"decimal": ",", "grouping": " ", "thousands": " ", "texts": ["1 234,50", "12 345 678", "5"]},
]


def imputation(name, strategy, train, new, fill_value=None):
    is_text = any(isinstance(value, str) for value in train)
    dtype = object if is_text else float
    missing = None if is_text else np.nan
    to_column = lambda values: np.array([[value] for value in values], dtype=dtype)
    imputer = SimpleImputer(strategy=strategy, missing_values=missing, fill_value=fill_value).fit(to_column(train))
    as_list = lambda column: [value if is_text else float(value) for value in column[:, 0]]
    return {
        "name": name,
        "method": {"most_frequent": "mode"}.get(strategy, strategy),
        "constant": fill_value,
        "train": train,
        "new": new,
        "value": as_list(np.asarray(imputer.statistics_).reshape(1, 1))[0],
        "trainFilled": as_list(imputer.transform(to_column(train))),
        "newFilled": as_list(imputer.transform(to_column(new))),
    }


def with_gaps(values, share):
    return [None if gap else value for value, gap in zip(values, generator.random(len(values)) < share)]


skewed = with_gaps([round(float(v), 2) for v in generator.lognormal(4, 1.5, 301)], 0.2)
even = with_gaps([round(float(v), 3) for v in generator.normal(1e9, 1, 200)], 0.1)
whole = with_gaps([int(v) for v in generator.poisson(3, 250)], 0.15)
plans = with_gaps([str(v) for v in generator.choice(["free", "pro", "team", "Änderung"], 120)], 0.25)
new_numbers = [None, 1.5, None, 3.25]
cases = []
for name, values in [("skewed", skewed), ("far from zero", even), ("counts", whole), ("tied", [5, 3, None, 3, 5, 9]), ("two", [1.0, 2.0])]:
    for strategy in ["mean", "median", "most_frequent"]:
        cases.append(imputation(name, strategy, values, new_numbers))
    cases.append(imputation(name, "constant", values, new_numbers, 0.5))
cases.append(imputation("plans", "most_frequent", plans, [None, "pro"]))
cases.append(imputation("tied texts", "most_frequent", ["b", "a", "Z", None, "Z", "a", "b"], [None, "b"]))
cases.append(imputation("plans", "constant", plans, [None, "pro"], "unknown"))

keys = pd.DataFrame({
    "city": [None if v == 0 else f"city {v}" for v in generator.integers(0, 6, 150)],
    "year": [None if v == 0 else float(2019 + v) for v in generator.integers(0, 5, 150)],
})
complete = keys.dropna()
incomplete = sorted(set(keys.index) - set(complete.index))


def kept(key, keep):
    # A row without a complete key stays: pandas would take two missing values for equal.
    usable = keys.dropna(subset=key)
    stays = set(usable.drop_duplicates(subset=key, keep=keep).index)
    return [int(row) for row in keys.index if row in stays or row not in usable.index]


result = {
    "versions": {"pandas": pd.__version__, "scikit-learn": sklearn.__version__},
    "plain": [{"text": text, "value": to_numeric(text)} for text in PLAIN],
    "different": [{"text": text, "value": to_numeric(text)} for text in DIFFERENT],
    "random": [{"text": text, "value": float(value)} for text, value in zip(random_texts, random_frame["x"])],
    "localised": [
        {"decimal": case["decimal"], "grouping": case["grouping"], "texts": case["texts"], "values": read_localised(case["texts"], case["decimal"], case["thousands"])}
        for case in LOCALISED
    ],
    "imputation": cases,
    "duplicates": {
        "city": [None if pd.isna(v) else v for v in keys["city"]],
        "year": [None if pd.isna(v) else v for v in keys["year"]],
        "kept": [
            {"key": key, "keep": keep, "rows": kept(key, keep)}
            for key in (["city"], ["year"], ["city", "year"])
            for keep in ("first", "last")
        ],
    },
}
text = json.dumps(result, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
(here / "expected.json").write_text(text)
