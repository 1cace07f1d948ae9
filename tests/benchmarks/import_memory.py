"""100,000 rows are imported in bounded memory: at most 150 MiB above idle.

Each kind is imported by a process of its own into a fresh SQLite. Idle is what that process holds
once Django is set up; the peak is the highest it ever held, as the kernel counts it.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "directory" / "sample"
RESULT = Path(__file__).parent / "results" / "import_memory.json"
ROWS = 100_000
ALLOWED_MIB = 150
MIB = 1 << 20


def make_file(folder: Path, kind: str, *, bad: bool) -> Path:
    """100,000 rows made from the sample's, each with a slug of its own."""
    with (SAMPLE / f"{kind}.csv").open(newline="", encoding="utf-8") as handle:
        sample = list(csv.DictReader(handle))
    path = folder / f"{kind}.csv"
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, fieldnames=list(sample[0]))
        writer.writeheader()
        for number in range(ROWS):
            row = sample[number % len(sample)]
            country = "nowhere" if bad else row["country"]
            writer.writerow({**row, "slug": f"row-{number}", "country": country})
    return path


def idle_bytes() -> int:
    """What this process holds now."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return peak_bytes()


def peak_bytes() -> int:
    """The most that this process ever held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def import_here(kind: str, path: str) -> None:
    """In the child: migrate, load what the rows name, then measure one import."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    django.setup()
    from directory.actions.importing import Countries, Facilities, Programs, run_import
    from network.tenancy import Purpose, system

    actor = system(Purpose.IMPORT)
    kinds = {"programs": Programs, "facilities": Facilities}
    run_import(actor, Countries, SAMPLE / "countries.csv")
    if kind == "programs":
        run_import(actor, Facilities, SAMPLE / "facilities.csv")
    idle, started = idle_bytes(), time.monotonic()
    report = run_import(actor, kinds[kind], Path(path))
    seconds = time.monotonic() - started
    figures = {"idle": idle, "peak": peak_bytes(), "seconds": round(seconds, 1)}
    print(json.dumps({**figures, **report.counts()}))


def measure(kind: str, label: str, path: Path, data: Path) -> dict[str, object]:
    """Import in a child process; its figures and whether they hold."""
    environment = {**os.environ, "DATA_DIR": str(data)}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        environment.pop(name, None)
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    child = [sys.executable, "-m", "tests.benchmarks.import_memory", kind, str(path)]
    done = subprocess.run(
        child, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    found = json.loads(done.stdout)
    above = (found["peak"] - found["idle"]) / MIB
    outcome = {key: found[key] for key in ("created", "updated", "unchanged", "kept", "refused")}
    return {
        "case": label,
        "rows": ROWS,
        "idle_mib": round(found["idle"] / MIB, 1),
        "peak_mib": round(found["peak"] / MIB, 1),
        "above_idle_mib": round(above, 1),
        "allowed_mib": ALLOWED_MIB,
        "seconds": found["seconds"],
        **outcome,
        "passed": above <= ALLOWED_MIB,
    }


def main() -> int:
    """Measure each case, write the result, and say whether all held."""
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs, places = folder / "programs", folder / "facilities"
        good = make_file(folder, "programs", bad=False)
        cases = [
            ("programs", "programs, new", good, programs),
            ("programs", "programs, again", good, programs),
            ("facilities", "facilities, new", make_file(folder, "facilities", bad=False), places),
        ]
        for kind, label, path, data in cases:
            results.append(measure(kind, label, path, data))
            print(json.dumps(results[-1]), flush=True)
        bad = make_file(folder, "programs", bad=True)
        results.append(measure("programs", "programs, all refused", bad, programs))
        print(json.dumps(results[-1]), flush=True)
    counted = [results[0]["created"], results[1]["unchanged"], results[2]["created"]]
    counted.append(results[3]["refused"])
    passed = all(one["passed"] for one in results) and counted == [ROWS] * len(results)
    RESULT.parent.mkdir(exist_ok=True)
    document = {"passed": passed, "python": sys.version.split()[0], "results": results}
    RESULT.write_text(json.dumps(document, indent=1) + "\n")
    return 0 if passed else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import_here(sys.argv[1], sys.argv[2])
    else:
        sys.exit(main())
