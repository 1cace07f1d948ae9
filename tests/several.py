"""Several at once: threads with connections of their own, on rows that are really committed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection, connections

T = TypeVar("T")


def at_once(works: Sequence[Callable[[], T]], threads: int | None = None) -> list[T | Exception]:
    """What each returned or raised, in order; all begin together, each in a thread of its own.

    With fewer `threads` than works, so many are under way at a time.
    """
    number = threads or len(works)
    together = Barrier(number, timeout=60)
    waiting = list(range(number))

    def run(work: Callable[[], T]) -> T | Exception:
        try:
            if waiting:
                waiting.pop()
                together.wait()
            return work()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=number) as pool:
        return list(pool.map(run, works))


@contextmanager
def committed_rows(folder: Path) -> Iterator[None]:
    """Within it what is written is committed and seen by every thread; afterwards it is gone.

    On SQLite it works on a copy of the test database in a file, as a node has it: several
    connections to one in memory lock each other otherwise. On PostgreSQL the owner empties the
    tables that were empty before.
    """
    inside = _on_a_file(folder) if connection.vendor == "sqlite" else _emptied_by_the_owner()
    with inside:
        yield


@contextmanager
def _on_a_file(folder: Path) -> Iterator[None]:
    memory = connections["default"]
    memory.ensure_connection()
    path = folder / "committed.sqlite3"
    with sqlite3.connect(path) as copy:
        memory.connection.backup(copy)
    copy.close()
    settings = connections.settings["default"]
    name, settings["NAME"] = settings["NAME"], str(path)
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = name
        connections["default"] = memory


@contextmanager
def _emptied_by_the_owner() -> Iterator[None]:
    with connections["owner"].cursor() as cursor:
        before = [table for table in _tables(cursor) if not _has_rows(cursor, table)]
        try:
            yield
        finally:
            connection.close()
            cursor.execute(f"TRUNCATE {', '.join(before)}")


def _tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
    return [name for (name,) in cursor.fetchall()]


def _has_rows(cursor: Any, table: str) -> bool:
    # The owner is under row security too: the operator sees every row there is.
    cursor.execute("SELECT set_config('app.purpose', 'operator', false)")
    cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
    return bool(cursor.fetchone()[0])
