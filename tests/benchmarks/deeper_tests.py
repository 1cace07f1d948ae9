"""Tests of made-up cases once more, with many more cases than run with every change.

Which they are, and how many cases each tries, says `tests.depth.cases` where it is called.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile

from tests.benchmarks._result import ROOT, keep

SECONDS = 1700
FILES = (
    "tests/api/test_changes.py",
    "tests/api/test_opened_fuzz.py",
    "tests/api/test_schema_fuzz.py",
    "tests/directory/test_program_preview.py",
    "tests/network/second_factors/test_passkeys.py",
)


def main() -> int:
    """Run them and keep how many passed."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n0", *FILES],
            cwd=ROOT,
            env={**os.environ, "DEEP": "1", "DATA_DIR": folder},
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    last = (run.stdout.strip().splitlines() or [""])[-1]
    counted = {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", last)}
    if run.returncode:
        print(run.stdout)
    figures = {"files": list(FILES), "counted": counted}
    bars = {"all pass": run.returncode == 0, "at least 100 tests": counted.get("passed", 0) >= 100}
    return 0 if keep("deeper_tests", figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
