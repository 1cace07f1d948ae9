"""How many made-up cases a test tries: some with every change, many more with `make prove`.

`python -m tests.benchmarks deeper_tests` sets `DEEP` and runs the tests that ask here.
"""

from __future__ import annotations

import os

IS_DEEP = bool(os.environ.get("DEEP"))


def cases(some: int, many: int) -> int:
    """The smaller number, or the larger one in the long proofs."""
    return many if IS_DEEP else some
