"""Bootstrap intervals and the corrected resampled t-test, for test/evaluation/bootstrap-metric.test.ts and compare-cross-validated.test.ts.

    python generate.py    writes expected.json beside this file

The intervals are SciPy's (scipy.stats.bootstrap, BCa and percentile) together with the replicates it drew, so that the formulas can be compared on the same
numbers. The corrected resampled t-test of Nadeau and Bengio (2003, section 3: variance (1/J + n_test/n_train) s²) is written out with scipy.stats.t.
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

HERE = Path(__file__).parent


def interval_case(name, data, statistic, level, seed):
    data = np.asarray(data, dtype=float)
    case = {"name": name, "level": level, "estimate": float(statistic(data)), "leftOut": [float(statistic(np.delete(data, i))) for i in range(len(data))]}
    for method in ("BCa", "percentile"):
        result = stats.bootstrap((data,), statistic, n_resamples=999, confidence_level=level, method=method, vectorized=False, rng=np.random.default_rng(seed))
        case[method.lower()] = [float(result.confidence_interval.low), float(result.confidence_interval.high)]
        case["replicates"] = result.bootstrap_distribution.tolist()
        case["standardError"] = float(result.standard_error)
    return case


def comparison_case(name, differences, ratio, level):
    d = np.asarray(differences, dtype=float)
    error = np.sqrt((1 / len(d) + ratio) * d.var(ddof=1))
    t = d.mean() / error
    reach = stats.t.ppf(1 - (1 - level) / 2, len(d) - 1) * error
    return {"name": name, "differences": d.tolist(), "testToTrain": ratio, "level": level, "mean": d.mean(), "standardError": error, "t": t,
            "pValue": float(2 * stats.t.sf(abs(t), len(d) - 1)), "low": d.mean() - reach, "high": d.mean() + reach}


def main():
    rng = np.random.default_rng(20240604)
    intervals = [
        interval_case("mean of skewed values", np.round(rng.lognormal(size=40), 3), np.mean, 0.95, 1),
        interval_case("median", np.round(rng.normal(size=25), 2), np.median, 0.9, 2),
        interval_case("variance", np.round(rng.exponential(size=60), 3), np.var, 0.99, 3),
    ]
    comparisons = [
        comparison_case("five folds", np.round(rng.normal(0.01, 0.02, size=5), 4), 1 / 4, 0.95),
        comparison_case("ten folds, ten times", np.round(rng.normal(-0.02, 0.01, size=100), 4), 1 / 9, 0.9),
    ]
    content = {"source": f"scipy {scipy.__version__}, numpy {np.__version__}", "intervals": intervals, "comparisons": comparisons}
    (HERE / "expected.json").write_text(json.dumps(content) + "\n")


main()
