"""What pandas counts in examples/data/online-retail-sample.csv, before and after it is cleaned.

    python generate.py    writes expected.json beside this file; needs pandas
"""
import json
import pathlib

import pandas as pd

here = pathlib.Path(__file__).parent
frame = pd.read_csv(here.parents[2] / "examples" / "data" / "online-retail-sample.csv", dtype="str", keep_default_na=False)

quantity = pd.to_numeric(frame["Quantity"])
price = pd.to_numeric(frame["UnitPrice"])
when = pd.to_datetime(frame["InvoiceDate"], format="%Y-%m-%d %H:%M:%S", utc=True)
ids = frame["CustomerID"].str.removesuffix(".0")
has_id = ids != ""
repeated = frame.duplicated()
kind = frame["InvoiceNo"].str[0]
milliseconds = when.astype("datetime64[ms, UTC]").astype("int64")

removed = has_id & repeated
cleaned = frame[has_id & ~repeated].assign(
    CustomerID=ids, Quantity=quantity, UnitPrice=price, InvoiceDate=milliseconds, value=quantity * price
)
assert len(frame) == len(cleaned) + int((~has_id).sum()) + int(removed.sum())

# In units of a thousandth: prices have at most three decimals, so the sums are exact.
thousandths = (price * 1000).round().astype("int64")
assert ((thousandths / 1000 - price).abs() < 1e-9).all()
value = quantity * thousandths

by_customer = cleaned.assign(value=value).groupby("CustomerID")
expected = {
    "pandas": pd.__version__,
    "raw": {
        "rows": len(frame),
        "invoices": int(frame["InvoiceNo"].nunique()),
        "missingIds": int((~has_id).sum()),
        "cancelledRows": int((kind == "C").sum()),
        "cancelledInvoices": int(frame.loc[kind == "C", "InvoiceNo"].nunique()),
        "adjustedRows": int((kind == "A").sum()),
        "negativeQuantities": int((quantity < 0).sum()),
        "negativePrices": int((price < 0).sum()),
        "zeroPrices": int((price == 0).sum()),
        "exactDuplicates": int(repeated.sum()),
        "rowsWithATwin": int(frame.duplicated(keep=False).sum()),
        "blankDescriptions": int((frame["Description"].str.strip() == "").sum()),
        "distinct": {name: int(frame[name].nunique()) for name in frame.columns},
        "valueThousandths": int(value.sum()),
        "firstTime": int(milliseconds.min()),
        "lastTime": int(milliseconds.max()),
    },
    "cleaned": {
        "rows": len(cleaned),
        "setAside": int((~has_id).sum()),
        "removed": int(removed.sum()),
        "customers": int(cleaned["CustomerID"].nunique()),
        "valueThousandths": int(value[has_id & ~repeated].sum()),
        "quantity": int(cleaned["Quantity"].sum()),
        "byCustomer": {
            name: {"rows": len(rows), "invoices": int(rows["InvoiceNo"].nunique()), "valueThousandths": int(rows["value"].sum())}
            for name, rows in by_customer
        },
    },
    # Positions from 0 of the rows that stay apart.
    "setAsideRows": [int(row) for row in frame.index[~has_id]],
    "removedRows": [int(row) for row in frame.index[removed]],
}
(here / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
