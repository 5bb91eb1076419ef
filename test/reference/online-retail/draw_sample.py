"""Draws examples/data/online-retail-sample.csv from the whole file of Online Retail: whole invoices, lines unchanged, in their order.

    python draw_sample.py online_retail.csv.gz

Needs numpy and pandas. The file is compressed or not, with the header that the sample has.
"""
import gzip
import io
import pathlib
import sys

import numpy as np
import pandas as pd

SEED = 20261101
target = pathlib.Path(__file__).parents[3] / "examples" / "data" / "online-retail-sample.csv"

data = pathlib.Path(sys.argv[1]).read_bytes()
lines = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8").splitlines(keepends=True)
frame = pd.read_csv(io.StringIO("".join(lines)), dtype="str", keep_default_na=False)
assert len(lines) == len(frame) + 1, "a row takes more than one line"

generator = np.random.default_rng(SEED)
invoice_rows = frame.groupby("InvoiceNo").size()
customer_rows = frame[frame["CustomerID"] != ""].groupby("CustomerID").size()
chosen = set()


def draw(candidates, rows_of, most_rows, until):
    """Takes candidates in random order, those with too many rows left out, until there are enough rows; gives those taken."""
    names = sorted(name for name in candidates if rows_of[name] <= most_rows)
    taken, rows = [], 0
    for name in generator.permutation(names):
        if rows >= until:
            break
        taken.append(name)
        rows += rows_of[name]
    return taken


# Customers with all their invoices, so that histories are whole; cancellations are among them.
customers = draw(customer_rows.index, customer_rows, most_rows=150, until=1900)
chosen.update(frame.loc[frame["CustomerID"].isin(customers), "InvoiceNo"])
# Invoices without a customer, those of rows that repeat others, and those of prices of 0.
chosen.update(draw(frame.loc[frame["CustomerID"] == "", "InvoiceNo"].unique(), invoice_rows, most_rows=100, until=600))
chosen.update(draw(frame.loc[frame.duplicated(), "InvoiceNo"].unique(), invoice_rows, most_rows=60, until=300))
chosen.update(draw(frame.loc[pd.to_numeric(frame["UnitPrice"]) == 0, "InvoiceNo"].unique(), invoice_rows, most_rows=40, until=100))
# Cancellations of other customers, and the three adjustments of bad debt: the only negative prices.
chosen.update(draw(frame.loc[frame["InvoiceNo"].str.startswith("C"), "InvoiceNo"].unique(), invoice_rows, most_rows=20, until=80))
chosen.update(frame.loc[frame["InvoiceNo"].str.startswith("A"), "InvoiceNo"].unique())

rows = np.flatnonzero(frame["InvoiceNo"].isin(chosen))
target.write_text(lines[0] + "".join(lines[row + 1] for row in rows), encoding="utf-8", newline="")
print(f"{len(rows)} rows of {len(chosen)} invoices, {target.stat().st_size} bytes")
