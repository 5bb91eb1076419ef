"""scikit-learn's logistic regression on the rows and folds of churn-accuracy.ts, as its peer.

    python churn-accuracy.py < task.json

Reads {columns: {name: [values, null where missing]}, numbers, categories, labels, folds} and prints {version, predictions, unconverged}: for
each row the probability by a fit with the default penalty to the other folds, and how many fits did not converge. Everything is learnt inside the training part: medians, scales, levels.
"""

import json
import sys
import warnings

import numpy as np
import pandas as pd
import sklearn
from scipy.linalg import LinAlgWarning
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def main():
    task = json.load(sys.stdin)
    frame = pd.DataFrame(task["columns"])
    for name in task["numbers"]:
        frame[name] = frame[name].astype(float)
    for name in task["categories"]:
        # Missing is a level after all others, as there.
        frame[name] = frame[name].fillna("\uffff")
    y = np.array(task["labels"])
    folds = np.array(task["folds"])
    predictions = np.empty(len(y))
    unconverged = 0
    for fold in range(folds.max() + 1):
        test = folds == fold
        model = make_pipeline(
            ColumnTransformer(
                [
                    ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), task["numbers"]),
                    ("categories", OneHotEncoder(drop="first", handle_unknown="ignore"), task["categories"]),
                ]
            ),
            LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-10, max_iter=100),
        )
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            model.fit(frame[~test], y[~test])
        unconverged += any(issubclass(each.category, (ConvergenceWarning, LinAlgWarning)) for each in caught)
        predictions[test] = model.predict_proba(frame[test])[:, 1]
    print(json.dumps({"version": sklearn.__version__, "predictions": predictions.tolist(), "unconverged": unconverged}))


main()
