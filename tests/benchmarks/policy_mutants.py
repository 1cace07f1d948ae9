"""Policies of row security taken away one at a time on PostgreSQL: a foreign row tells each.

Each policy of a table that holds a row of another organization is replaced by one that lets
everything through. Then an owner of the other organization reads, adds, changes or deletes with
nothing but SQL. What a second guard still holds back is named, and so are tables that hold no row.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks._result import ROOT, keep
from tests.benchmarks._services import a_database

SECONDS = 900


def main() -> int:
    """Run `tests/matrix/policy_mutants.py` and keep what it counted."""
    with tempfile.TemporaryDirectory() as folder, a_database("policies") as variables:
        told = Path(folder) / "mutants.json"
        run = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-p", "no:xdist"),
                *("tests/matrix/test_foreign_rows.py", "tests/matrix/policy_mutants.py"),
            ],
            cwd=ROOT,
            env={**os.environ, **variables, "MUTANTS_RESULT": str(told), "DATA_DIR": folder},
            check=False,
            timeout=SECONDS,
        )
        figures = json.loads(told.read_text()) if told.exists() else {}
    killed = len(figures.get("killed", ()))
    figures["mutants noticed"] = killed
    bars = {
        "at least 30 mutants": killed >= 30,
        "all noticed, but where a second guard holds": run.returncode == 0,
    }
    return 0 if keep("policy_mutants", figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
