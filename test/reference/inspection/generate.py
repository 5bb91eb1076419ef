"""Reference values for test/churn/explain: scikit-learn's inspection of a model with an interaction.

    python generate.py        writes inspection.json beside this file

The model is a fixed formula, so that both sides have it to the bit: sigmoid(b0 + b1 x1 + b2 x2 + b3 x1 x2 + b4 x3^2).
Permutations are those that scikit-learn draws for its seed, written down so that the same ones can be used elsewhere.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.inspection import partial_dependence, permutation_importance
from sklearn.utils import check_random_state

COEFFICIENTS = [-0.5, 1.2, -0.8, 0.9, 0.4]
REPEATS = 6
SEED = 20


class Formula(ClassifierMixin, BaseEstimator):
    def fit(self, X, y):
        self.classes_ = np.array([0, 1])
        self.n_features_in_ = X.shape[1]
        return self

    def predict_proba(self, X):
        X = np.asarray(X)
        b = COEFFICIENTS
        p = 1 / (1 + np.exp(-(b[0] + b[1] * X[:, 0] + b[2] * X[:, 1] + b[3] * X[:, 0] * X[:, 1] + b[4] * X[:, 2] ** 2)))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] >= 0.5).astype(int)


def permutations_of(seed, rows, repeats):
    """As _calculate_permutation_scores draws them, the same for every column: one list of rows, shuffled again for each repeat and
    applied to the column as the repeat before left it."""
    state = check_random_state(check_random_state(seed).randint(np.iinfo(np.int32).max + 1))
    index = np.arange(rows)
    rows_from = np.arange(rows)
    drawn = []
    for _ in range(repeats):
        state.shuffle(index)
        rows_from = rows_from[index]
        drawn.append(rows_from.tolist())
    return drawn


def main():
    rng = np.random.default_rng(7)
    rows = 120
    X = np.column_stack([rng.normal(size=rows), rng.normal(size=rows), rng.normal(size=rows), rng.normal(size=rows)]).round(3)
    # Ties, and a column the model does not read.
    X[:, 2] = np.round(X[:, 2])
    model = Formula().fit(X, None)
    y = (rng.random(rows) < model.predict_proba(X)[:, 1]).astype(int)
    importance = {}
    for name, scoring in {"auc": "roc_auc", "logLoss": "neg_log_loss", "brier": "neg_brier_score"}.items():
        result = permutation_importance(model, X, y, scoring=scoring, n_repeats=REPEATS, random_state=SEED)
        importance[name] = {
            "byRepeat": result.importances.tolist(),
            "importance": result.importances_mean.tolist(),
            "deviation": result.importances_std.tolist(),
        }
    grid = np.quantile(X[:, 0], (np.arange(8) + 0.5) / 8).tolist()
    dependence = partial_dependence(
        model, X, features=[0], method="brute", response_method="predict_proba", kind="both", custom_values={0: np.array(grid)}
    )
    content = {
        "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
        "coefficients": COEFFICIENTS,
        "X": X.tolist(),
        "y": y.tolist(),
        "permutations": permutations_of(SEED, rows, REPEATS),
        "importance": importance,
        "dependence": {"grid": grid, "mean": dependence["average"][0].tolist(), "ice": dependence["individual"][0][:5].tolist()},
    }
    (Path(__file__).parent / "inspection.json").write_text(json.dumps(content) + "\n")


main()
