"""Messages in an inbox of 1,000 conversations against one of 30, and in a conversation of 100,000
events against one of 100: the same work.

Each page and answer takes as many statements in the large as in the small, and is asked of one
served site in turn, round after round. What is compared is CPU: of the serving process and, on
PostgreSQL, of its connections there.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.benchmarks._fresh import make_node, told
from tests.benchmarks._result import SHORT, keep
from tests.benchmarks._rounds import Target, cpu_seconds, play, product
from tests.benchmarks._services import a_database

SIZES = (30, 100, 100, 3_000) if SHORT else (30, 1_000, 100, 100_000)
ROUNDS, REQUESTS, FIRST = (3, 3, 3) if SHORT else (9, 6, 6)
GROWTH = 1.5
LIMITS = {
    "MESSAGE_BURST": "10000",
    "MESSAGE_RATE": "1000",
    "API_RATE_READ": "100000",
    "API_RATE_WRITE": "100000",
}
PAIRS = (("few", "many"), ("short", "long"), ("short, all unread", "long, all unread"))


class Backends:
    """CPU of a serving process and of its connections in PostgreSQL, ended ones too."""

    def __init__(self, pid: int, databases: Mapping[str, str]) -> None:
        """Look at the connections of the serving role."""
        self._pid = pid
        self._server = psycopg.connect(databases["DATABASE_OWNER_URL"], autocommit=True)
        self._role = urlsplit(databases["DATABASE_URL"]).username
        self._known: dict[int, float] = {}

    def __call__(self) -> float:
        """Seconds so far."""
        found = self._server.execute(
            "SELECT pid FROM pg_stat_activity WHERE usename = %s AND datname = current_database()",
            [self._role],
        )
        for (pid,) in found.fetchall():
            self._known[pid] = cpu_seconds(pid)
        return cpu_seconds(self._pid) + sum(self._known.values())


def targets_of(side: str, one: Mapping[str, Any], port: int, pid: int, cpu: Any) -> list[Target]:
    """Everything that is asked of one side: what it reads and, in a conversation, what it does."""
    token = {"Authorization": f"Bearer {one['token']}"}
    found = [
        Target(
            f"{name} @ {side}",
            port,
            pid,
            path,
            token if path.startswith("/api/") else {"Cookie": one["cookie"]},
            cpu=cpu,
        )
        for name, path in one["paths"].items()
    ]
    if "conversation" in one:
        path = f"/api/v1/conversations/{one['conversation']}/"
        doing = {"sending": ("events/", 201, _messages()), "marking": ("read/", 200, _marks(one))}
        headers = {**token, "Content-Type": "application/json"}
        for name, (more, status, bodies) in doing.items():
            target = Target(f"{name} @ {side}", port, pid, path + more, headers, cpu=cpu)
            target.status, target.bodies = status, bodies
            found.append(target)
    return found


def _messages() -> Iterator[bytes]:
    while True:
        yield json.dumps(
            {"client_id": str(uuid.uuid4()), "kind": "message", "body": "Yes", "language": "en"}
        ).encode()


def _marks(one: Mapping[str, Any]) -> Iterator[bytes]:
    """One event further each time; what is still to be read stays about as much."""
    begin = 0 if one.get("is_unread") else one["last_seq"] - 20
    for seq in itertools.count(begin):
        yield json.dumps({"seq": seq}).encode()


@contextmanager
def filled(databases: Mapping[str, str]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A node with all conversations, and what can be asked of it."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "var"
        variables = make_node(folder, databases)
        found = told(["-m", "tests.benchmarks._many_talks", *map(str, SIZES)], variables)
        for side, one in found.items():
            one["is_unread"] = side.endswith("unread")
        yield folder, found


def measure(databases: Mapping[str, str]) -> dict[str, Any]:
    """Fill, serve and ask; what each question takes in the large, in the small, and the ratio."""
    with filled(databases) as (folder, made):
        with product(folder, {**databases, **LIMITS}) as (port, pid):
            cpu: Callable[[], float] | None = Backends(pid, databases) if databases else None
            sides = {name: targets_of(name, one, port, pid, cpu) for name, one in made.items()}
            # Each question of the small beside the same of the large.
            pairs = [
                pair
                for small, large in PAIRS
                for pair in zip(sides[small], sides[large], strict=True)
            ]
            asked = [target for pair in pairs for target in pair]
            play(asked, rounds=ROUNDS, requests=REQUESTS, first=FIRST)
    return {
        "statements": {name: one["statements"] for name, one in made.items()},
        "cpu_ms": {target.name: round(target.median, 2) for target in asked},
        "large_to_small": {large.name: round(large.to(small), 2) for small, large in pairs},
    }


def prove(database: str) -> bool:
    """Measure on `sqlite` or `postgresql`; whether every bar is reached."""
    if database == "sqlite":
        found = measure({})
    else:
        with a_database("messages_growth") as databases:
            found = measure(databases)
    counts, bars = found["statements"], {}
    for small, large in PAIRS:
        bars[f"as many statements, {small} and {large}"] = counts[small] == counts[large]
    for name, ratio in found["large_to_small"].items():
        bars[f"{name} at most {GROWTH} of the small"] = ratio <= GROWTH
    names = ("conversations, few", "conversations, many", "events, short", "events, long")
    found["sizes"] = dict(zip(names, SIZES, strict=True))
    return keep(f"messages_growth_{database}", found, bars)


def main(databases: list[str]) -> int:
    """Measure on those that are named, or on both; 0 where every bar is reached."""
    results = [prove(one) for one in databases or ["sqlite", "postgresql"]]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
