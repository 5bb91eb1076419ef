"""The five customers of the source article in scikit-learn: scaler, k-means, logistic regression with C = 1.

    python generate.py    writes expected.json beside this file; needs numpy, scikit-learn
"""
import json
import pathlib

import numpy as np
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

features = np.array([[25, 5000, 0.8], [30, 6000, 0.7], [40, 8000, 0.5], [30, 7000, 0.6], [25, 5000, 0.9]], dtype=float)
labels = np.array([0, 0, 1, 0, 0])
scaler = StandardScaler().fit(features)
scaled = scaler.transform(features)
clusters = KMeans(2, n_init=100, random_state=0).fit(scaled)
model = LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-14, max_iter=1000).fit(scaled, labels)

try:
    LogisticRegression().fit(scaled, StandardScaler().fit_transform(labels.reshape(-1, 1)).ravel())
    refusal = None
except ValueError as error:
    refusal = str(error)

mine = 0.5 - 0.1 * 40 + 0.05 * 8000 + 0.3 * 0.5 - 0.2 * 0.5
result = {
    "means": scaler.mean_.tolist(),
    "scales": scaler.scale_.tolist(),
    "inertia": float(clusters.inertia_),
    "together": [[int(i) + 1 for i in np.flatnonzero(clusters.labels_ == k)] for k in np.argsort([-(clusters.labels_ == k).sum() for k in range(2)])],
    "intercept": float(model.intercept_[0]),
    "coefficients": model.coef_[0].tolist(),
    "probabilities": model.predict_proba(scaled)[:, 1].tolist(),
    "refusalOfStandardisedLabel": refusal,
    "logOddsOfTheArticle": mine,
}
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
