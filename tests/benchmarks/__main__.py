"""`make prove`: each long proof in a process of its own, its result kept beside it.

Name one or more to run only those: `python -m tests.benchmarks import_memory`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
PROOFS = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
SECONDS = 3600


def main(names: list[str]) -> int:
    """Run the proofs; the number of those that failed."""
    unknown = set(names) - set(PROOFS)
    if unknown:
        print(
            f"There is no proof named {', '.join(sorted(unknown))}. There are: {', '.join(PROOFS)}"
        )
        return 2
    failed = 0
    for name in names or PROOFS:
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"tests.benchmarks.{name}"]
        failed += subprocess.run(command, check=False, timeout=SECONDS).returncode != 0
    print(f"{len(names or PROOFS) - failed} passed, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
