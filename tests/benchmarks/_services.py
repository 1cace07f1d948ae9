"""PostgreSQL and Redis for a proof: those of the environment, else servers of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks._result import ROOT
from tests.journeys.site import free_port, own_database


class MissingTool(SystemExit):
    """A program that this proof needs is not installed; how to install it, and the exit code 1."""

    def __init__(self, name: str, package: str) -> None:
        """Name the program and the package of Debian that brings it."""
        super().__init__(f"{name} is missing: apt-get install -y {package}, and try again.")


def on_postgresql() -> bool:
    """Whether the environment names a PostgreSQL with two roles."""
    return bool(os.environ.get("DATABASE_OWNER_URL") and os.environ.get("DATABASE_URL"))


@contextmanager
def a_database(name: str) -> Iterator[dict[str, str]]:
    """Variables of a new database: on the PostgreSQL of the environment, else on one just made.

    Raises:
        MissingTool: PostgreSQL is not installed.
    """
    if on_postgresql():
        with own_database(name) as variables:
            yield variables
        return
    with a_cluster() as cluster:
        yield cluster.variables


@contextmanager
def a_cluster() -> Iterator[Cluster]:
    """A PostgreSQL of this proof alone, which it may stop; ended and deleted afterwards.

    Raises:
        MissingTool: PostgreSQL is not installed.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise MissingTool("PostgreSQL", "postgresql")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        cluster = Cluster(found[-1].parent, Path(folder) / "pg")
        cluster.make()
        try:
            yield cluster
        finally:
            cluster.stop()


class Cluster:
    """A cluster with both roles and their database; what was committed outlives a `stop`."""

    def __init__(self, programs: Path, data: Path) -> None:
        """Not made yet; `programs` is where `initdb` is."""
        self._programs, self._data, self._port = programs, data, free_port()

    @property
    def variables(self) -> dict[str, str]:
        """How a site is told of it."""
        server = f"127.0.0.1:{self._port}/visits"
        return {
            "DATABASE_OWNER_URL": f"postgresql://visits_owner:first@{server}",
            "DATABASE_URL": f"postgresql://visits_serving:second@{server}",
        }

    @property
    def log(self) -> Path:
        """The file that it writes down what it does in."""
        return self._data / "log"

    def make(self) -> None:
        """Make and start it."""
        self._data.mkdir()
        if os.getuid() == 0:
            shutil.chown(self._data, "postgres")
        initdb = f"{self._programs}/initdb -D {self._data} -U postgres -A trust"
        _as_postgres(f"{initdb} -E UTF8 --locale=C.UTF-8")
        self.start()
        roles = ["-v", "owner_password=first", "-v", "serving_password=second"]
        roles += ["-f", str(ROOT / "network/deploy/postgresql.sql")]
        server = ["-h", "127.0.0.1", "-p", str(self._port), "-U", "postgres"]
        subprocess.run([f"{self._programs}/psql", "-q", *server, *roles], check=True)

    def start(self) -> None:
        """Start it, after a crash too; it writes each commit to the disk before it says so."""
        options = f"-p {self._port} -k {self._data} -h 127.0.0.1 -c max_connections=200"
        options += " -c fsync=on -c synchronous_commit=on"
        log = f"-l {self.log}"
        _as_postgres(f"{self._programs}/pg_ctl -D {self._data} -w {log} -o '{options}' start")

    def stop(self) -> None:
        """Stop it as a crash does: nothing is finished, nobody is told."""
        _as_postgres(f"{self._programs}/pg_ctl -D {self._data} -m immediate stop")


def _as_postgres(command: str) -> None:
    """A database server refuses to run as root."""
    arguments = ["sh", "-c", command]
    if os.getuid() == 0:
        arguments = ["su", "postgres", "-s", "/bin/sh", "-c", command]
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def a_redis() -> Iterator[str]:
    """The address of a Redis: that of the environment, else of one just started.

    Raises:
        MissingTool: Redis is not installed.
    """
    if address := os.environ.get("REDIS_URL"):
        yield address
        return
    program = shutil.which("redis-server")
    if program is None:
        raise MissingTool("Redis", "redis-server")
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder]
        started = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        time.sleep(0.5)
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            started.terminate()
            started.wait(20)
