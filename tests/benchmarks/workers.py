"""Two serving processes on two cores answer at least 1.4 times what one answers.

Both serve one SQLite with Redis between them. The load is `wrk` with the same number of
connections, now over one port, now over both, in turn. It runs on the same cores: what it takes is
told beside the figures.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from tests.benchmarks._addresses import Addresses
from tests.benchmarks._many import make_folders
from tests.benchmarks._result import SHORT, keep
from tests.benchmarks._rounds import cpu_seconds, product
from tests.benchmarks._services import a_redis
from tests.benchmarks._wrk import Load, load, wrk

LISTINGS = 1_000 if SHORT else 10_000
ROUNDS, SECONDS = (1, 2) if SHORT else (5, 6)
CONNECTIONS = 16
# More than are kept: whoever goes round so many finds none of them kept.
NEW = 5_000
BAR = 1.4


def play(
    ports: list[int], pids: list[int], questions: dict[str, list[str]]
) -> dict[str, list[dict[str, float]]]:
    """Each question to one port and to both in turn, round after round."""
    found: dict[str, list[dict[str, float]]] = {}
    for _round in range(ROUNDS):
        for name, paths in questions.items():
            for number in (1, 2):
                before = sum(map(cpu_seconds, pids))
                done = load(ports[:number], paths, connections=CONNECTIONS, seconds=SECONDS)
                cores = (sum(map(cpu_seconds, pids)) - before) / SECONDS
                found.setdefault(f"{name}, {number}", []).append(
                    {**asdict(done), "server_cores": cores}
                )
    return found


def middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The middle of each figure."""
    names = [name for name in (*Load.__annotations__, "server_cores") if name != "errors"]
    figures = {name: round(statistics.median(one[name] for one in rounds), 2) for name in names}
    return {**figures, "errors": sum(one["errors"] for one in rounds)}


def measure() -> dict[str, list[dict[str, float]]]:
    """Prepare, serve twice, and load."""
    with tempfile.TemporaryDirectory() as parent, a_redis() as redis:
        folder = make_folders(Path(parent), [LISTINGS])[LISTINGS]
        addresses = Addresses(folder)
        questions = {
            "list, new": list(islice(addresses.new_pages(), NEW)),
            "list, again": [addresses.page(0.5)],
        }
        shared = {"REDIS_URL": redis}
        with product(folder, shared) as first, product(folder, shared) as second:
            (port, pid), (other_port, other_pid) = first, second
            return play([port, other_port], [pid, other_pid], questions)


def main() -> int:
    """Measure; 0 where every bar is reached."""
    wrk()
    found = measure()
    figures: dict[str, Any] = {name: middle(rounds) for name, rounds in found.items()}
    bars: dict[str, bool] = {}
    for name in ("list, new", "list, again"):
        one, two = found[f"{name}, 1"], found[f"{name}, 2"]
        ratio = statistics.median(
            both["a_second"] / alone["a_second"] for alone, both in zip(one, two, strict=True)
        )
        figures[f"{name}, two to one"] = round(ratio, 2)
        bars[f"{name}: two processes at least {BAR} of one"] = ratio >= BAR
    bars["no errors"] = not any(one["errors"] for rounds in found.values() for one in rounds)
    return 0 if keep("workers", {"listings": LISTINGS, **figures}, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
