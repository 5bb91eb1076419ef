"""Segments of the same customers at two times, matched by pandas and SciPy, for test/segmentation/match-segments.test.ts.

    python generate.py    writes expected.json beside this file; needs numpy, pandas and scipy (1.17)
"""

import json
import pathlib

import numpy as np
import pandas as pd
from scipy import stats
from scipy.optimize import linear_sum_assignment

rng = np.random.default_rng(99)


def case(customers, before_count, after_count, noise):
    """After is a renumbered before, with some customers at random."""
    ids = rng.permutation(customers * 2)[: int(customers * 1.2)]
    truth = dict(zip(ids.tolist(), rng.integers(0, before_count, len(ids)).tolist()))
    names = rng.permutation(max(before_count, after_count))
    before_ids = rng.permutation(ids)[:customers]
    after_ids = rng.permutation(ids)[:customers]
    before = [truth[i] for i in before_ids.tolist()]
    after = [int(names[truth[i]] % after_count) if rng.random() > noise else int(rng.integers(after_count)) for i in after_ids.tolist()]
    frame = pd.DataFrame({"before": before}, index=before_ids).join(pd.DataFrame({"after": after}, index=after_ids), how="inner")
    counts = pd.crosstab(frame["before"], frame["after"]).reindex(index=range(before_count), columns=range(after_count), fill_value=0).to_numpy()
    rows, columns = linear_sum_assignment(counts, maximize=True)
    matched = int(counts[rows, columns].sum())
    renumbered = int((frame["before"] != frame["after"]).sum())
    share = stats.binomtest(renumbered, len(frame)).proportion_ci(0.95, "wilson")
    return {
        "before": {"rowIds": before_ids.tolist(), "segments": before},
        "after": {"rowIds": after_ids.tolist(), "segments": after},
        "counts": counts.tolist(),
        "sharedCount": len(frame),
        "matched": matched,
        "renumbered": renumbered,
        "interval": [float(share.low), float(share.high)],
    }


cases = [case(60, 3, 3, 0.1), case(200, 5, 5, 0.2), case(200, 4, 6, 0.15), case(150, 7, 4, 0.3), case(300, 12, 12, 0.6)]
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps({"cases": cases}) + "\n")
