"""300 clients that wait by long-poll at one served process: what they cost, who else is served.

They wait in one conversation, over a connection each, and ask again as soon as they are answered.
Measured are memory and threads while they wait, CPU while nothing happens, how long until a
message has reached all of them, beside how long a Django with nothing in it takes to answer as
many at once, and how public pages are answered meanwhile. SQLite.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks._fresh import make_node, told
from tests.benchmarks._reading import held_kib
from tests.benchmarks._result import SHORT, keep
from tests.benchmarks._rounds import bare, cpu_seconds, product

CLIENTS, PEOPLE = (30, 10) if SHORT else (300, 60)
ROUNDS, QUIET_SECONDS, PAGES = (2, 6, 10) if SHORT else (5, 20, 60)
WAIT = 25
LIMITS = {
    "MESSAGE_BURST": "10000",
    "MESSAGE_RATE": "1000",
    "API_RATE_READ": "100000",
    "API_RATE_WRITE": "100000",
    "MESSAGE_WAITS": str(CLIENTS + 10),
    "MESSAGE_WAITS_A_PERSON": str(CLIENTS // PEOPLE),
}
MOST_KIB, MOST_CORES, MOST_THREADS = 128, 0.5, 40
REACHED_SECONDS = 60


class Waiter:
    """One client: it waits for what comes after the number that it has, and notes when it came."""

    def __init__(self, port: int, token: str, conversation: str, after: int) -> None:
        """Not connected yet."""
        self._port, self._token, self._conversation = port, token, conversation
        self.after = after
        self.arrived: dict[int, float] = {}
        self.statuses: set[int] = set()
        self.answers = 0

    async def wait(self) -> None:
        """Ask, again and again, until it is cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            while True:
                await self._ask(reader, writer, WAIT)
        finally:
            writer.close()

    async def ask_once(self) -> None:
        """Ask and be answered at once."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        await self._ask(reader, writer, 0)
        writer.close()

    async def _ask(self, reader: Any, writer: Any, seconds: int) -> None:
        path = f"/api/v1/conversations/{self._conversation}/events/"
        writer.write(
            f"GET {path}?after={self.after}&wait={seconds} HTTP/1.1\r\n"
            f"Host: localhost:{self._port}\r\n"
            f"Authorization: Bearer {self._token}\r\n\r\n".encode()
        )
        status, body = await answer_of(reader)
        self.statuses.add(status)
        self.answers += 1
        for event in json.loads(body)["results"]:
            self.arrived[event["seq"]] = time.monotonic()
            self.after = event["seq"]


async def answer_of(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of the next answer on a line."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    status, body = int(head.split()[1]), b""
    if "content-length:" in head:
        length = int(head.split("content-length:")[1].split()[0])
        return status, await reader.readexactly(length)
    while length := int(await reader.readline(), 16):
        body += await reader.readexactly(length)
        await reader.readline()
    await reader.readline()
    return status, body


async def at_once(port: int, number: int) -> list[float]:
    """How long each of so many requests to a bare view took, all begun together."""

    async def one() -> float:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await ready.wait()
        began = time.monotonic()
        writer.write(f"GET /bare/ HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
        await answer_of(reader)
        writer.close()
        return time.monotonic() - began

    ready = asyncio.Event()
    tasks = [asyncio.ensure_future(one()) for _ in range(number)]
    await asyncio.sleep(2)
    ready.set()
    return list(await asyncio.gather(*tasks))


def say(port: int, token: str, conversation: str) -> tuple[int, float]:
    """The number of a new message, and the moment in which it was acknowledged."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    message = {"client_id": str(uuid.uuid4()), "kind": "message", "body": "Who is there?"}
    connection.request(
        "POST",
        f"/api/v1/conversations/{conversation}/events/",
        body=json.dumps(message),
        headers={
            "Host": f"localhost:{port}",
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
        },
    )
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()
    return body["seq"], time.monotonic()


def pages(port: int, number: int) -> list[float]:
    """How long each of so many public pages took, one after the other."""
    found = []
    for turn in range(number):
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        path = f"/en/programs/?q=page{turn}-{began}"
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        status = connection.getresponse().status
        connection.close()
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
        found.append(time.monotonic() - began)
    return found


def threads_of(pid: int) -> int:
    """How many threads a process has."""
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def milliseconds(seconds: list[float]) -> dict[str, float]:
    """The middle, the 95th percentile and the longest."""
    cuts = statistics.quantiles(seconds, n=20)
    found = {"p50_ms": cuts[9], "p95_ms": cuts[18], "longest_ms": max(seconds)}
    return {name: round(value * 1000, 1) for name, value in found.items()}


async def meet(port: int, pid: int, bare_port: int, made: dict[str, Any]) -> dict[str, Any]:
    """Let all wait, look at the process, say something, look at pages; what was found."""
    conversation = made["writers"][0]["conversations"][0]
    tokens = [one["token"] for one in made["writers"]]
    run = asyncio.get_running_loop().run_in_executor
    after, _at = await run(None, say, port, tokens[0], conversation)
    alone = await run(None, pages, port, PAGES)
    waiters = [
        Waiter(port, tokens[turn % len(tokens)], conversation, after) for turn in range(CLIENTS)
    ]
    # As many ask without waiting first: threads, their connections and caches stay afterwards.
    await asyncio.gather(*(one.ask_once() for one in waiters))
    before = held_kib(pid, "VmRSS")
    tasks = [asyncio.ensure_future(one.wait()) for one in waiters]
    await asyncio.sleep(QUIET_SECONDS)
    memory, threads = held_kib(pid, "VmRSS") - before, threads_of(pid)
    used = cpu_seconds(pid)
    await asyncio.sleep(QUIET_SECONDS)
    used = cpu_seconds(pid) - used
    beside = await run(None, pages, port, PAGES)
    delays, limits, missing = [], [], 0
    for _turn in range(ROUNDS):
        limits += await at_once(bare_port, CLIENTS)
        seq, said_at = await run(None, say, port, tokens[0], conversation)
        deadline = time.monotonic() + REACHED_SECONDS
        while time.monotonic() < deadline and any(seq not in one.arrived for one in waiters):
            await asyncio.sleep(0.1)
        missing += sum(seq not in one.arrived for one in waiters)
        delays += [max(one.arrived.get(seq, said_at) - said_at, 0) for one in waiters]
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    reached, limit = milliseconds(delays), milliseconds(limits)
    return {
        "clients": CLIENTS,
        "kib_a_client": round(memory / CLIENTS, 1),
        "threads_of_the_process": threads,
        "cores_while_nothing_happens": round(used / QUIET_SECONDS, 3),
        "from acknowledged to arrived": reached,
        "as many answered at once by a bare view": limit,
        "times_the_bare_view": {
            name: round(reached[name] / limit[name], 1) for name in ("p50_ms", "p95_ms")
        },
        "not reached": missing,
        "statuses": sorted(set().union(*(one.statuses for one in waiters))),
        "broken lines": sum(not isinstance(one, asyncio.CancelledError) for one in ended),
        "public pages alone": milliseconds(alone),
        "public pages beside those who wait": milliseconds(beside),
    }


@contextmanager
def served() -> Iterator[tuple[int, int, int, dict[str, Any]]]:
    """Port and process of a new node, port of a bare view, and who may ask for what."""
    with tempfile.TemporaryDirectory() as parent, bare() as (bare_port, _pid):
        folder = Path(parent) / "var"
        variables = make_node(folder, {})
        made = told(["-m", "tests.benchmarks._talks", "make", str(PEOPLE), "2", "1"], variables)
        with product(folder, LIMITS) as (port, pid):
            yield port, pid, bare_port, made


def main() -> int:
    """Measure; 0 where every bar is reached."""
    with served() as (port, pid, bare_port, made):
        figures = asyncio.run(meet(port, pid, bare_port, made))
    bars = {
        "a message reaches everybody": not figures["not reached"],
        "nobody is answered otherwise than 200": figures["statuses"] == [200]
        and not figures["broken lines"],
        f"at most {MOST_KIB} KiB a client": figures["kib_a_client"] <= MOST_KIB,
        f"at most {MOST_THREADS} threads": figures["threads_of_the_process"] <= MOST_THREADS,
        f"at most {MOST_CORES} of a core while nothing happens": (
            figures["cores_while_nothing_happens"] <= MOST_CORES
        ),
    }
    return 0 if keep("many_waiting", figures, bars) else 1


if __name__ == "__main__":
    sys.exit(main())
