"""Times scikit-learn's k-means on one thread, for bench/kmeans.ts.

    python scikit_learn.py values.f64 columns k iterations

Reads doubles, row after row; starts from the first k rows. Prints JSON: the better of both algorithms, best of two runs.
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

path, columns, k, iterations = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
values = np.fromfile(path).reshape(-1, columns)
runs = []
with threadpool_limits(1):
    for algorithm in ("lloyd", "elkan"):
        for _ in range(2):
            model = KMeans(k, init=values[:k].copy(), n_init=1, algorithm=algorithm, tol=0, max_iter=iterations)
            start = time.perf_counter()
            model.fit(values)
            runs.append({"algorithm": algorithm, "seconds": time.perf_counter() - start, "inertia": float(model.inertia_), "iterations": int(model.n_iter_)})
print(json.dumps({"version": sklearn.__version__, **min(runs, key=lambda run: run["seconds"])}))
