"""Servers under the same load in turn: CPU for each request, round by round."""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks._result import ROOT
from tests.journeys.site import free_port

PROCESS_CPU = 2
START_SECONDS = 120


@dataclass
class Target:
    """Addresses of one served process, and the CPU that each of its rounds took a request.

    `path` is asked every time; an iterator gives another path for each request. `often` is how
    many times the requests of a round it gets. With `bodies` it is posted to, each time the next.
    `cpu` tells the seconds used so far, where it is not the process alone that works.
    """

    name: str
    port: int
    pid: int
    path: str | Iterator[str]
    headers: dict[str, str] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    status: int = 200
    often: int = 1
    bytes: int = 0
    bodies: Iterator[bytes] | None = None
    cpu: Callable[[], float] | None = None

    @property
    def median(self) -> float:
        """Milliseconds of CPU a request, the middle round."""
        return statistics.median(self.milliseconds)

    def to(self, other: Target) -> float:
        """How many times the CPU of another: the middle of the ratios within each round.

        What slows the machine down for a while slows both sides of a ratio.
        """
        pairs = zip(self.milliseconds, other.milliseconds, strict=True)
        return statistics.median(mine / others for mine, others in pairs)

    def used(self) -> float:
        """Seconds of CPU so far."""
        return cpu_seconds(self.pid) if self.cpu is None else self.cpu()

    def next_path(self) -> str:
        """What the next request asks for."""
        return self.path if isinstance(self.path, str) else next(self.path)


def cpu_seconds(pid: int) -> float:
    """What a process and its threads, ended ones too, have used so far.

    The clock that Linux keeps for each process, see clock_getcpuclockid(3): the same time as in
    /proc/PID/stat, which tells it in hundredths of a second only.
    """
    return time.clock_gettime((~pid << 3) | PROCESS_CPU)


def play(targets: list[Target], *, rounds: int, requests: int, first: int = 50) -> None:
    """The same number of requests to each target in turn, round after round, on one connection.

    `first` requests to each go before the first round and are not counted.
    """
    for target in targets:
        _ask(target, first)
    for _round in range(rounds):
        for target in targets:
            before, number = target.used(), requests * target.often
            _ask(target, number)
            target.milliseconds.append((target.used() - before) * 1000 / number)


def _ask(target: Target, requests: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=30)
    headers = {"Host": f"localhost:{target.port}", **target.headers}
    for _number in range(requests):
        body = None if target.bodies is None else next(target.bodies)
        method = "GET" if body is None else "POST"
        connection.request(method, target.next_path(), body=body, headers=headers)
        answer = connection.getresponse()
        target.bytes = len(answer.read())
        if answer.status != target.status:
            raise RuntimeError(f"{target.name}: {answer.status}")
    connection.close()


@contextmanager
def process(
    command: Callable[[int], list[str]], ready: str, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[int, int]]:
    """A served process as port and pid, once `ready` answers with 200; ended with the block."""
    port = free_port()
    started = subprocess.Popen(
        [sys.executable, *command(port)],
        cwd=ROOT,
        env={**os.environ, **(environment or {}), "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(started, port, ready)
        yield port, started.pid
    finally:
        started.terminate()
        started.wait(20)


def _wait(started: subprocess.Popen[bytes], port: int, ready: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and started.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", ready, headers={"Host": f"localhost:{port}"})
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers at {ready}")


@contextmanager
def bare() -> Iterator[tuple[int, int]]:
    """A Django with nothing in it behind the same Daphne; its page is `/bare/`."""
    with process(
        lambda port: ["-m", "tests.benchmarks._serve_bare", str(port)], "/bare/"
    ) as served:
        yield served


@contextmanager
def product(
    data_dir: Path, variables: Mapping[str, str] | None = None
) -> Iterator[tuple[int, int]]:
    """The product over a prepared data directory; with no database or Redis but of `variables`."""
    alone = dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"), "")
    with process(
        lambda port: ["manage.py", "serve", "--port", str(port)],
        "/healthz",
        {**alone, "DATA_DIR": str(data_dir), **(variables or {})},
    ) as served:
        yield served
