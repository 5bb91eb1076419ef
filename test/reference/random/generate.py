"""Philox4x32-10 words from randomgen (an independent implementation).

    python generate.py    writes expected.json beside this file; needs randomgen, numpy
"""
import json
import pathlib

import numpy as np
from randomgen import Philox

cases = []
for key, counter in [((0, 0), 0), ((1, 0), 0), ((1, 7), 0), ((4294967295, 4294967295), 0), ((12345, 678), 4294967290), ((12345, 678), 2**64 - 3)]:
    source = Philox(key=key[0] + (key[1] << 32), counter=counter, number=4, width=32)
    words = np.asarray(source.random_raw(24)).astype(np.uint64)
    cases.append({"key": list(key), "counter": [(counter >> (32 * i)) & 0xFFFFFFFF for i in range(4)], "words": [int(w) for w in words]})
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps(cases) + "\n")
