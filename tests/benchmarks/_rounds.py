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

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 120


@dataclass
class Target:
    """One address of one served process, and the CPU that each of its rounds took a request."""

    name: str
    port: int
    pid: int
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    status: int = 200

    @property
    def median(self) -> float:
        """Milliseconds of CPU a request, the middle round."""
        return statistics.median(self.milliseconds)


def cpu_seconds(pid: int) -> float:
    """What a process and its threads have used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def play(targets: list[Target], *, rounds: int, requests: int) -> None:
    """The same number of requests to each target in turn, round after round, on one connection."""
    for target in targets:
        _ask(target, 50)
    for _round in range(rounds):
        for target in targets:
            before = cpu_seconds(target.pid)
            _ask(target, requests)
            target.milliseconds.append((cpu_seconds(target.pid) - before) * 1000 / requests)


def _ask(target: Target, requests: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=30)
    headers = {"Host": f"localhost:{target.port}", **target.headers}
    for _number in range(requests):
        connection.request("GET", target.path, headers=headers)
        answer = connection.getresponse()
        answer.read()
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
def product(data_dir: Path) -> Iterator[tuple[int, int]]:
    """The product over a prepared data directory."""
    with process(
        lambda port: ["manage.py", "serve", "--port", str(port)],
        "/healthz",
        {"DATA_DIR": str(data_dir)},
    ) as served:
        yield served
