"""Many clients at once: quick ones that count what they were answered, slow ones that hold on."""

from __future__ import annotations

import http.client
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

SLOW_BYTES, SLOW_SECONDS = 2048, 0.25


@dataclass
class Told:
    """How often each status was answered, by kind of address, and how long each request took."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def waits(self) -> dict[str, float]:
        """Milliseconds: the middle, the 95th percentile and the longest."""
        cuts = statistics.quantiles(self.seconds, n=20)
        found = {"p50_ms": cuts[9], "p95_ms": cuts[18], "longest_ms": max(self.seconds)}
        return {name: round(value * 1000, 1) for name, value in found.items()}


def ask_all(port: int, asked: Sequence[tuple[str, str]], *, connections: int) -> Told:
    """Ask each `(kind, path)` once, over so many connections at a time."""
    told, lock, rest = Told(), threading.Lock(), iter(asked)

    def client(_number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while True:
            with lock:
                one = next(rest, None)
            if one is None:
                connection.close()
                return
            began = time.monotonic()
            connection.request("GET", one[1], headers={"Host": f"localhost:{port}"})
            answer = connection.getresponse()
            answer.read()
            with lock:
                told.statuses[one[0], answer.status] += 1
                told.seconds.append(time.monotonic() - began)

    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(client, range(connections)))
    return told


@contextmanager
def slow_readers(port: int, path: str, number: int) -> Iterator[list[int]]:
    """Clients that read one long answer a few KiB a second; the status that each was answered."""
    stop, lock = threading.Event(), threading.Lock()
    statuses: list[int] = []

    def client() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
            head = line.recv(SLOW_BYTES)
            with lock:
                statuses.append(int(head.split()[1]))
            while not stop.wait(SLOW_SECONDS) and line.recv(SLOW_BYTES):
                pass

    threads = [threading.Thread(target=client) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        while len(statuses) < number:
            time.sleep(0.05)
        yield statuses
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)


@contextmanager
def sampled(count: Callable[[], int], every: float = 0.05) -> Iterator[list[int]]:
    """What a number was from time to time while the block ran."""
    stop = threading.Event()
    found: list[int] = []

    def look() -> None:
        while not stop.wait(every):
            found.append(count())

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        thread.join(30)
