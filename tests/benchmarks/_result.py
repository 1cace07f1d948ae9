"""Keeping the result of a proof beside it, for machines and for the evidence page."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
ROOT = Path(__file__).resolve().parents[2]
# For trying a proof: few rows and rounds, and nothing is written.
SHORT = bool(os.environ.get("SHORT"))


def keep(name: str, figures: dict[str, Any], bars: dict[str, bool]) -> bool:
    """Write `results/NAME.json`, unless the run is a short one; whether every bar was reached."""
    RESULTS.mkdir(exist_ok=True)
    document = {
        "proof": name,
        "measured_on": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        # The load of the last minutes: much above the number of cores, others worked there too.
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "load": round(os.getloadavg()[1], 1),
        },
        "figures": figures,
        "bars": bars,
    }
    text = json.dumps(document, indent=2, ensure_ascii=False)
    if not SHORT:
        (RESULTS / f"{name}.json").write_text(text + "\n")
    print(text)
    return all(bars.values())


def in_parts(parts: Mapping[str, Callable[[], bool]], names: Sequence[str]) -> int:
    """Run the parts of a proof that are named, or all; 0 where each reached its bars.

    What one part dies of is told, and the others run.
    """
    failed = 0
    for name in names or parts:
        try:
            failed += not parts[name]()
        except Exception:  # noqa: BLE001 - the others are run
            print(f"{name}:\n{traceback.format_exc()}", flush=True)
            failed += 1
    return 1 if failed else 0


def _commit() -> str:
    """The commit, with a plus where something beside results is not in it."""
    changed = _git("status", "--porcelain", "--", ".", f":!{RESULTS.relative_to(ROOT)}")
    return (_git("rev-parse", "--short", "HEAD") or "none") + ("+" if changed else "")


def _git(*words: str) -> str:
    run = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return run.stdout.strip()
