"""Guards of isolation taken away one at a time, at each surface: the matrix notices each.

On SQLite, where the application is all there is. What a second guard still holds back is named.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks._result import ROOT, keep

SECONDS = 1500


def main() -> int:
    """Run `tests/matrix/mutants.py` and keep what it counted."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "mutants.json"
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "tests/matrix/mutants.py"],
            cwd=ROOT,
            env={**os.environ, "MUTANTS_RESULT": str(told), "DATA_DIR": folder},
            check=False,
            timeout=SECONDS,
        )
        figures = json.loads(told.read_text()) if told.exists() else {}
    killed = sum(figures.get("killed", {}).values())
    figures["mutants noticed"] = killed
    bars = {
        "at least 30 mutants": killed >= 30,
        "all noticed, but where a second guard holds": run.returncode == 0,
    }
    return 0 if keep("isolation_mutants", figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
