"""Many made-up histories of conversations, and each guard of visible ranges taken away.

The histories run on the database of `DATABASE_URL`, with seeds of their own; the guards on SQLite,
where no row security stands behind them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks._result import ROOT, SHORT, keep

SEEDS = (1,) if SHORT else (1, 2, 3)
HISTORIES = 2 if SHORT else 5
SECONDS = 1500
HELD = "without_the_live_membership"
DATABASES = ("DATABASE_URL", "DATABASE_OWNER_URL")


def main() -> int:
    """Run both and keep what they told."""
    with tempfile.TemporaryDirectory() as folder:
        counted = [_histories(folder, seed) for seed in SEEDS]
        mutants = _mutants(folder)
    unnoticed = sorted(name for name, told in mutants.items() if not told)
    figures = {
        "database": "postgresql" if os.environ.get("DATABASE_URL") else "sqlite",
        "seeds": list(SEEDS),
        "histories": {str(seed): found for seed, found in zip(SEEDS, counted, strict=True)},
        "guards": mutants,
        "not noticed": unnoticed,
    }
    bars = {
        "every answer right": all(found.get("histories") == HISTORIES for found in counted),
        "at least 10 guards": len(mutants) >= 10,
        "all noticed, but where the gate holds": set(unnoticed) <= {HELD},
    }
    return 0 if keep("visible_ranges", figures, bars) else 1


def _histories(folder: str, seed: int) -> dict[str, int]:
    """What was asked and shown; empty where something was wrong."""
    run = _pytest(
        "tests/isolation/test_visible_ranges.py",
        {"DATA_DIR": folder, "RANGES": str(HISTORIES), "RANGES_SEED": str(seed), "DEEP": "1"},
    )
    told = re.search(r"RANGES (\{.*\})", run.stdout)
    if run.returncode or told is None:
        print(run.stdout[-3000:])
        return {}
    found: dict[str, int] = json.loads(told[1])
    return found


def _mutants(folder: str) -> dict[str, str]:
    told = Path(folder) / "mutants.json"
    more = dict.fromkeys(DATABASES, "") | {"MUTANTS_RESULT": str(told), "DATA_DIR": folder}
    _pytest("tests/isolation/range_mutants.py", more)
    found: dict[str, str] = json.loads(told.read_text()) if told.exists() else {}
    return found


def _pytest(path: str, more: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **more}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:xdist", "--tb=short", path],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


if __name__ == "__main__":
    sys.exit(main())
