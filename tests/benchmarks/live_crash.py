"""10,000 messages over sockets while workers, Redis and PostgreSQL go away: each arrives once.

50 clients write numbered messages to 20 conversations, and each shows all that is said in its own.
A worker of two, at random, is killed with `kill -9` again and again and started again; Redis is
killed twice for three seconds, PostgreSQL stopped once for two. Three times, each with another
seed. Then one worker alone on SQLite; then two without Redis, for good. `--control` puts a chat as
tutorials build it in the place of the product, under the same clients and faults: it must fail.

`python -m tests.benchmarks.live_crash [postgresql|sqlite|poll|--control]...`; without a name all.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.benchmarks._fresh import make_node, told
from tests.benchmarks._killed import Killed
from tests.benchmarks._live_client import Client
from tests.benchmarks._live_faults import Faults, Run, counted, judged, talk
from tests.benchmarks._live_redis import OwnRedis, own_redis
from tests.benchmarks._result import SHORT, in_parts, keep
from tests.benchmarks._services import Cluster, a_cluster

WRITERS, GROUPS, TALKS, MESSAGES = (6, 3, 4, 240) if SHORT else (50, 5, 20, 10_000)
# Fewer where the machine is slow or shared: the result says how many.
MESSAGES = int(os.environ.get("MESSAGES", MESSAGES))
CONTROL_MESSAGES = min(MESSAGES, 2_000)
SEEDS = [int(one) for one in os.environ.get("SEEDS", "1" if SHORT else "1 2 3").split()]
BETWEEN_KILLS = (20, 60) if SHORT else (150, 450)
CONVERGED_SECONDS, POLL_SECONDS = 10.0, 6.0
# How long somebody waits for agreement that is late, so that the figure says by how much.
PATIENCE, CONTROL_PATIENCE = 60.0, 15.0
POLLED = 5 if SHORT else 25
LIMITS = {
    "MESSAGE_BURST": "10000",
    "MESSAGE_RATE": "1000",
    "API_RATE_READ": "100000",
    "API_RATE_WRITE": "100000",
    "MAX_CONNECTIONS": "2000",
}


def the_clients(made: Mapping[str, Any], ports: Sequence[int]) -> list[Client]:
    """Those who write and read, of what `_talks` made."""
    return [
        Client(one["name"], one["token"], ports, one["conversations"], seed)
        for seed, one in enumerate(made["writers"])
    ]


@contextmanager
def workers(variables: Mapping[str, str], number: int, module: str) -> Iterator[list[Killed]]:
    """So many over one database, started; ended afterwards."""
    command = ["-m", module] if module else ["manage.py", "serve", "--port"]
    made = [Killed({**variables, **LIMITS}, command) for _number in range(number)]
    try:
        for one in made:
            one.start()
        yield made
    finally:
        for one in made:
            one.end()


@contextmanager
def talked(
    number: int, cluster: Cluster | None, redis: OwnRedis | None, module: str = ""
) -> Iterator[tuple[list[Killed], dict[str, Any], dict[str, str]]]:
    """Started workers, who may write where, and the variables of the node; all of it new."""
    with tempfile.TemporaryDirectory() as parent:
        variables = make_node(Path(parent) / "var", cluster.variables if cluster else {})
        if redis is not None:
            variables["REDIS_URL"] = redis.address
        sizes = (str(WRITERS), str(GROUPS), str(TALKS))
        made = told(["-m", "tests.benchmarks._talks", "make", *sizes], variables)
        if module:
            told(["-m", module, "make"], variables)
        with workers(variables, number, module) as served:
            yield served, made, variables


def crashed(cluster: Cluster | None, redis: OwnRedis | None, seed: int) -> dict[str, Any]:
    """One run of the product; what was found."""
    number = 1 if redis is None else 2
    with talked(number, cluster, redis) as (served, made, variables):
        clients = the_clients(made, [one.port for one in served])
        faults = Faults(served, seed, BETWEEN_KILLS, redis, cluster)
        run = asyncio.run(talk(clients, faults, MESSAGES // WRITERS, PATIENCE))
        look = told(["-m", "tests.benchmarks._talks", "look"], variables)
        return found(run, faults, look, MESSAGES) | {
            "errors that the workers wrote down": served[0].errors(),
        }


def control(cluster: Cluster, redis: OwnRedis) -> dict[str, Any]:
    """The same clients and faults, on a chat of tutorials."""
    module = "tests.benchmarks._live_naive"
    with talked(2, cluster, redis, module) as (served, made, variables):
        clients = the_clients(made, [one.port for one in served])
        for one in clients:
            one.follows_rule = False
        faults = Faults(served, 1, BETWEEN_KILLS, redis, cluster)
        run = asyncio.run(talk(clients, faults, CONTROL_MESSAGES // WRITERS, CONTROL_PATIENCE))
        look = told(["-m", module, "look"], variables)
        return found(run, faults, look, CONTROL_MESSAGES)


def found(run: Run, faults: Faults, look: Mapping[str, Any], total: int) -> dict[str, Any]:
    """The figures of one run."""
    starts = [second for one in faults.workers for second in one.starts[1:]]
    return {
        "seed": faults.seed,
        "messages": total,
        "shown": sum(len(log.shown) for one in run.clients for log in one.logs.values()),
        "seconds": round(run.seconds, 1),
        "faults": dict(faults.happened),
        "seconds_between_faults": middle([later - one for one, later in pairwise(faults.at)]),
        "seconds_from_kill_to_answer": middle(starts),
        "seconds_from_last_fault_to_agreement": run.converged and round(run.converged, 2),
        **counted(run.clients),
        "errors": sorted(set(run.errors))[:5],
        "wrong": judged(run, look, total),
    }


def middle(seconds: Sequence[float]) -> dict[str, float]:
    """The middle one and the longest."""
    if not seconds:
        return {}
    return {"middle": round(statistics.median(seconds), 2), "longest": round(max(seconds), 2)}


async def polled(ports: Sequence[int], made: Mapping[str, Any], redis: OwnRedis) -> list[float]:
    """Seconds from sending at one worker to showing at the other, with Redis gone for good."""
    shared = made["writers"][0]["conversations"][0]
    pair = [one for one in made["writers"] if shared in one["conversations"]][:2]
    clients = [
        Client(one["name"], one["token"], [port], [shared], seed)
        for seed, (one, port) in enumerate(zip(pair, ports, strict=True))
    ]
    stays = [asyncio.ensure_future(one.stay()) for one in clients]
    writer, reader = clients
    redis.kill()
    seconds = []
    for turn in range(POLLED):
        # At any moment between two polls.
        await asyncio.sleep((turn % 5) * 1.1)
        began = time.monotonic()
        seq = (await writer.say(shared, f"writer {turn}"))["seq"]
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while reader.logs[shared].cursor < seq:
                    await asyncio.sleep(0.01)
        seconds.append(time.monotonic() - began)
    for task in stays:
        task.cancel()
    await asyncio.gather(*stays, return_exceptions=True)
    return seconds


def zeros(name: str, one: Mapping[str, Any]) -> dict[str, bool]:
    """A bar for everything that must not have happened."""
    bars = {f"{name}: none {what}": not number for what, number in one["wrong"].items()}
    converged = one["seconds_from_last_fault_to_agreement"]
    bars[f"{name}: agreement at most {CONVERGED_SECONDS} s after the last fault"] = (
        converged is not None and converged <= CONVERGED_SECONDS
    )
    bars[f"{name}: killed in the middle"] = one["faults"].get("workers killed", 0) >= 2
    return bars


def on_postgresql() -> bool:
    """Two workers, three seeds."""
    runs = []
    for seed in SEEDS:
        with a_cluster() as cluster, own_redis() as redis:
            runs.append(crashed(cluster, redis, seed))
    bars = {key: ok for one in runs for key, ok in zeros(f"seed {one['seed']}", one).items()}
    for one in runs:
        bars[f"seed {one['seed']}: Redis killed twice, PostgreSQL stopped"] = (
            one["faults"]["Redis killed"] == 2 and one["faults"]["PostgreSQL stopped"] == 1
        )
    return keep("live_crash_postgresql", {"clients": WRITERS, "runs": runs}, bars)


def on_sqlite() -> bool:
    """One worker without Redis."""
    one = crashed(None, None, 1)
    return keep("live_crash_sqlite", {"clients": WRITERS, **one}, zeros("sqlite", one))


def by_the_poll() -> bool:
    """Two workers that cannot tell each other anything."""
    with (
        a_cluster() as cluster,
        own_redis() as redis,
        talked(2, cluster, redis) as (served, made, _variables),
    ):
        seconds = asyncio.run(polled([one.port for one in served], made, redis))
    figures = {"messages": len(seconds), "seconds_to_the_other_worker": middle(seconds)}
    bars = {f"each within {POLL_SECONDS} s": max(seconds) <= POLL_SECONDS}
    return keep("live_crash_poll", figures, bars)


def by_the_control() -> bool:
    """The chat of tutorials; a bar is reached where it fails."""
    with a_cluster() as cluster, own_redis() as redis:
        one = control(cluster, redis)
    wrong = one["wrong"]
    bars = {
        "the control loses what it acknowledged": (
            wrong["acknowledged and never shown to somebody"] > 0
        ),
        "the control is judged wrong": any(wrong.values()),
    }
    one["parts lost"] = round(
        wrong["acknowledged and never shown to somebody"]
        / max(one["shown"] + wrong["acknowledged and never shown to somebody"], 1),
        4,
    )
    return keep("live_crash_control", {"clients": WRITERS, **one}, bars)


PARTS = {
    "postgresql": on_postgresql,
    "sqlite": on_sqlite,
    "poll": by_the_poll,
    "--control": by_the_control,
}


if __name__ == "__main__":
    sys.exit(in_parts(PARTS, sys.argv[1:]))
