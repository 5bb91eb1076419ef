"""What pandas says about rules on small random tables, what rapidfuzz says about distances of texts,
and repairs and spellings computed from their definitions, naively.

    python generate.py    writes expected.json beside this file; needs numpy, pandas, rapidfuzz
"""
import json
import pathlib
from collections import Counter

import numpy as np
import pandas as pd
import rapidfuzz
from rapidfuzz.distance import OSA

here = pathlib.Path(__file__).parent
generator = np.random.default_rng(20261103)
KEPT, BROKEN, NOT_JUDGED = 0, 1, 2


def plain(values):
    return [None if pd.isna(value) else value.item() if isinstance(value, np.generic) else value for value in values]


def verdicts(keeps, judged):
    return [int(NOT_JUDGED if not j else KEPT if k else BROKEN) for k, j in zip(keeps, judged)]


def choose(options, count, missing=0.1):
    picked = [options[int(i)] for i in generator.integers(0, len(options), count)]
    return [None if generator.random() < missing else value for value in picked]


# Distances -----------------------------------------------------------------------------------------------------------

WORDS = ["birmingham", "birmingxam", "brimingham", "bimringham", "birmingha", "boaz", "", "a", "ab", "ba", "abcdef", "acbdfe", "ca", "abc", "straße", "strasse"]
pairs = [(a, b) for a in WORDS for b in WORDS]
for _ in range(600):
    a = "".join(generator.choice(list("abc"), int(generator.integers(0, 9))))
    b = "".join(generator.choice(list("abc"), int(generator.integers(0, 9))))
    pairs.append((a, b))
distances = [[a, b, OSA.distance(a, b)] for a, b in pairs]

# Rules that learn nothing ----------------------------------------------------------------------------------------------


def rule_case():
    count = int(generator.integers(1, 40))
    frame = pd.DataFrame({
        "id": pd.Series(choose(["a", "b", "c", "d", "e", "f", "g"], count), dtype=object),
        "part": pd.Series(choose([1.0, 2.0, 3.0, -0.5], count), dtype=float),
        "day": pd.Series(choose([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], count), dtype=float),
        "balance": pd.Series(choose([0.0, 1.0, 2.0, 3.0, 5.0, 8.0], count), dtype=float),
    })
    has = frame.notna()
    both = has["id"] & has["part"]
    duplicated = frame[both].duplicated(subset=["id", "part"], keep=False).reindex(frame.index, fill_value=False)
    sorted_rows = frame[has["day"] & has["balance"] & has["id"]].sort_values("day", kind="stable")
    grouped = sorted_rows.groupby("id")["balance"]
    highest_before = grouped.cummax().groupby(sorted_rows["id"]).shift()
    lowest_before = grouped.cummin().groupby(sorted_rows["id"]).shift()
    judged = pd.Series(frame.index.isin(sorted_rows.index))

    def monotonic(keeps):
        return verdicts(keeps.reindex(frame.index, fill_value=False), judged)

    return {
        "columns": {name: plain(frame[name]) for name in frame},
        "required": verdicts(has["balance"], [True] * count),
        "range": verdicts(frame["balance"].between(1, 3), has["balance"]),
        "oneOf": verdicts(frame["id"].isin(["a", "c", "g"]), has["id"]),
        "pattern": verdicts(frame["id"].str.fullmatch("[a-d]").eq(True), has["id"]),
        "formula": verdicts(frame["balance"] <= frame["day"], has["balance"] & has["day"]),
        "unique": verdicts(~duplicated, both),
        "reference": verdicts(frame["part"].isin([2.0, 3.0]), has["part"]),
        "increasing": monotonic(~(sorted_rows["balance"] < highest_before)),
        "strictlyIncreasing": monotonic(~(sorted_rows["balance"] <= highest_before)),
        "decreasing": monotonic(~(sorted_rows["balance"] > lowest_before)),
    }


# One dependency --------------------------------------------------------------------------------------------------------


def dependency_case():
    count = int(generator.integers(1, 60))
    zips = choose(["35001", "35002", "36003"], count, 0.05)
    streets = choose([1.0, 2.0], count, 0.05)
    true_city = {"35001": "arab", "35002": "boaz", "36003": "opp", None: "opp"}
    cities = [true_city[z] if generator.random() < 0.6 else c for z, c in zip(zips, choose(["arab", "boaz", "opp"], count, 0.1))]
    frame = pd.DataFrame({"zip": pd.Series(zips, dtype=object), "street": pd.Series(streets, dtype=float), "city": pd.Series(cities, dtype=object)})
    start = ["zip"] if generator.random() < 0.5 else ["zip", "street"]
    min_share = float(generator.choice([0.5, 0.3, 0.8, 1.0]))
    min_count = int(generator.integers(1, 4))
    counts = frame.dropna(subset=[*start, "city"]).groupby(start)["city"].value_counts()
    learned = {}
    for key, group in counts.groupby(level=list(range(len(start)))):
        group = group.sort_values(ascending=False)
        top = int(group.iloc[0])
        tied = len(group) > 1 and group.iloc[1] == top
        if not tied and top >= min_count and top / int(group.sum()) >= min_share:
            learned[key if isinstance(key, tuple) else (key,)] = group.index[0][-1]
    expected = [learned.get(tuple(row)) for row in frame[start].itertuples(index=False)]
    judged = [e is not None and not pd.isna(c) for e, c in zip(expected, frame["city"])]
    return {
        "columns": {name: plain(frame[name]) for name in frame},
        "from": start,
        "minShare": min_share,
        "minCount": min_count,
        "verdicts": verdicts([e == c for e, c in zip(expected, frame["city"])], judged),
        "repaired": [e if j else plain([c])[0] for e, j, c in zip(expected, judged, frame["city"])],
        "filled": [e if e is not None else plain([c])[0] for e, c in zip(expected, frame["city"])],
    }


# Several dependencies, by their definition -----------------------------------------------------------------------------

SEVERAL = [
    {"from": ["a"], "to": "b", "onViolation": "repair"},
    {"from": ["b"], "to": "a", "onViolation": "repair"},
    {"from": ["b"], "to": "c", "onViolation": "repair"},
    {"from": ["a"], "to": "c", "onViolation": "repair"},
    {"from": ["c", "d"], "to": "b", "onViolation": "repair"},
    {"from": ["d"], "to": "e", "onViolation": "missing"},
    {"from": ["e"], "to": "a", "onViolation": "repair"},
]


def majority(rows, rule):
    by_key = {}
    for row in rows:
        key = tuple(row[name] for name in rule["from"])
        if None in key or row[rule["to"]] is None:
            continue
        by_key.setdefault(key, Counter())[row[rule["to"]]] += 1
    learned = {}
    for key, counter in by_key.items():
        (value, count), *others = counter.most_common()
        if count >= 2 and count / sum(counter.values()) >= 0.5 and not (others and others[0][1] == count):
            learned[key] = (value, count)
    return learned


def settle(row, rules, learned):
    row = dict(row)
    limit = 10 + sum(rule["onViolation"] == "missing" for rule in rules)
    for _ in range(limit):
        votes = {}
        for rule, groups in zip(rules, learned):
            found = groups.get(tuple(row[name] for name in rule["from"]))
            if rule["onViolation"] == "repair" and found is not None and row[rule["to"]] is not None:
                votes.setdefault(rule["to"], Counter())[found[0]] += found[1]
        changed = False
        for name, counter in votes.items():
            (value, count), *others = counter.most_common()
            if not (others and others[0][1] == count) and row[name] != value:
                row[name] = value
                changed = True
        if changed:
            continue
        for rule, groups in zip(rules, learned):
            found = groups.get(tuple(row[name] for name in rule["from"]))
            if rule["onViolation"] == "missing" and found is not None and row[rule["to"]] is not None and row[rule["to"]] != found[0]:
                row[rule["to"]] = None
                changed = True
        if not changed:
            return row
    return None


def several_case():
    count = int(generator.integers(10, 60))
    letters = ["u", "v", "w"]
    rows = []
    for _ in range(count):
        base = int(generator.integers(0, 3))
        row = {name: letters[base] + name if generator.random() < 0.75 else letters[int(generator.integers(0, 3))] + name for name in "abcde"}
        rows.append({name: None if generator.random() < 0.03 else value for name, value in row.items()})
    learned = [majority(rows, rule) for rule in SEVERAL]
    settled = [settle(row, SEVERAL, learned) for row in rows]
    return {
        "columns": {name: [row[name] for row in rows] for name in "abcde"},
        "after": {name: [(new or old)[name] for new, old in zip(settled, rows)] for name in "abcde"},
        "unsettled": [i for i, new in enumerate(settled) if new is None],
    }


# Spellings, by their definition, over all pairs ----------------------------------------------------------------------------


def spelling_case():
    stems = ["alabama", "arizona", "colorado", "delaware", "alabana", "coloradoo"]
    texts = []
    for stem in stems[: int(generator.integers(1, 7))]:
        texts += [stem] * int(generator.integers(1, 80))
        for _ in range(int(generator.integers(0, 6))):
            letters = list(stem)
            for _ in range(int(generator.integers(1, 4))):
                at = int(generator.integers(0, len(letters)))
                kind = int(generator.integers(0, 4))
                if kind == 0:
                    letters[at] = "x"
                elif kind == 1:
                    letters.insert(at, "y")
                elif kind == 2 and len(letters) > 1:
                    letters.pop(at)
                elif at + 1 < len(letters):
                    letters[at], letters[at + 1] = letters[at + 1], letters[at]
            texts += ["".join(letters)] * int(generator.integers(1, 4))
    texts = [texts[int(i)] for i in generator.permutation(len(texts))]
    max_distance = int(generator.integers(1, 3))
    min_ratio = int(generator.choice([3, 5, 10]))
    min_length = 2 * max_distance + 1 + int(generator.integers(0, 4))
    counts = Counter(text for text in texts if len(text) >= min_length)
    stands_for = {}
    for text in sorted(counts, key=lambda text: (-counts[text], text)):
        near = [other for other in counts if other != text and OSA.distance(text, other) <= max_distance and counts[other] / counts[text] >= min_ratio]
        right = [other for other in near if stands_for[other] == other]
        stands_for[text] = text if not near else right[0] if len(right) == 1 else None
    expected = [stands_for.get(text) for text in texts]
    return {
        "texts": texts,
        "maxDistance": max_distance,
        "minRatio": min_ratio,
        "minLength": min_length,
        "verdicts": verdicts([e == t for e, t in zip(expected, texts)], [e is not None for e in expected]),
        "repaired": [t if e is None else e for e, t in zip(expected, texts)],
    }


expected = {
    "programs": {"numpy": np.__version__, "pandas": pd.__version__, "rapidfuzz": rapidfuzz.__version__},
    "distances": distances,
    "rules": [rule_case() for _ in range(15)],
    "dependencies": [dependency_case() for _ in range(30)],
    "several": {"rules": SEVERAL, "cases": [several_case() for _ in range(30)]},
    "spellings": [spelling_case() for _ in range(40)],
}
(here / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
print({name: sum(v.count(BROKEN) for v in (case[name] for case in expected["rules"])) for name in expected["rules"][0] if name != "columns"})
print(sum(case["verdicts"].count(BROKEN) for case in expected["dependencies"]), sum(case["verdicts"].count(BROKEN) for case in expected["spellings"]))
print(sum(len(case["unsettled"]) for case in expected["several"]["cases"]), sum(len(case["columns"]["a"]) for case in expected["several"]["cases"]))
