"""100,000 listings read whole in each form: at most 64 MiB above what the server holds idle.

One served process over SQLite. Idle is what it holds after a small export; the peak is the highest
while one answer is read to its end, as the kernel counts both. Every answer must hold every row of
the database once.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks._many import make_folders
from tests.benchmarks._reading import (
    MIB,
    Whole,
    forget_peak,
    held_kib,
    read_pages,
    read_whole,
)
from tests.benchmarks._result import SHORT, keep
from tests.benchmarks._rounds import product

LISTINGS = 1_000 if SHORT else 100_000
ALLOWED_MIB = 64
PROGRAMS, FACILITIES = "/api/v1/programs/", "/api/v1/facilities/"
LONG_AGO = "1970-01-01T00:00:00Z"
CASES = (
    ("programs", "csv", f"{PROGRAMS}?format=csv"),
    ("programs", "geojson", f"{PROGRAMS}?format=geojson"),
    ("programs", "jsonl", f"{PROGRAMS}?format=jsonl"),
    ("programs", "jsonl, all changes", f"{PROGRAMS}?format=jsonl&updated_after={LONG_AGO}"),
    ("programs", "json, page by page", f"{PROGRAMS}?page_size=100"),
    ("facilities", "csv", f"{FACILITIES}?format=csv"),
    ("facilities", "geojson", f"{FACILITIES}?format=geojson"),
)


def counts(folder: Path) -> dict[str, int]:
    """How many rows of each kind the database holds."""
    file = sqlite3.connect(folder / "network.sqlite3")
    questions = {
        "programs": "SELECT count(*) FROM directory_listing",
        "facilities": "SELECT count(*) FROM directory_facility WHERE merged_into_id IS NULL",
    }
    return {kind: file.execute(question).fetchone()[0] for kind, question in questions.items()}


def read(port: int, form: str, path: str, *, packed: bool) -> Whole:
    """One case."""
    if form.startswith("json,"):
        return read_pages(port, path, packed=packed)
    return read_whole(port, path, form.partition(",")[0], packed=packed)


def measure(port: int, pid: int, idle: int) -> list[dict[str, Any]]:
    """Every case, most of them compressed too."""
    found = []
    for kind, form, path in CASES:
        for packed in (False,) if "," in form else (False, True):
            forget_peak(pid)
            whole = read(port, form, path, packed=packed)
            found.append(
                {
                    "kind": kind,
                    "form": form,
                    "coding": "gzip" if packed else "plain",
                    "rows": whole.rows,
                    "distinct": len(whole.ids),
                    "is_whole": whole.is_whole,
                    "above_idle_mib": round((held_kib(pid, "VmHWM") - idle) / 1024, 1),
                    "seconds": round(whole.seconds, 1),
                    "received_mb": round(whole.received / 1e6, 1),
                }
            )
            print(found[-1], flush=True)
    return found


def main() -> int:
    """Measure; 0 where every bar is reached."""
    with tempfile.TemporaryDirectory() as parent:
        folder = make_folders(Path(parent), [LISTINGS])[LISTINGS]
        there = counts(folder)
        with product(folder) as (port, pid):
            read_whole(port, f"{PROGRAMS}?format=csv&country=MT", "csv", packed=False)
            idle = held_kib(pid, "VmRSS")
            found = measure(port, pid, idle)
    highest = max(one["above_idle_mib"] for one in found)
    bars = {
        f"at most {ALLOWED_MIB} MiB above idle": highest <= ALLOWED_MIB,
        "every row of the database once, in every form": all(
            one["is_whole"] and one["rows"] == one["distinct"] == there[one["kind"]]
            for one in found
        ),
    }
    figures = {
        "idle_mib": round(idle * 1024 / MIB, 1),
        "highest_above_idle_mib": highest,
        "rows": there,
        "cases": found,
    }
    return 0 if keep("export_memory", figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
