"""What a socket costs the process that serves it: idle, connecting, coming and going, and stuck.

One worker in its embedded default, SQLite and hints in memory.

`python -m tests.benchmarks.live_memory [idle|churn|stopped|stopped_many]...`; without a name all.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from tests.benchmarks._live_light import Light, Tally, opened
from tests.benchmarks._live_site import Served, by_ticket, served
from tests.benchmarks._reading import held_kib
from tests.benchmarks._result import SHORT, in_parts, keep
from tests.benchmarks._rounds import cpu_seconds

SOCKETS, PEOPLE = (100, 20) if SHORT else (1_000, 110)
BATCH, QUIET_SECONDS = 50, 10
ROUNDS, CONNECTS = (3, 50) if SHORT else (6, 400)
STOPPED, OTHERS, SAID = (20, 10, 40) if SHORT else (200, 50, 250)
LONG = "x" * 8_000
MOST_KIB, MOST_CPU_MS, MOST_GROWTH_KIB = 48, 2.5, 2_048
MOST_STOPPED_KIB, CUT_SECONDS, MOST_TIMES = 2_048, 35, 2
SETTLE_SECONDS = 3
HELLO_SECONDS = 90


def held(site: Served) -> int:
    """KiB that the worker holds now."""
    return held_kib(site.workers[0].pid, "VmRSS")


def used(site: Served) -> float:
    """Seconds of CPU that the worker has used."""
    return cpu_seconds(site.workers[0].pid)


async def signed_in(site: Served, first: int, number: int) -> tuple[list[Light], float, float]:
    """So many sockets by tickets; CPU of the worker for the tickets, and for the connects."""
    began = used(site)
    turns = range(first, first + number)
    tickets = [await site.ticket(turn // 10, site.ports[0]) for turn in turns]
    asked = used(site)

    def one(turn: int) -> Light:
        return by_ticket(site.ports[0], *tickets[turn])

    lines = await opened(number, one, site.head)
    return lines, asked - began, used(site) - asked


async def let_go(lines: Sequence[Light]) -> None:
    """End all of them, and let the worker see it."""
    for line in lines:
        line.end()
    await asyncio.sleep(SETTLE_SECONDS)


async def idling(site: Served) -> dict[str, Any]:
    """A thousand that do nothing."""
    warm, _ticket, _cpu = await signed_in(site, SOCKETS, BATCH)
    await let_go(warm)
    before = held(site)
    lines: list[Light] = []
    tickets = connects = 0.0
    for first in range(0, SOCKETS, BATCH):
        some, ticket, connect = await signed_in(site, first, BATCH)
        lines, tickets, connects = lines + some, tickets + ticket, connects + connect
    await asyncio.sleep(SETTLE_SECONDS)
    kib = (held(site) - before) / len(lines)
    cpu = used(site)
    await asyncio.sleep(QUIET_SECONDS)
    cpu = (used(site) - cpu) / QUIET_SECONDS
    tally = Tally()
    for line in lines:
        line.tally = tally
    speaker = site.speaker(site.ports[0])
    await site.say(speaker, "Is everybody there?")
    with suppress(TimeoutError):
        await tally.reach(len(lines))
    speaker.close()
    figures = {
        "sockets": len(lines),
        "kib_a_socket": round(kib, 1),
        "cores_while_idle": round(cpu, 3),
        "cpu_ms_a_connect": round(connects * 1000 / len(lines), 2),
        "cpu_ms_a_ticket": round(tickets * 1000 / len(lines), 2),
        "reached afterwards": tally.number,
    }
    await let_go(lines)
    return figures


def idle() -> bool:
    """Memory of a socket that does nothing, CPU of connecting."""
    with served(1, PEOPLE, embedded=True) as site:
        figures = asyncio.run(idling(site))
    bars = {
        f"at most {MOST_KIB} KiB a socket": figures["kib_a_socket"] <= MOST_KIB,
        f"at most {MOST_CPU_MS} ms of CPU to connect": figures["cpu_ms_a_connect"] <= MOST_CPU_MS,
        "all are reached afterwards": figures["reached afterwards"] == SOCKETS,
    }
    return keep("live_memory_idle", figures, bars)


async def coming_and_going(site: Served) -> list[int]:
    """KiB held after each round of connects that all went again."""
    found = []
    for _round in range(2 * ROUNDS):

        def one(turn: int) -> Light:
            return site.by_token(turn // 10, site.ports[0])

        await let_go(await opened(CONNECTS, one, site.head))
        found.append(held(site))
    return found


def churn() -> bool:
    """Six times four hundred connects, after as many in which the process grows to its size."""
    with served(1, PEOPLE, embedded=True) as site:
        kib = asyncio.run(coming_and_going(site))
    growth = kib[-1] - kib[ROUNDS - 1]
    figures = {"rounds": ROUNDS, "connects": CONNECTS, "kib_after": kib, "grown_kib": growth}
    bar = f"at most {MOST_GROWTH_KIB} KiB more after the last rounds than after the first"
    return keep("live_memory_churn", figures, {bar: growth <= MOST_GROWTH_KIB})


async def stuck(site: Served, number: int) -> list[Light]:
    """So many that said hello and read nothing from then on."""
    lines = await opened(
        number, lambda turn: site.by_token(PEOPLE - 1 - turn // 10, site.ports[0]), site.head
    )
    for line in lines:
        line.returns_credit = False
        line.stop_reading()
    return lines


async def cut(lines: Sequence[Light], since: float) -> list[float]:
    """Seconds after which each was ended by the worker; those that were not are absent."""
    found: dict[int, float] = {}
    deadline = since + HELLO_SECONDS
    while len(found) < len(lines) and time.monotonic() < deadline:
        for turn, line in enumerate(lines):
            if turn not in found and line.is_ended:
                found[turn] = time.monotonic() - since
        await asyncio.sleep(0.1)
    return list(found.values())


async def one_stopped(site: Served) -> dict[str, Any]:
    """What one costs to whom long messages are sent."""
    speaker = site.speaker(site.ports[0])
    reader = await site.by_token(0, site.ports[0]).open()
    await reader.hello(site.head)
    for _turn in range(SAID):
        await site.say(speaker, LONG)
    before, since = held(site), time.monotonic()
    (line,) = await stuck(site, 1)
    for _turn in range(SAID):
        await site.say(speaker, LONG)
    cost = held(site) - before
    seconds = await cut([line], since)
    speaker.close()
    line.end()
    reader.end()
    return {"said": SAID, "bytes_each": len(LONG), "kib": cost, "cut_after_seconds": seconds}


def stopped() -> bool:
    """A reader that stops."""
    with served(1, PEOPLE, embedded=True) as site:
        figures = asyncio.run(one_stopped(site))
    seconds = figures["cut_after_seconds"]
    bars = {
        f"costs at most {MOST_STOPPED_KIB} KiB": figures["kib"] <= MOST_STOPPED_KIB,
        f"cut within {CUT_SECONDS} s": len(seconds) == 1 and seconds[0] <= CUT_SECONDS,
    }
    return keep("live_memory_stopped", figures, bars)


async def heard(site: Served, lines: Sequence[Light], number: int) -> list[float]:
    """Seconds from saying to hearing, of those who read."""
    speaker, tally, found = site.speaker(site.ports[0]), Tally(), []
    for line in lines:
        line.tally = tally
    for _turn in range(number):
        had, awaited = [len(one.arrived) for one in lines], tally.number + len(lines)
        began = time.monotonic()
        await site.say(speaker, "Who still listens?")
        await tally.reach(awaited)
        found += [one.arrived[turn] - began for one, turn in zip(lines, had, strict=True)]
    speaker.close()
    return found


def p95(seconds: Sequence[float]) -> float:
    """In milliseconds."""
    return round(statistics.quantiles(seconds, n=20)[18] * 1000, 2)


async def many_stopped(site: Served) -> dict[str, Any]:
    """What others feel of many that stopped."""
    lines = await opened(OTHERS, lambda turn: site.by_token(turn // 10, site.ports[0]), site.head)
    await heard(site, lines, 20)
    before = p95(await heard(site, lines, SAID))
    kib, since = held(site), time.monotonic()
    gone = await stuck(site, STOPPED)
    beside = p95(await heard(site, lines, SAID))
    kib, early = held(site) - kib, sum(one.is_ended for one in gone)
    seconds = await cut(gone, since)
    after = p95(await heard(site, lines, SAID))
    for line in (*gone, *lines):
        line.end()
    return {
        "stopped": STOPPED,
        "others": OTHERS,
        "p95_ms": {"before": before, "beside": beside, "after": after},
        "times": round(beside / statistics.mean((before, after)), 2),
        "cut while the others were measured": early,
        "kib_for_all": kib,
        "cut": len(seconds),
        "cut_after_seconds_at_most": round(max(seconds, default=0), 1),
    }


def stopped_many() -> bool:
    """Two hundred readers that stop, and others."""
    with served(1, PEOPLE, embedded=True) as site:
        figures = asyncio.run(many_stopped(site))
    bars = {
        f"p95 of others at most {MOST_TIMES} times": figures["times"] <= MOST_TIMES,
        "all are cut": figures["cut"] == STOPPED,
        f"each costs at most {MOST_STOPPED_KIB} KiB": (
            figures["kib_for_all"] <= MOST_STOPPED_KIB * STOPPED
        ),
    }
    return keep("live_memory_stopped_many", figures, bars)


PARTS = {"idle": idle, "churn": churn, "stopped": stopped, "stopped_many": stopped_many}


if __name__ == "__main__":
    sys.exit(in_parts(PARTS, sys.argv[1:]))
