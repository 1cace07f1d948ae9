"""10,000 messages by 50 writers while the site is killed again and again: every one is there once.

The writers send numbered messages to 20 conversations through the API, each by a `client_id` of
its own until it is acknowledged; 20 readers follow, a conversation each, by long-poll. The served
process is killed with `kill -9` again and again, and started again each time. On PostgreSQL, of
its own and with every commit on the disk, the database is stopped twice too, without warning, for
two seconds: once under the site as it runs, once together with it. Nobody mends anything.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks._correspondents import Kept, Line, Reader, Writer
from tests.benchmarks._fresh import make_node, told
from tests.benchmarks._killed import Killed
from tests.benchmarks._result import SHORT, keep
from tests.benchmarks._services import Cluster, a_cluster

WRITERS, GROUPS, TALKS, MESSAGES = (6, 3, 4, 240) if SHORT else (50, 5, 20, 10_000)
# Fewer where the machine is slow or shared: the result says how many.
MESSAGES = int(os.environ.get("MESSAGES", MESSAGES))
# The site is killed when so many more are acknowledged: on a quiet machine every few seconds.
BETWEEN_KILLS = (20, 60) if SHORT else (150, 450)
STOPPED_SECONDS, STEP = 2, 0.05
LIMITS = {
    "MESSAGE_BURST": "10000",
    "MESSAGE_RATE": "1000",
    "API_RATE_READ": "100000",
    "API_RATE_WRITE": "100000",
}
SECONDS = 300


def correspond(port: int, made: Mapping[str, Any], messages: int) -> tuple[list[Writer], ...]:
    """All writers and readers of what was made, started."""
    writers = [
        Writer(
            Line(port, one["token"]),
            one["name"],
            one["conversations"],
            messages // len(made["writers"]),
        )
        for one in made["writers"]
    ]
    readers = [Reader(Line(port, token), key) for key, token in made["readers"].items()]
    for one in (*readers, *writers):
        one.start()
    return writers, readers


def disturb(
    site: Killed,
    writers: list[Writer],
    total: int,
    between: tuple[int, int],
    cluster: Cluster | None = None,
) -> int:
    """Kill the site again and again for as long as anybody writes; how often the database went.

    `between` kills so many messages are acknowledged, from the one to the other by chance. The
    database is stopped when a third is written, and together with the site at two thirds.
    """
    chance = random.Random(1)  # noqa: S311 - no secret
    stops = [total // 3, total * 2 // 3] if cluster is not None else []
    stopped = 0
    while _until(writers, _kept(writers) + chance.randint(*between)):
        if cluster is None or not stops or _kept(writers) < stops[0]:
            site.kill()
            site.start()
            continue
        cluster.stop()
        back = threading.Timer(STOPPED_SECONDS, cluster.start)
        back.start()
        if len(stops) == 1:
            site.kill()
            site.start()
        back.join()
        del stops[0]
        stopped += 1
    return stopped


def _kept(writers: list[Writer]) -> int:
    return sum(len(one.kept) for one in writers)


def _until(writers: list[Writer], number: int) -> bool:
    """Wait until so many are acknowledged; whether anybody still writes then."""
    deadline = time.monotonic() + SECONDS
    while any(one.is_alive() for one in writers) and _kept(writers) < number:
        if time.monotonic() > deadline:
            raise RuntimeError("the writers do not get on")
        time.sleep(STEP)
    return any(one.is_alive() for one in writers)


def finish(readers: list[Reader], look: Mapping[str, Any]) -> None:
    """Let the readers read to the end of each log."""
    for one in readers:
        one.until = look[one.conversation]["last_seq"]
    for one in readers:
        one.join(60)


def judged(
    writers: list[Writer], readers: list[Reader], look: Mapping[str, Any], total: int
) -> dict[str, int]:
    """What went wrong, by what was promised; all zero."""
    stored = {
        key: {row[1]: Kept(key, row[1], row[2], row[0], row[4]) for row in one["log"]}
        for key, one in look.items()
    }
    kept = [one for writer in writers for one in writer.kept]
    texts = Counter(
        one.body
        for log in stored.values()
        for one in log.values()
        if one.body.startswith("writer")
    )
    return {
        "not written": total - len(kept),
        "acknowledged and lost": sum(one.id not in stored[one.conversation] for one in kept),
        "other than acknowledged": sum(
            stored[one.conversation].get(one.id, one) != one for one in kept
        ),
        "there twice": sum(number - 1 for number in texts.values()),
        "there and never acknowledged": len(texts) - len({one.body for one in kept}),
        "conversations with a gap": sum(
            [row[0] for row in one["log"]] != list(range(1, one["last_seq"] + 1))
            for one in look.values()
        ),
        "writers out of order": sum(not _in_order(one.kept) for one in writers),
        "conversations that fold otherwise": sum(not one["is_folded"] for one in look.values()),
        "readers that saw anything else": sum(
            one.seen != [(row[0], row[1], row[4]) for row in look[one.conversation]["log"]]
            for one in readers
        ),
        "clients that gave up": sum(
            one.error is not None or one.is_alive() for one in (*writers, *readers)
        ),
    }


def _in_order(kept: list[Kept]) -> bool:
    """Whether what one sent later has the higher number, in each conversation."""
    last: dict[str, int] = {}
    for one in kept:
        if one.seq <= last.get(one.conversation, 0):
            return False
        last[one.conversation] = one.seq
    return True


def measure(cluster: Cluster | None) -> dict[str, Any]:
    """One run on one database; what was found."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "var"
        variables = make_node(folder, cluster.variables if cluster else {})
        sizes = (str(WRITERS), str(GROUPS), str(TALKS))
        made = told(["-m", "tests.benchmarks._talks", "make", *sizes], variables)
        site = Killed({**variables, **LIMITS})
        site.start()
        try:
            began = time.monotonic()
            writers, readers = correspond(site.port, made, MESSAGES)
            stopped = disturb(site, writers, MESSAGES, BETWEEN_KILLS, cluster)
            wrote = time.monotonic() - began
            look = told(["-m", "tests.benchmarks._talks", "look"], variables)
            finish(readers, look)
        finally:
            site.end()
        logged = site.errors()
    return {
        "writers": WRITERS,
        "conversations": len(look),
        "messages acknowledged": _kept(writers),
        "events": sum(one["last_seq"] for one in look.values()),
        "seconds": round(wrote, 1),
        "kills": site.kills,
        "database stopped": stopped,
        "seconds_from_kill_to_answer": {
            "middle": round(statistics.median(site.starts[1:]), 2),
            "longest": round(max(site.starts[1:]), 2),
        },
        "retries of writers": dict(sum((one.line.wrong for one in writers), Counter())),
        "retries of readers": dict(sum((one.line.wrong for one in readers), Counter())),
        "errors that the site wrote down": logged,
        "answered as sent before": sum(one.repeats for one in writers),
        "errors": sorted({repr(one.error) for one in (*writers, *readers) if one.error}),
        "wrong": judged(writers, readers, look, MESSAGES),
    }


def prove(database: str) -> bool:
    """Measure on `sqlite` or `postgresql`; whether nothing was lost, doubled or out of order."""
    if database == "sqlite":
        found = measure(None)
    else:
        with a_cluster() as cluster:
            found = measure(cluster)
    bars = {f"none {name}": number == 0 for name, number in found["wrong"].items()}
    bars["killed in the middle of writing"] = found["kills"] >= max(MESSAGES // 500, 2)
    if database == "postgresql":
        bars["the database was stopped twice"] = found["database stopped"] == 2
    return keep(f"log_crash_{database}", found, bars)


def main(databases: list[str]) -> int:
    """Measure on those that are named, or on both; 0 where every bar is reached."""
    results = [prove(one) for one in databases or ["sqlite", "postgresql"]]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
