"""A copy kept over HTTP by `updated_after` while two processes write: it equals the source.

10,000 listings, 1,000 random publications, edits and withdrawals by two writers at once, on SQLite
and on PostgreSQL. No sync may leave an entry in the copy that was taken away before it began; an
answer may be kept for a second, so a second is granted.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.benchmarks._addresses import PROGRAMS, Addresses
from tests.benchmarks._many import make_folder, make_folders
from tests.benchmarks._result import ROOT, SHORT, keep
from tests.benchmarks._rounds import product
from tests.benchmarks._services import a_database

LISTINGS, CHANGES = (500, 100) if SHORT else (10_000, 1_000)
WRITERS = 2
KEPT_SECONDS, PAUSE_SECONDS = 1.1, 0.1
LONG_AGO = "1970-01-01T00:00:00Z"
WRITING_SECONDS = 240


@dataclass
class Copy:
    """All programs by id, kept as the guide for copies says."""

    port: int
    rows: dict[str, Any] = field(default_factory=dict)
    after: str = LONG_AGO
    told: int = 0

    def sync(self) -> None:
        """Read what has changed since the last time."""
        for page in self._pages({"updated_after": self.after, "page_size": "100"}):
            self.rows |= {row["id"]: row for row in page["results"]}
            for row in page["removed"]:
                self.rows.pop(row["id"], None)
            dates = [row["updated_at"] for row in (*page["results"], *page["removed"])]
            self.told += len(dates)
            self.after = max([self.after, *dates], key=datetime.fromisoformat)

    def source(self) -> dict[str, Any]:
        """What the server says now, read by name."""
        pages = self._pages({"ordering": "name", "page_size": "100"})
        return {row["id"]: row for page in pages for row in page["results"]}

    def _pages(self, asked: dict[str, str]) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        path: str | None = f"{PROGRAMS}?{urlencode(asked)}"
        while path:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            page = json.loads(body)
            yield page
            following = urlsplit(page["next"] or "")
            path = f"{following.path}?{following.query}" if page["next"] else None
        connection.close()


@dataclass(frozen=True)
class Sync:
    """When one sync began and ended, and which entries that may change the copy then held."""

    began: float
    ended: float
    held: frozenset[str]


class Writer:
    """One writing process and what it said."""

    def __init__(self, number: int, log: Path, environment: Mapping[str, str]) -> None:
        """Start it, and wait until its programs are there."""
        self._log = log
        command = ["-m", "tests.benchmarks._writer", str(number), str(CHANGES // WRITERS)]
        with log.open("wb") as file:
            self._process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdout=file,
            )
        while "ready" not in log.read_text() and self.writes:
            time.sleep(0.05)

    @property
    def writes(self) -> bool:
        """Whether it is not done yet."""
        return self._process.poll() is None

    @property
    def failed(self) -> bool:
        """Whether it ended with an error."""
        return self._process.wait(WRITING_SECONDS) != 0

    def said(self, event: str | None = None) -> list[dict[str, Any]]:
        """Everything it said, or all of one kind."""
        lines = [json.loads(line) for line in self._log.read_text().splitlines()]
        return [line for line in lines if event in (None, line["event"])]


def late(syncs: list[Sync], events: list[dict[str, Any]], grace: float) -> int:
    """How often an entry was in the copy that had been away since before the sync began."""
    histories: dict[str, list[dict[str, Any]]] = {}
    for event in sorted(events, key=lambda one: one["at"]):
        if event["event"] in ("removed", "publish"):
            histories.setdefault(event["id"], []).append(event)
    found = 0
    for sync in syncs:
        for one in sync.held:
            so_far = [event for event in histories.get(one, []) if event["at"] < sync.ended]
            # Whatever began to come back before the sync ended may be in it or not.
            if so_far and so_far[-1]["event"] == "removed":
                found += so_far[-1]["at"] < sync.began - grace
    return found


def follow(folder: Path, databases: Mapping[str, str]) -> dict[str, Any]:
    """Serve, write, copy; what was found."""
    with product(folder, databases) as (port, _pid):
        copy = Copy(port)
        copy.sync()
        there, syncs = len(copy.rows), []
        environment = {"DATA_DIR": str(folder), "DATABASE_URL": "", "DATABASE_OWNER_URL": ""}
        environment |= {"REDIS_URL": "", **databases}
        began = time.monotonic()
        writers = [
            Writer(number, folder / f"writer-{number}.log", environment)
            for number in range(WRITERS)
        ]
        touched = {one["id"] for writer in writers for one in writer.said("touched")}
        while any(writer.writes for writer in writers):
            syncing = time.monotonic()
            copy.sync()
            held = frozenset(touched & copy.rows.keys())
            syncs.append(Sync(syncing, time.monotonic(), held))
            time.sleep(PAUSE_SECONDS)
        wrote = time.monotonic() - began
        time.sleep(KEPT_SECONDS)
        copy.sync()
        source, slugs = copy.source(), {slug for _name, slug in Addresses(folder, databases).rows}
    events = [event for writer in writers for event in writer.said()]
    return {
        "listings": there,
        "publications": sum(event["event"] == "publish" for event in events),
        "removals": sum(event["event"] == "removed" for event in events),
        "writing_seconds": round(wrote, 1),
        "syncs": len(syncs),
        "entries told": copy.told,
        "different states": len({sync.held for sync in syncs}),
        "equal": copy.rows == source and {row["slug"] for row in source.values()} == slugs,
        "in the copy though removed before": late(syncs, events, KEPT_SECONDS),
        "the same without the second of keeping": late(syncs, events, 0),
        "writers failed": sum(writer.failed for writer in writers),
    }


def main() -> int:
    """Measure both databases; 0 where every bar is reached."""
    figures: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as parent:
        folder = make_folders(Path(parent), [LISTINGS])[LISTINGS]
        figures["sqlite"] = follow(folder, {})
    with tempfile.TemporaryDirectory() as parent, a_database("copy_in_step") as databases:
        folder = make_folder(Path(parent) / "data", LISTINGS, whole=True, databases=databases)
        figures["postgresql"] = follow(folder, databases)
    bars = {}
    for database, found in figures.items():
        bars[f"{database}: the copy equals the source"] = (
            found["equal"] and not found["writers failed"] and found["different states"] > 10
        )
        bars[f"{database}: nothing that was removed before"] = (
            found["in the copy though removed before"] == 0
        )
    return 0 if keep("copy_in_step", figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
