"""Online Retail cleaned with pandas, as the peer of compare.ts: the same steps, their counts and their seconds.

    python clean.py online_retail.csv.gz                    all forms of input, each in a process of its own
    python clean.py online_retail.csv.gz --from records     one of them

Needs pandas 3; with pyarrow installed pandas holds texts in its arrays, which is what makes it fast. The file may be compressed or not.
Prints JSON. Seconds are medians of --repeat runs; memory is the resident size of the process, with the input and at its highest.
"""
import argparse
import csv
import gc
import gzip
import io
import json
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import time

import pandas as pd

FORMS = ["records", "columns", "csv", "csv-pyarrow"]
TEXTS = ["InvoiceNo", "StockCode", "Description", "InvoiceDate", "CustomerID", "Country"]


STATUS = pathlib.Path("/proc/self/status")


def peak_megabytes():
    """The highest resident memory, since reset_peak on Linux and since the start elsewhere."""
    if STATUS.exists():
        return round(int(re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text()).group(1)) * 1024 / 1e6)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak * (1 if sys.platform == "darwin" else 1024) / 1e6)


def reset_peak():
    """Parsing the file takes memory that is free again when the cleaning begins."""
    gc.collect()
    if STATUS.exists():
        pathlib.Path("/proc/self/clear_refs").write_text("5")


def read_text(path):
    data = pathlib.Path(path).read_bytes()
    return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")


def read_records(text):
    """What a program has that parsed the file: a dict of texts for each row."""
    return list(csv.DictReader(io.StringIO(text)))


def read_columns(text):
    """The same in columns, a list of texts for each."""
    rows = csv.reader(io.StringIO(text))
    names = next(rows)
    return {name: list(values) for name, values in zip(names, zip(*rows))}


def read_csv(data, engine):
    """Texts stay texts, empty ones too: a description may be "NA"."""
    types = {**{name: "str" for name in TEXTS}, "Quantity": "int64", "UnitPrice": "float64"}
    return pd.read_csv(io.BytesIO(data), engine=engine, dtype=types, keep_default_na=False)


class Clock:
    """The seconds of each step, in order."""

    def __init__(self):
        self.seconds = {}
        self.last = time.perf_counter()

    def lap(self, step):
        now = time.perf_counter()
        self.seconds[step] = now - self.last
        self.last = now


def clean(load):
    clock = Clock()
    frame = load()
    clock.lap("load")

    repeated = frame.duplicated()
    clock.lap("exact duplicates")

    # "17850.0" is the id 17850 that went through a program of numbers. Read once for each distinct text.
    codes, texts = pd.factorize(frame["CustomerID"])
    ids = pd.Series(pd.Categorical.from_codes(codes, texts).rename_categories(lambda text: text.removesuffix(".0")), index=frame.index)
    has_id = ids != ""
    clock.lap("ids")

    quantity = pd.to_numeric(frame["Quantity"])
    price = pd.to_numeric(frame["UnitPrice"])
    clock.lap("numbers")

    when = pd.to_datetime(frame["InvoiceDate"], format="%Y-%m-%d %H:%M:%S", utc=True)
    clock.lap("dates")

    kind = frame["InvoiceNo"].str[0]
    counts = {
        "rowsIn": len(frame),
        "missingIds": int((~has_id).sum()),
        "cancelled": int((kind == "C").sum()),
        "adjusted": int((kind == "A").sum()),
        "negativeQuantities": int((quantity < 0).sum()),
        "negativePrices": int((price < 0).sum()),
        "zeroPrices": int((price == 0).sum()),
        "exactDuplicates": int(repeated.sum()),
    }
    clock.lap("counts")

    table = frame.assign(Quantity=quantity, UnitPrice=price, InvoiceDate=when, CustomerID=ids)
    # Equal rows have equal ids, so what repeats a row among those with an id repeats one of them.
    set_aside = table[~has_id]
    cleaned = table[has_id & ~repeated]
    clock.lap("set aside and remove")

    removed = int((has_id & repeated).sum())
    value = (quantity * price).sum()
    parts = [(part["Quantity"] * part["UnitPrice"]).sum() for part in (cleaned, set_aside, table[has_id & repeated])]
    counts |= {
        "duplicatesRemoved": removed,
        "rowsOut": len(cleaned),
        "customers": int(cleaned["CustomerID"].nunique()),
        "valueIn": round(float(value), 2),
        "valueOut": round(float(parts[0]), 2),
        "firstTime": when.min().isoformat(),
        "lastTime": when.max().isoformat(),
    }
    assert counts["rowsIn"] == counts["rowsOut"] + counts["missingIds"] + removed, "rows were lost"
    assert abs(value - sum(parts)) < 0.01, "value was lost"
    clock.lap("rows and value checked")
    return counts, clock.seconds


def run(path, form, repeat):
    text = read_text(path)
    if form == "records":
        records = read_records(text)
        load = lambda: pd.DataFrame(records)
    elif form == "columns":
        columns = read_columns(text)
        load = lambda: pd.DataFrame(columns)
    else:
        data = text.encode()
        load = lambda: read_csv(data, "pyarrow" if form == "csv-pyarrow" else "c")
    del text
    reset_peak()
    before = peak_megabytes()
    runs = [clean(load) for _ in range(repeat)]
    counts = runs[0][0]
    assert all(other == counts for other, _ in runs)
    seconds = {step: round(statistics.median(each[step] for _, each in runs), 3) for step in runs[0][1]}
    total = round(statistics.median(sum(each.values()) for _, each in runs), 3)
    return {"from": form, "pandas": pd.__version__, "counts": counts, "seconds": seconds, "totalSeconds": total, "megabytesOfInput": before, "peakMegabytes": peak_megabytes()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path")
    parser.add_argument("--from", dest="form", choices=FORMS)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    if options.form is not None:
        print(json.dumps(run(options.path, options.form, options.repeat)))
        return
    results = []
    for form in FORMS:
        child = subprocess.run([sys.executable, __file__, options.path, "--from", form, "--repeat", str(options.repeat)], capture_output=True, text=True)
        results.append(json.loads(child.stdout) if child.returncode == 0 else {"from": form, "skipped": child.stderr.strip().splitlines()[-1]})
    print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
