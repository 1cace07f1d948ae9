"""A whole site in a process of its own, started by the command that people use."""

from __future__ import annotations

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120


@dataclass
class Answer:
    """Status, headers and body of one answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode()


@dataclass
class Site:
    """A served site: its port, its data directory, and all that it has printed."""

    port: int
    data_dir: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    output: Path

    @property
    def origin(self) -> str:
        """What a browser opens."""
        return f"http://localhost:{self.port}"

    def get(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        source: str = "127.0.0.1",
        method: str = "GET",
    ) -> Answer:
        """One request, from a chosen address of this machine's loopback range."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=20, source_address=(source, 0)
        )
        connection.request(
            method, path, headers={"Host": f"localhost:{self.port}", **(headers or {})}
        )
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, body)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A management command beside the served site."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def interrupt(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


_given: list[TextIO] = []


def free_port() -> int:
    """A port below the range from which the system takes its own, given to nobody else.

    A site takes its port seconds after it was told which. Until this process ends no other test
    is given the same, in whichever process it runs: each has a file that is locked.
    """
    first = 21000 + os.getpid() % 9000
    for port in range(first, 32000):
        name = Path(tempfile.gettempdir(), f"visits-test-port-{port}")
        lock = name.open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as candidate:
                candidate.bind(("127.0.0.1", port))
        except OSError:
            lock.close()
            continue
        _given.append(lock)
        return port
    raise RuntimeError("no port is free between 21000 and 32000")


@contextmanager
def own_database(name: str, like: str = "template0") -> Iterator[dict[str, str]]:
    """Addresses of a new database where the suite runs on PostgreSQL; nothing on SQLite.

    It begins as a copy of the one named `like`: an empty one where nothing is said.
    """
    name = f"{name}_{os.getpid()}"
    owner, serving = os.environ.get("DATABASE_OWNER_URL"), os.environ.get("DATABASE_URL")
    if not owner or not serving:
        yield {}
        return
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" ENCODING "UTF8" TEMPLATE "{like}"')
        try:
            yield addresses_of(name)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def addresses_of(database: str) -> dict[str, str]:
    """How a site is told of a database beside that of the suite."""
    return {
        variable: urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{database}"))
        for variable in ("DATABASE_OWNER_URL", "DATABASE_URL")
    }


@contextmanager
def running(data_dir: Path, *, command: str = "demo", **environment: str) -> Iterator[Site]:
    """The site that `make run` starts, or another command, ended when the block ends."""
    port = free_port()
    variables = {**os.environ, "DATA_DIR": str(data_dir), "PORT": str(port), **environment}
    output = data_dir.with_suffix(".log")
    with output.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "manage.py", command],
            cwd=ROOT,
            env=variables,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    site = Site(port, data_dir, variables, process, output)
    try:
        _wait(site)
        yield site
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def _wait(site: Site) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if site.process.poll() is not None:
            break
        try:
            if site.get("/readyz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"the site did not start:\n{site.output.read_text()}")
