"""Classification trees of scikit-learn, for test/numeric/tree.test.ts.

    python generate.py    writes expected.json beside this file; needs numpy and scikit-learn (1.9.1)

Values are multiples of 1/8, because scikit-learn reads its features as 32-bit numbers. A data set is kept only if thirty trees with
another order of the features each (random_state) are one tree: then no split was decided by a tie.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.tree import DecisionTreeClassifier

rng = np.random.default_rng(20260301)


def preorder(tree):
    """Nodes in the order parent, left, right."""
    nodes, stack = [], [0]
    while stack:
        node = stack.pop()
        is_leaf = tree.children_left[node] < 0
        weights = tree.value[node][0] * tree.weighted_n_node_samples[node]
        nodes.append(
            {
                "feature": -1 if is_leaf else int(tree.feature[node]),
                "threshold": None if is_leaf or np.isinf(tree.threshold[node]) else float(tree.threshold[node]),
                "missingLeft": None if is_leaf else bool(tree.missing_go_to_left[node]),
                "rowCount": int(tree.n_node_samples[node]),
                "impurity": float(tree.impurity[node]),
                "classWeights": [float(w) for w in weights],
            }
        )
        if not is_leaf:
            stack += [tree.children_right[node], tree.children_left[node]]
    return nodes


def case(name, values, classes, weights=None, **parameters):
    fits = [DecisionTreeClassifier(criterion="gini", random_state=seed, **parameters).fit(values, classes, weights) for seed in range(30)]
    trees = [preorder(fit.tree_) for fit in fits]
    if any(tree != trees[0] for tree in trees):
        return None
    other = values[rng.permutation(len(values))][:60] + 0.25
    return {
        "name": name,
        "values": [[None if np.isnan(v) else float(v) for v in row] for row in values],
        "classes": [int(c) for c in classes],
        "weights": None if weights is None else [float(w) for w in weights],
        "parameters": parameters,
        "nodes": trees[0],
        "others": [[None if np.isnan(v) else float(v) for v in row] for row in other],
        "predictions": [int(c) for c in fits[0].predict(other)],
    }


def blobs(rows, features, classes, missing=0.0):
    labels = rng.integers(0, classes, rows)
    centres = rng.normal(0, 2, (classes, features))
    values = np.rint((centres[labels] + rng.normal(0, 1.5, (rows, features))) * 8 * 8) / 8
    values[rng.random((rows, features)) < missing] = np.nan
    return values, labels


cases = []


def collect(name, make, wanted=2):
    found = 0
    for _ in range(200):
        made = make()
        if made is not None:
            cases.append({**made, "name": f"{name} {found + 1}"})
            found += 1
            if found == wanted:
                return
    raise SystemExit(f"{name}: {found} cases without ties")


collect("two classes", lambda: case("", *blobs(150, 3, 2), max_depth=4))
collect("five classes", lambda: case("", *blobs(300, 5, 5), max_depth=3))
collect("leaves of ten rows", lambda: case("", *blobs(250, 4, 4), max_depth=5, min_samples_leaf=10))
collect("best first", lambda: case("", *blobs(300, 4, 4), max_leaf_nodes=7))
collect("least gain", lambda: case("", *blobs(300, 4, 4), min_impurity_decrease=0.02))
collect("missing values", lambda: case("", *blobs(300, 4, 3, missing=0.15), max_depth=3))


def weighted():
    values, labels = blobs(200, 3, 3)
    return case("", values, labels, rng.integers(0, 4, 200) + rng.integers(0, 2, 200) / 4, max_depth=3)


collect("weights", weighted)
expected = {"sklearn": sklearn.__version__, "cases": cases}
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps(expected) + "\n")
