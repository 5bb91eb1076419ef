"""Reference values for purchase summaries by the Python package lifetimes, in lifetimes.json beside this file; the log is the CDNOW sample:

- days:  summary_data_from_transaction_data up to 1998-06-30, by days
- weeks: the same with freq="W" up to 1998-06-28, a Sunday, the last day of a week
- split: calibration_and_holdout_data, 1997-09-30 and 1998-06-30, in days

    python generate_lifetimes.py    needs pandas, lifetimes 0.11.3
"""
import json
import pathlib

import pandas as pd
from lifetimes.utils import calibration_and_holdout_data, summary_data_from_transaction_data

here = pathlib.Path(__file__).parent
log = pd.read_csv(here / "../../../examples/data/cdnow-sample.txt", sep=r"\s+", header=None, names=["master", "id", "date", "quantity", "amount"], dtype={"id": str, "date": str})
log["date"] = pd.to_datetime(log["date"], format="%Y%m%d")


def shown(frame):
    """Sums of all customers, and every 17th of them."""
    frame = frame.sort_index()
    return {
        "customers": len(frame),
        "sums": {name: float(frame[name].sum()) for name in frame.columns},
        "rows": {i: row.to_dict() for i, row in frame.iloc[::17].iterrows()},
    }


days = summary_data_from_transaction_data(log, "id", "date", "amount", observation_period_end="1998-06-30")
weeks = summary_data_from_transaction_data(log, "id", "date", "amount", observation_period_end="1998-06-28", freq="W")
split = calibration_and_holdout_data(log, "id", "date", "1997-09-30", observation_period_end="1998-06-30", monetary_value_col="amount")
# lifetimes gives the mean of the holdout's rows; a mean of purchase days is what this library says.
holdout = log[(log["date"] > "1997-09-30") & (log["date"] <= "1998-06-30")]
by_day = holdout.groupby(["id", "date"])["amount"].sum().groupby("id").agg(["mean", "sum"])
split = split.drop(columns="monetary_value_holdout").join(by_day.rename(columns={"mean": "mean_by_day_holdout", "sum": "total_holdout"}))
split["total_holdout"] = split["total_holdout"].fillna(0)
split["mean_by_day_holdout"] = split["mean_by_day_holdout"].fillna(0)

expected = {"days": shown(days), "weeks": shown(weeks), "split": shown(split)}
(here / "lifetimes.json").write_text(json.dumps(expected) + "\n")
