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
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise MissingTool("PostgreSQL", "postgresql")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield from _cluster(found[-1].parent, Path(folder) / "pg")


def _cluster(programs: Path, data: Path) -> Iterator[dict[str, str]]:
    """A cluster with both roles and their database, ended afterwards."""
    port = free_port()
    data.mkdir()
    if os.getuid() == 0:
        shutil.chown(data, "postgres")
    _as_postgres(f"{programs}/initdb -D {data} -U postgres -A trust -E UTF8 --locale=C.UTF-8")
    options = f"-p {port} -k {data} -h 127.0.0.1 -c max_connections=200"
    _as_postgres(f"{programs}/pg_ctl -D {data} -w -l {data}/log -o '{options}' start")
    try:
        roles = ["-v", "owner_password=first", "-v", "serving_password=second"]
        roles += ["-f", str(ROOT / "network/deploy/postgresql.sql")]
        server = ["-h", "127.0.0.1", "-p", str(port), "-U", "postgres"]
        subprocess.run([f"{programs}/psql", "-q", *server, *roles], check=True)
        yield {
            "DATABASE_OWNER_URL": f"postgresql://visits_owner:first@127.0.0.1:{port}/visits",
            "DATABASE_URL": f"postgresql://visits_serving:second@127.0.0.1:{port}/visits",
        }
    finally:
        _as_postgres(f"{programs}/pg_ctl -D {data} -m immediate stop")


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
