"""Reference values for measures of groupings: numpy, scikit-learn and plain Python.

    python generate.py      writes expected.json beside this file

Where random numbers are drawn, they come from Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011), written here from the paper:
the key is (seed, stream), the counter starts at 0, and a number from 0 to 1 is made of two words, 27 and 26 bits.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs
from sklearn.metrics import adjusted_rand_score, calinski_harabasz_score, davies_bouldin_score, silhouette_samples

HERE = Path(__file__).parent
WORD = 0xFFFFFFFF


class Philox:
    def __init__(self, seed, stream=0):
        self.key = (seed, stream)
        self.counter = 0
        self.words = []

    def word(self):
        if not self.words:
            c = [(self.counter >> (32 * i)) & WORD for i in range(4)]
            k0, k1 = self.key
            for _ in range(10):
                a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
                c = [(b >> 32) ^ c[1] ^ k0, b & WORD, (a >> 32) ^ c[3] ^ k1, a & WORD]
                k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
            self.counter += 1
            self.words = c
        return self.words.pop(0)

    def uniform(self):
        high, low = self.word() >> 5, self.word() >> 6
        return (high * 2**26 + low) / 2**53

    def integer(self, bound):
        word = self.word()
        while word < 2**32 % bound:
            word = self.word()
        return word % bound

    def positions(self, total, count):
        """Selection sampling (Knuth's Algorithm S)."""
        chosen = []
        i = 0
        while len(chosen) < count:
            if self.integer(total - i) < count - len(chosen):
                chosen.append(i)
            i += 1
        return chosen


def k_means(x, k):
    """Lloyd from the first k rows, until no row changes."""
    return KMeans(k, init=x[:k], n_init=1, tol=0, max_iter=1000, algorithm="lloyd").fit(x).labels_


def inertia(x, labels):
    return float(sum(((x[labels == c] - x[labels == c].mean(axis=0)) ** 2).sum() for c in np.unique(labels)))


def jaccard(a, b):
    """For each group of a the largest |A and B| / |A or B| over the groups of b, and the lowest such B."""
    result = []
    for c in np.unique(a):
        values = {int(d): (np.sum((a == c) & (b == d)) / np.sum((a == c) | (b == d))) for d in np.unique(b)}
        best = max(values.values())
        result.append([int(c), min(d for d, v in values.items() if v == best), float(best)])
    return result


def agreement_cases():
    rng = np.random.default_rng(5)
    pairs = [
        ("nothing in common", rng.integers(0, 4, 200), rng.integers(0, 6, 200)),
        ("some rows moved", np.arange(90) % 3, np.where(rng.random(90) < 0.2, rng.integers(0, 5, 90), np.arange(90) % 3)),
        ("one group against many", np.zeros(30, dtype=int), np.arange(30) % 7),
        ("together against apart", np.zeros(12, dtype=int), np.arange(12)),
        ("apart in both", np.arange(9), np.arange(9)[::-1]),
        ("together in both", np.zeros(5, dtype=int), np.full(5, 3)),
        ("less than chance", np.array([0, 0, 1, 1, 2, 2]), np.array([0, 1, 0, 1, 0, 1])),
        ("numbers with gaps", np.array([9, 9, 9, 4, 4, 0]), np.array([1, 1, 7, 7, 7, 7])),
    ]
    return [
        {"name": name, "labels": a.tolist(), "others": b.tolist(), "adjustedRand": adjusted_rand_score(a, b), "jaccard": jaccard(a, b)}
        for name, a, b in pairs
    ]


def box_of(x, kind):
    """Means, axes (rows) and the ranges along them; the largest component of an axis is positive."""
    mean = x.mean(axis=0)
    if kind == "columns":
        axes = np.eye(x.shape[1])
    else:
        axes = np.linalg.svd(x - mean, full_matrices=False)[2]
        axes = np.array([axis * np.sign(axis[np.argmax(np.abs(axis))]) for axis in axes])
    scores = (x - mean) @ axes.T
    return mean, axes, scores.min(axis=0), scores.max(axis=0)


def gap_case(name, x, kind, to, references, seed):
    mean, axes, low, high = box_of(x, kind)
    observed = np.array([np.log(inertia(x, k_means(x, k))) for k in range(1, to + 1)])
    logs = []
    for b in range(1, references + 1):
        random = Philox(seed, b)
        uniform = np.array([[random.uniform() for _ in axes] for _ in x])
        drawn = mean + (low + uniform * (high - low)) @ axes
        logs.append([np.log(inertia(drawn, k_means(drawn, k))) for k in range(1, to + 1)])
    expected = np.mean(logs, axis=0)
    gap = expected - observed
    s = np.std(logs, axis=0) * np.sqrt(1 + 1 / references)
    chosen = next((k for k in range(1, to) if gap[k - 1] >= gap[k] - s[k]), None)
    return {
        "name": name, "rows": x.tolist(), "box": kind, "to": to, "references": references, "seed": seed, "k": chosen,
        "logInertia": observed.tolist(), "expectedLogInertia": expected.tolist(), "gap": gap.tolist(), "standardError": s.tolist(),
    }


def gap_cases():
    rng = np.random.default_rng(11)
    mix = np.array([[2.0, 0.4, 0.1], [0.0, 1.0, 0.3], [0.0, 0.0, 0.5]])
    blobs, _ = make_blobs(n_samples=60, n_features=2, centers=[[0, 0], [9, 1], [3, 8]], cluster_std=1.0, random_state=3)
    return [
        gap_case("three blobs", rng.permutation(blobs), "principal", 5, 12, 7),
        gap_case("one correlated cloud", rng.normal(size=(50, 3)) @ mix, "principal", 4, 15, 1),
        gap_case("the same in the box of the columns", rng.normal(size=(50, 3)) @ mix, "columns", 4, 15, 2),
    ]


def stability_case(name, x, k, resamples, seed):
    labels = k_means(x, k)
    indices = []
    coefficients = {int(c): [] for c in np.unique(labels)}
    for b in range(resamples):
        random = Philox(seed, b)
        rows = np.unique([random.integer(len(x)) for _ in x])
        again = k_means(x[rows], k)
        indices.append(adjusted_rand_score(labels[rows], again))
        for c, _, value in jaccard(labels[rows], again):
            coefficients[c].append(value)
    return {
        "name": name, "rows": x.tolist(), "labels": labels.tolist(), "resamples": resamples, "seed": seed,
        "adjustedRand": float(np.mean(indices)), "adjustedRandDeviation": float(np.std(indices, ddof=1)),
        "byCluster": [
            {
                "cluster": c, "rowCount": int(np.sum(labels == c)), "jaccard": float(np.mean(v)),
                "recovered": float(np.mean(np.array(v) >= 0.75)), "dissolved": float(np.mean(np.array(v) <= 0.5)), "resamples": len(v),
            }
            for c, v in coefficients.items()
        ],
    }


def stability_cases():
    rng = np.random.default_rng(13)
    blobs, _ = make_blobs(n_samples=48, n_features=2, centers=3, cluster_std=1.5, random_state=8)
    # One row far away: a cluster of its own, which a good third of the resamples do not hold.
    lonely = np.vstack([rng.normal(size=(20, 2)), [[30.0, 30.0]], rng.normal(size=(10, 2)) + [9, 0]])
    return [
        stability_case("three blobs", rng.permutation(blobs), 3, 25, 4),
        stability_case("one cloud in four parts", rng.normal(size=(60, 3)), 4, 25, 9),
        stability_case("a lonely row", rng.permutation(lonely), 3, 40, 2),
    ]


def hopkins_case(name, x, sample_size, seed):
    rows = Philox(seed, 0).positions(len(x), sample_size)
    random = Philox(seed, 1)
    low, high = x.min(axis=0), x.max(axis=0)
    places = np.array([[lo + random.uniform() * (hi - lo) for lo, hi in zip(low, high)] for _ in rows])
    to_rows = cdist(x[rows], x)
    to_rows[np.arange(len(rows)), rows] = np.inf
    w = to_rows.min(axis=1)
    u = cdist(places, x).min(axis=1)
    d = int(np.sum(high > low))
    return {"name": name, "rows": x.tolist(), "sampleSize": sample_size, "seed": seed, "hopkins": float(np.sum(u**d) / (np.sum(u**d) + np.sum(w**d)))}


def hopkins_cases():
    rng = np.random.default_rng(17)
    blobs, _ = make_blobs(n_samples=80, n_features=2, centers=4, cluster_std=0.4, random_state=1)
    constant = np.column_stack([rng.random(40), np.full(40, 3.5), rng.random(40)])
    return [
        hopkins_case("uniform", rng.random((60, 3)), 20, 3),
        hopkins_case("blobs", blobs, 80, 1),
        hopkins_case("a constant column", constant, 10, 5),
    ]


def separation_cases():
    cases = []
    for n, p, k in [(300, 10, 4), (131, 3, 2), (200, 5, 70)]:
        x, labels = make_blobs(n_samples=n, n_features=p, centers=k, cluster_std=4.0, random_state=n)
        distances = cdist(x, x)
        cases.append({
            "name": f"{k} blobs of {n} rows in {p} dimensions",
            "rows": x.tolist(), "labels": labels.tolist(),
            "widths": silhouette_samples(distances, labels, metric="precomputed").tolist(),
            "calinskiHarabasz": calinski_harabasz_score(x, labels), "daviesBouldin": davies_bouldin_score(x, labels),
            "inertia": inertia(x, labels),
        })
    return cases


if __name__ == "__main__":
    content = {
        "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
        "agreement": agreement_cases(),
        "separation": separation_cases(),
        "gap": gap_cases(),
        "stability": stability_cases(),
        "hopkins": hopkins_cases(),
    }
    (HERE / "expected.json").write_text(json.dumps(content) + "\n")
