"""Clients that write and read over sockets, faults under them, and a look at what came of it."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tests.benchmarks._killed import Killed
from tests.benchmarks._live_client import Client
from tests.benchmarks._live_redis import OwnRedis
from tests.benchmarks._services import Cluster

REDIS_SECONDS, STOPPED_SECONDS, STEP = 3.0, 2.0, 0.02
# Nobody waits longer than this for anything to get on.
SECONDS = float(os.environ.get("SECONDS", "900"))
# When Redis is killed and PostgreSQL stopped: such parts of all messages are acknowledged then.
REDIS_AT, STOPPED_AT = (0.25, 0.7), (0.45,)


@dataclass
class Faults:
    """What happens to the workers and to what they stand on, and when the last of it was."""

    workers: Sequence[Killed]
    seed: int
    # A worker is killed when so many more are acknowledged, from the one to the other by chance.
    between: tuple[int, int]
    redis: OwnRedis | None = None
    cluster: Cluster | None = None
    happened: Counter[str] = field(default_factory=Counter)
    at: list[float] = field(default_factory=list)

    async def go_on(self, clients: Sequence[Client], total: int) -> None:
        """Disturb for as long as anybody writes; the last kill is when only a few are left."""
        chance = random.Random(self.seed)  # noqa: S311 - no secret
        others = self._others(total)
        last = total - len(clients) // 2
        while acknowledged(clients) < last:
            number = min(acknowledged(clients) + chance.randint(*self.between), last)
            await until(lambda number=number: acknowledged(clients) >= number, "messages")
            if others and acknowledged(clients) >= others[0][0]:
                await getattr(self, others.pop(0)[1])()
            else:
                await self.kill(chance.choice(self.workers))

    async def kill(self, worker: Killed) -> None:
        """`kill -9` for one, which is started again at once."""
        self._note("workers killed")
        worker.kill()
        await asyncio.to_thread(worker.start)

    async def kill_redis(self) -> None:
        """Take Redis away for a while, and all that it knew for ever."""
        if self.redis is None:
            return
        self._note("Redis killed")
        self.redis.kill()
        await asyncio.sleep(REDIS_SECONDS)
        await asyncio.to_thread(self.redis.start)

    async def stop_database(self) -> None:
        """Stop PostgreSQL as a crash does, for a while."""
        if self.cluster is None:
            return
        self._note("PostgreSQL stopped")
        await asyncio.to_thread(self.cluster.stop)
        await asyncio.sleep(STOPPED_SECONDS)
        await asyncio.to_thread(self.cluster.start)

    def _note(self, name: str) -> None:
        self.happened[name] += 1
        self.at.append(time.monotonic())

    def _others(self, total: int) -> list[tuple[float, str]]:
        found = [(part * total, "kill_redis") for part in REDIS_AT if self.redis is not None]
        found += [(part * total, "stop_database") for part in STOPPED_AT if self.cluster]
        return sorted(found)


def acknowledged(clients: Sequence[Client]) -> int:
    """How many messages all have been told are kept."""
    return sum(len(one.kept) for one in clients)


async def until(is_so: Any, what: str, seconds: float = SECONDS) -> None:
    """Wait for it.

    Raises:
        RuntimeError: it does not come.
    """
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise RuntimeError(f"no {what} for {seconds} s")
        await asyncio.sleep(STEP)


@dataclass(frozen=True)
class Run:
    """The clients of a run, how long it took, and how long after the last fault all had all."""

    clients: Sequence[Client]
    seconds: float
    converged: float | None
    errors: tuple[str, ...]


async def talk(
    clients: Sequence[Client], faults: Faults, each: int, converge_seconds: float
) -> Run:
    """Let everybody write so many messages while things break, then read to the end."""
    began = time.monotonic()
    stays = [asyncio.ensure_future(one.stay()) for one in clients]
    writes = [asyncio.ensure_future(one.write(each)) for one in clients]
    disturb = asyncio.ensure_future(faults.go_on(clients, each * len(clients)))
    work = [*writes, disturb]
    done, _rest = await asyncio.wait(work, timeout=SECONDS, return_when=asyncio.FIRST_EXCEPTION)
    errors = [repr(one.exception()) for one in done if one.exception()]
    errors += [f"client {i} did not finish" for i, one in enumerate(writes) if not one.done()]
    seconds = time.monotonic() - began
    heads: dict[str, int] = {}
    for one in clients:
        for kept in one.kept:
            heads[kept.conversation] = max(heads.get(kept.conversation, 0), kept.seq)
    converged = None
    try:
        await until(lambda: all(one.has(heads) for one in clients), "agreement", converge_seconds)
        converged = time.monotonic() - (faults.at[-1] if faults.at else began)
    except RuntimeError as error:
        errors.append(str(error))
    for task in (*work, *stays):
        task.cancel()
    ended = await asyncio.gather(*stays, return_exceptions=True)
    errors += [repr(one) for one in ended if not isinstance(one, asyncio.CancelledError)]
    return Run(clients, seconds, converged, tuple(errors))


def judged(run: Run, look: Mapping[str, Any], total: int) -> dict[str, int]:
    """What went wrong, by what was promised; all zero for who keeps it."""
    logs = {
        key: [(row[0], row[1], row[4]) for row in look.get(key, {"log": []})["log"]]
        for client in run.clients
        for key in client.logs
    }
    stored = {row[1]: (key, *row) for key, log in logs.items() for row in log}
    kept = [one for client in run.clients for one in client.kept]
    told = {(one.conversation, one.seq, one.id, one.body) for one in kept}
    return {
        "not acknowledged": total - len(kept),
        "acknowledged and not kept": sum(one.id not in stored for one in kept),
        "acknowledged and never shown to somebody": _never_shown(run.clients, told),
        "kept twice": _twice([row[2] for log in logs.values() for row in log]),
        "shown twice to somebody": sum(
            _twice([row[2] for row in log.shown])
            for client in run.clients
            for log in client.logs.values()
        ),
        "shown out of order": sum(
            later[0] <= earlier[0]
            for client in run.clients
            for log in client.logs.values()
            for earlier, later in pairwise(log.shown)
        ),
        "kept out of order of who wrote": sum(
            not _in_order([one for one in client.kept if one.conversation == key])
            for client in run.clients
            for key in client.logs
        ),
        "conversations with a gap": sum(
            [row[0] for row in log] != list(range(1, len(log) + 1)) for log in logs.values()
        ),
        "logs that a client shows otherwise than they are": sum(
            log.shown != [row for row in logs[key] if row[0] > log.start]
            for client in run.clients
            for key, log in client.logs.items()
        ),
        "told to begin anew in the middle": sum(
            number
            for client in run.clients
            for code, number in client.codes.items()
            if code.startswith(("reset", "revoked"))
        ),
        "errors of clients": len(run.errors),
    }


def _never_shown(clients: Sequence[Client], told: set[tuple[str, int, str, str]]) -> int:
    """Pairs of an acknowledged message and somebody of its conversation who never saw it."""
    missing = 0
    for client in clients:
        for key, log in client.logs.items():
            seen = {row[1] for row in log.shown}
            missing += sum(one[0] == key and one[2] not in seen for one in told)
    return missing


def _twice(bodies: Sequence[str]) -> int:
    numbers = Counter(body for body in bodies if body.startswith("writer"))
    return sum(number - 1 for number in numbers.values())


def _in_order(kept: Sequence[Any]) -> bool:
    return all(one.seq < other.seq for one, other in pairwise(kept))


def counted(clients: Sequence[Client]) -> dict[str, dict[str, int]]:
    """What the clients went through."""
    return {
        "on the way": dict(sum((one.wrong for one in clients), Counter())),
        "told by workers": dict(sum((one.codes for one in clients), Counter())),
        "acknowledged again": {"messages": sum(one.repeats for one in clients)},
    }
