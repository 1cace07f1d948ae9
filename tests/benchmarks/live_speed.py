"""How fast a message arrives, beside a plain `websockets` server that gives on the same frames.

Both are asked in turn, message by message, over sockets of the same kind in the same process. What
counts is the ratio: the machine is what it is.

`python -m tests.benchmarks.live_speed [post|thousand|workers|resume|query]...`; without a name
all of it.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks._fresh import told
from tests.benchmarks._live_client import Client
from tests.benchmarks._live_light import Light, Tally, opened
from tests.benchmarks._live_site import SERVE, Served, bearer, served
from tests.benchmarks._live_whole import Whole
from tests.benchmarks._result import SHORT, in_parts, keep
from tests.benchmarks._rounds import cpu_seconds, process

MESSAGES = int(os.environ.get("MESSAGES", "60" if SHORT else "1000"))
SOCKETS = int(os.environ.get("SOCKETS_OPEN", "100" if SHORT else "1000"))
PEOPLE = max(SOCKETS // 10, 10)
BURST, BURSTS, CYCLES = (5, 3, 1) if SHORT else (20, 10, 3)
MISSED, RESUMES = (1_500, 2) if SHORT else (10_000, 5)
TALKS = 50
BODY = "Can somebody visit on Thursday, in the morning, and bring the papers that are asked for? "
WARM = 20


@dataclass
class Side:
    """One of the two that are compared: who hears, and how something is said to them."""

    hearers: Sequence[Any]
    say: Callable[[], Awaitable[Any]]
    delays: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        """Count with one tally."""
        for one in self.hearers:
            one.tally = self.tally

    async def once(self, keeps: bool = True) -> None:
        """Say one thing, and note when each has heard it."""
        had = [len(one.arrived) for one in self.hearers]
        number = self.tally.number + len(self.hearers)
        began = time.monotonic()
        said = asyncio.ensure_future(self.say())
        answered: list[float] = []
        said.add_done_callback(lambda _said: answered.append(time.monotonic()))
        await self.tally.reach(number)
        await said
        if keeps:
            self.answers += [at - began for at in answered]
            times = [one.arrived[turn] for one, turn in zip(self.hearers, had, strict=True)]
            self.delays += [at - began for at in times]
            self.slowest.append(max(times) - began)

    async def burst(self, number: int) -> None:
        """Say so much at once, and note how many were reached a second."""
        awaited = self.tally.number + number * len(self.hearers)
        began = time.monotonic()
        said = [asyncio.ensure_future(self.say()) for _turn in range(number)]
        await self.tally.reach(awaited)
        last = max(one.arrived[-1] for one in self.hearers)
        await asyncio.gather(*said)
        self.rates.append(number * len(self.hearers) / (last - began))

    def figures(self) -> dict[str, float]:
        """Milliseconds from saying to hearing, the middle and the slowest in a hundred."""
        cuts = statistics.quantiles(self.delays, n=100)
        found = {"p50_ms": cuts[49] * 1000, "p99_ms": cuts[98] * 1000}
        found["all_p50_ms"] = statistics.median(self.slowest) * 1000
        if self.answers:
            found["answered_p50_ms"] = statistics.median(self.answers) * 1000
        if self.rates:
            found["deliveries_a_second"] = statistics.median(self.rates)
        return {name: round(value, 2) for name, value in found.items()}


def of_product(site: Served, hearers: Sequence[Any], ports: Sequence[int]) -> Side:
    """Those who hear the product; things are said by POST, at each worker in turn."""
    lines = cycle([site.speaker(port) for port in ports for _turn in range(4)])
    free: dict[int, asyncio.Lock] = {}

    async def say() -> None:
        line = next(lines)
        async with free.setdefault(id(line), asyncio.Lock()):
            await site.say(line, BODY)

    return Side(hearers, say)


def of_raw(hearers: Sequence[Any], speaker: Light, frame: bytes) -> Side:
    """Those who hear the plain server; things are said by a frame."""

    async def say() -> None:
        speaker.give_text(frame)

    return Side(hearers, say)


async def a_frame(site: Served) -> bytes:
    """The bytes of an event as the product sends it."""
    line = await site.by_token(0, site.ports[0]).open()
    line.events, line.tally = [], Tally()
    await line.hello(site.head)
    speaker = site.speaker(site.ports[0])
    await site.say(speaker, BODY)
    await line.tally.reach(1)
    speaker.close()
    line.end()
    return line.events[0]


async def compared(
    site: Served, raw_port: int, number: int, kind: type[Light] | type[Whole], messages: int
) -> dict[str, Any]:
    """The product and the plain server with so many who hear, in turn."""
    frame, port = await a_frame(site), site.ports[0]

    def one(turn: int) -> Any:
        return kind(port, bearer(site.hearer(turn)["token"]))

    ours = await opened(number, one, site.head)
    theirs = await opened(number, lambda _turn: kind(raw_port, {}, "/"), None)
    for line in theirs:
        line.returns_credit = False
    speaker = await Light(raw_port, {}, "/say").open()
    sides = {"product": of_product(site, ours, [port]), "raw": of_raw(theirs, speaker, frame)}
    for turn in range(WARM + messages):
        for side in sides.values():
            await side.once(keeps=turn >= WARM)
    for _turn in range(BURSTS if number >= 100 else 0):
        for side in sides.values():
            await side.burst(BURST)
    for line in (*ours, *theirs, speaker):
        line.end()
    found = {name: side.figures() for name, side in sides.items()}
    ratios = {name: round(found["product"][name] / found["raw"][name], 2) for name in found["raw"]}
    return {"messages": messages, "bytes_a_frame": len(frame), **found, "times_raw": ratios}


def plain() -> Any:
    """The plain server, as port and pid."""
    return process(lambda port: ["-m", "tests.benchmarks._live_raw", str(port)], "/healthz")


def post() -> bool:
    """From POST to delivered, with one who hears and with 49."""
    with served(1, 50) as site, plain() as (raw_port, _pid):
        found = {
            number: asyncio.run(compared(site, raw_port, number, Whole, MESSAGES))
            for number in (1, 49)
        }
    bars = {
        f"p50 at {number} at most {most} times raw": found[number]["times_raw"]["p50_ms"] <= most
        for number, most in ((1, 25), (49, 15))
    }
    figures = {f"{number} who hear": one for number, one in found.items()}
    return keep("live_speed_post", figures, bars)


def thousand() -> bool:
    """A thousand sockets on one worker."""
    with served(1, PEOPLE) as site, plain() as (raw_port, _pid):
        found = asyncio.run(compared(site, raw_port, SOCKETS, Light, MESSAGES))
    ratios = found["times_raw"]
    bars = {
        "p50 at most 6 times raw": ratios["p50_ms"] <= 6,
        "p99 at most 10 times raw": ratios["p99_ms"] <= 10,
        "deliveries a second at least 0.2 of raw": ratios["deliveries_a_second"] >= 0.2,
    }
    return keep("live_speed_thousand", {"sockets": SOCKETS, **found}, bars)


async def shared(site: Served, ports: Sequence[int]) -> tuple[Side, dict[str, float]]:
    """Bursts to a thousand sockets on these workers; the cores that all needed meanwhile."""

    def one(turn: int) -> Light:
        return site.by_token(turn // len(ports), ports[turn % len(ports)])

    lines = await opened(SOCKETS, one, site.head)
    side = of_product(site, lines, ports)
    await side.once(keeps=False)
    began = used(site)
    for _turn in range(BURSTS):
        await side.burst(BURST)
    wall, clients, workers, all_ = (b - a for a, b in zip(began, used(site), strict=True))
    for line in lines:
        line.end()
    await asyncio.sleep(1)
    seconds = {"clients": clients, "workers": workers, "the whole machine": all_}
    return side, {name: round(one / wall, 2) for name, one in seconds.items()}


def used(site: Served) -> tuple[float, float, float, float]:
    """Seconds: by the clock; of CPU in this process, in the workers, and in the whole machine.

    Of the machine what is neither idle nor waits for a disk, see proc_stat(5).
    """
    served_by = sum(cpu_seconds(one.pid) for one in site.workers)
    ticks = [int(one) for one in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    busy = (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")
    return time.perf_counter(), time.process_time(), served_by, busy


def workers() -> bool:
    """Two workers beside one, in turn."""
    rates: dict[int, list[float]] = {1: [], 2: []}
    # Where clients and workers together need all cores, more workers can hand on no more.
    cores: dict[int, list[dict[str, float]]] = {1: [], 2: []}
    with served(2, PEOPLE) as site:
        for _turn in range(CYCLES):
            for number, all_ in rates.items():
                side, needed = asyncio.run(shared(site, site.ports[:number]))
                all_.append(statistics.median(side.rates))
                cores[number].append(needed)
    ratio = statistics.median(two / one for one, two in zip(rates[1], rates[2], strict=True))
    figures = {
        "cores": os.cpu_count(),
        "cores_used": {f"{number} workers": all_ for number, all_ in cores.items()},
        "sockets": SOCKETS,
        "deliveries_a_second": {
            f"{number} workers": [round(one) for one in all_] for number, all_ in rates.items()
        },
        "two to one": round(ratio, 2),
    }
    return keep("live_speed_workers", figures, {"two at least 1.4 of one": ratio >= 1.4})


def long_talk(_cluster: Any, variables: dict[str, str]) -> dict[str, Any]:
    """A conversation with a long log, and a token of who reads it."""
    sizes = ["1", "1", "50", str(MISSED)]
    made = told(["-m", "tests.benchmarks._many_talks", *sizes], variables)["long"]
    # As the database does by itself within a minute; a log does not grow as fast as this one.
    with psycopg.connect(variables["DATABASE_OWNER_URL"], autocommit=True) as server:
        server.execute("ANALYZE")
    return {key: made[key] for key in ("token", "conversation", "last_seq")}


async def resumed(port: int, talk: dict[str, Any]) -> dict[str, float]:
    """Seconds until a client that has nothing of it shows all of a conversation."""
    client = Client("reader", talk["token"], [port], [talk["conversation"]], 1)
    began = time.monotonic()
    stay = asyncio.ensure_future(client.stay())
    async with asyncio.timeout(60):
        while not client.has({talk["conversation"]: talk["last_seq"]}):
            await asyncio.sleep(0.002)
    seconds = time.monotonic() - began
    stay.cancel()
    with suppress(asyncio.CancelledError):
        await stay
    return {"seconds": seconds, "pages": client.wrong["paged over HTTP"]}


def resume() -> bool:
    """Ten thousand missed events."""
    with served(1, 2, prepare=long_talk) as site:
        talk = site.made["prepared"]
        runs = [asyncio.run(resumed(site.ports[0], talk))["seconds"] for _ in range(RESUMES)]
    figures = {"events": talk["last_seq"], "seconds": [round(one, 2) for one in runs]}
    return keep("live_speed_resume", figures, {"in at most 2 s": statistics.median(runs) <= 2})


def logged(cluster: Any, _variables: dict[str, str]) -> str:
    """Let PostgreSQL write down each statement of the workers; the file."""
    address = cluster.variables["DATABASE_OWNER_URL"].replace("visits_owner:first", "postgres")
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("ALTER ROLE visits_serving SET log_statement = 'all'")
    return str(cluster.log)


async def asked(site: Served, conversations: Sequence[str]) -> list[str]:
    """The statements about messages of one connect that resumes these, with nothing missed."""
    log = Path(site.made["prepared"])
    line = await site.by_token(0, site.ports[0]).open()
    await asyncio.sleep(0.3)
    before = log.stat().st_size
    await line.hello({key: site.heads[key] for key in conversations})
    await line.asked("pong", {"type": "ping", "n": 1})
    await asyncio.sleep(0.3)
    with log.open() as file:
        file.seek(before)
        text = file.read()
    line.end()
    return [
        one[:100]
        for one in text.splitlines()
        if "LOG:" in one and "messaging_" in one and "SELECT" in one
    ]


def query() -> bool:
    """Fifty conversations with nothing missed."""
    command = (*SERVE[:2], "--no-worker", SERVE[-1])
    # No poll and no sweep in between.
    quiet = {"SOCKET_HEAD_SECONDS": "60", "SOCKET_SWEEP_SECONDS": "600"}
    with served(1, 2, TALKS, prepare=logged, more=quiet, command=command) as site:
        talks = site.group["conversations"]
        few = min((asyncio.run(asked(site, talks[:1])) for _turn in range(3)), key=len)
        many = min((asyncio.run(asked(site, talks)) for _turn in range(3)), key=len)
    figures = {"statements at 1": len(few), f"statements at {TALKS}": len(many), "which": many}
    bars = {
        f"{TALKS} take as many statements as 1": len(many) == len(few) > 0,
    }
    return keep("live_speed_query", figures, bars)


PARTS = {
    "post": post,
    "thousand": thousand,
    "workers": workers,
    "resume": resume,
    "query": query,
}


if __name__ == "__main__":
    sys.exit(in_parts(PARTS, sys.argv[1:]))
