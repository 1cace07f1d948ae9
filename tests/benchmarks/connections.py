"""What a crowd of clients does to the database: connections stay few, and everybody is answered.

One served process over PostgreSQL, 32 clients at once over new lists, programs and exports; then
eight that read an export slowly while others ask. The connections of the serving role are counted
in `pg_stat_activity` all the while. An export may be answered with 429 while others are under way:
that is how the product keeps them few.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.benchmarks._addresses import PROGRAMS, Addresses
from tests.benchmarks._crowd import Told, ask_all, sampled, slow_readers
from tests.benchmarks._many import make_folder
from tests.benchmarks._result import SHORT, keep
from tests.benchmarks._rounds import product
from tests.benchmarks._services import a_database

LISTINGS = 1_000 if SHORT else 10_000
REQUESTS = 500 if SHORT else 5_000
CLIENTS, SLOW, OTHERS = 32, 8, 4
POOL, SPARE = 8, 2
LONGEST_P95_MS = 1_000
COUNTRIES = ("DE", "FR", "GB", "IT", "US")
WHOLE = f"{PROGRAMS}?format=jsonl"
SEED = 32


def counter(databases: dict[str, str]) -> tuple[psycopg.Connection[Any], Callable[[], int]]:
    """A connection of the owner's, and the number of those of the serving role."""
    server = psycopg.connect(databases["DATABASE_OWNER_URL"], autocommit=True)
    role = urlsplit(databases["DATABASE_URL"]).username

    def count() -> int:
        question = (
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE usename = %s AND datname = current_database()"
        )
        row = server.execute(question, [role]).fetchone()
        return int(row[0]) if row else 0

    return server, count


def crowd(addresses: Addresses, number: int) -> list[tuple[str, str]]:
    """New lists, programs and, one in fifty, an export of one country; shuffled."""
    exports = [
        ("export", f"{WHOLE}&country={COUNTRIES[turn % len(COUNTRIES)]}")
        for turn in range(number // 50)
    ]
    lists = [("list", path) for path in islice(addresses.new_pages(), number // 2)]
    details = [("program", path) for path in islice(addresses.new_details(), number // 2)]
    asked = [*exports, *lists, *details][:number]
    random.Random(SEED).shuffle(asked)  # noqa: S311 - the same order each time, not a secret
    return asked


def refused(told: Told) -> dict[str, int]:
    """What was not answered as it should be."""
    allowed = {("export", 200), ("export", 429), ("list", 200), ("program", 200)}
    return {
        f"{kind} {status}": number
        for (kind, status), number in told.statuses.items()
        if (kind, status) not in allowed
    }


def measure(databases: dict[str, str]) -> dict[str, Any]:
    """Serve, ask in both ways, and count."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "data"
        make_folder(folder, LISTINGS, whole=True, databases=databases)
        addresses = Addresses(folder, databases)
        server, count = counter(databases)
        pages = addresses.new_pages("&page_size=50")
        calm = [("list", path) for path in islice(pages, LISTINGS // 5)]
        beside = [("list", path) for path in islice(pages, LISTINGS // 5)]
        with server, product(folder, databases) as (port, _pid):
            with sampled(count) as during:
                told = ask_all(port, crowd(addresses, REQUESTS), connections=CLIENTS)
            alone = ask_all(port, calm[:400], connections=OTHERS)
            with sampled(count) as while_slow, slow_readers(port, WHOLE, SLOW) as statuses:
                others = ask_all(port, beside[:400], connections=OTHERS)
            with sampled(count) as after:
                time.sleep(2)
    return {
        "listings": LISTINGS,
        "requests": sum(told.statuses.values()),
        "answered": {f"{kind} {status}": n for (kind, status), n in told.statuses.items()},
        "waits": told.waits(),
        "refused": refused(told) | refused(others),
        "connections": {
            "with 32 clients": max(during),
            "with 8 slow readers": max(while_slow),
            "afterwards": max(after),
        },
        "slow readers answered": sorted(statuses),
        "others": {"alone": alone.waits(), "with 8 slow readers": others.waits()},
    }


def main() -> int:
    """Measure; 0 where every bar is reached."""
    with a_database("connections") as databases:
        figures = measure(databases)
    bars = {
        f"never more than {POOL + SPARE} connections": (
            max(figures["connections"].values()) <= POOL + SPARE
        ),
        "no errors": not figures["refused"],
        f"beside {SLOW} slow readers p95 under {LONGEST_P95_MS} ms": (
            figures["others"]["with 8 slow readers"]["p95_ms"] < LONGEST_P95_MS
        ),
        "slow readers are answered or told to wait": (
            set(figures["slow readers answered"]) <= {200, 429}
            and 200 in figures["slow readers answered"]
        ),
    }
    return 0 if keep("connections", figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
