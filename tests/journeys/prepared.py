"""Sites over a copy of the sample data, which the first process of a run loads for all."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.journeys.site import ROOT, Site, addresses_of, own_database, running

SECONDS = 300


@contextmanager
def served_copy(temporary: pytest.TempPathFactory, name: str, **variables: str) -> Iterator[Site]:
    """A site with the sample data in a folder and, on PostgreSQL, a database of its own.

    `name` names both. What `manage.py demo` finds loaded it does not load again.
    """
    with loaded_copy(temporary, name) as own:
        given = {key: own[key] for key in own if key.startswith("DATABASE_")}
        with running(Path(own["DATA_DIR"]), **given, **variables) as served:
            yield served


@contextmanager
def loaded_copy(temporary: pytest.TempPathFactory, name: str) -> Iterator[dict[str, str]]:
    """The same folder and database, which nobody serves yet: all variables to run it by."""
    folder = temporary.mktemp(name)
    shutil.copytree(_loaded(temporary), folder / "var")
    with own_database(f"{name}_site", like=database_of_this_run()) as databases:
        yield {**os.environ, **databases, "DATA_DIR": str(folder / "var")}


@contextmanager
def served_empty(temporary: pytest.TempPathFactory, name: str) -> Iterator[Site]:
    """A new node as an operator starts it, in a folder and a database of its own: no sample data.

    The style sheets and pictures are those of the sites with sample data: collected once.
    """
    var = temporary.mktemp(name) / "var"
    shutil.copytree(_loaded(temporary) / "static", var / "static")
    with own_database(f"{name}_site") as databases:
        variables = {**os.environ, **databases, "DATA_DIR": str(var)}
        _run(variables, "migrate", *(("--database", "owner") if databases else ()))
        if databases:
            _run(variables, "prepare_database")
        with running(var, command="serve", **databases) as served:
            yield served


def _run(variables: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        check=True,
        timeout=SECONDS,
    )


def database_of_this_run() -> str:
    """The name of the database that the others are copied from; it goes with the run."""
    return f"journeys_loaded_{os.environ['TESTS_RUN']}"


def drop_database_of_this_run() -> None:
    """To be called once, when no process of the run is left. Nothing where there is none."""
    if owner := os.environ.get("DATABASE_OWNER_URL"):
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database_of_this_run()}" WITH (FORCE)')


def _loaded(temporary: pytest.TempPathFactory) -> Path:
    """The data directory with the sample data, which nobody serves."""
    base = temporary.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "loaded"
    with (shared / "loaded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "loaded.done").exists():
            _load(folder)
            (shared / "loaded.done").touch()
    return folder / "var"


def _load(folder: Path) -> None:
    variables = {}
    if owner := os.environ.get("DATABASE_OWNER_URL"):
        drop_database_of_this_run()
        name = database_of_this_run()
        variables = addresses_of(name)
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" ENCODING "UTF8" TEMPLATE template0')
    _run({**os.environ, **variables, "DATA_DIR": str(folder / "var")}, "demo", "--no-serve")
