"""What each database wants: one moment for all that is read, and one transaction to replace it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from network.actions.prepare_database import READER, let_owner_read
from network.project.backup.errors import BackupError
from network.project.backup.tables import Table

# The server shows a connection for a moment after it was closed: those of this very process.
GOODBYE_SECONDS = 3.0


def alias_of_owner() -> str:
    """The connection that may read and write everything."""
    return "owner" if settings.HAS_OWNER_ROLE else DEFAULT_DB_ALIAS


@contextmanager
def one_moment() -> Iterator[str]:
    """The alias by which every row is read as it was at one moment; nothing waits for it.

    On PostgreSQL a read-only snapshot as the owner of the tables, whom row security lets read for
    this purpose; on SQLite a transaction for reading, beside which others write.
    """
    alias = alias_of_owner()
    if connections[alias].vendor == "postgresql":
        let_owner_read(owner_alias=alias)
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT set_config('app.purpose', %s, true)", [READER])
            yield alias
        return
    # By hand: a transaction of Django's would take the one lock for writing.
    with connections[alias].cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield alias
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def unguarded(tables: Sequence[Table]) -> Iterator[str]:
    """Inside it, the owner's transaction: no trigger of ours fires and no row is hidden.

    In the transaction of `as_owner`. Afterwards all guards are as they were, and every reference
    was looked at.
    """
    alias = alias_of_owner()
    connection = connections[alias]
    with connection.cursor() as cursor:
        lift, put_back = (
            _postgresql_guards(cursor)
            if connection.vendor == "postgresql"
            else _sqlite_guards(cursor)
        )
        for statement in lift:
            cursor.execute(statement)
        yield alias
        connection.check_constraints()
        if connection.vendor == "postgresql":
            for statement in connection.ops.sequence_reset_sql(
                no_style(), [table.model for table in tables]
            ):
                cursor.execute(statement)
        for statement in put_back:
            cursor.execute(statement)


@contextmanager
def as_owner() -> Iterator[str]:
    """One transaction of the owner, which the actions called inside take part in.

    Their connection is the owner's meanwhile. Row security is forced for the owner too, so they
    are judged as ever, and all that they do is committed with the rest or not at all.
    """
    alias = alias_of_owner()
    serving = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[alias]
    try:
        with transaction.atomic():
            yield alias
    finally:
        connections[DEFAULT_DB_ALIAS] = serving


def empty(alias: str, tables: Sequence[Table]) -> None:
    """Delete every row of these tables."""
    connection = connections[alias]
    names = [connection.ops.quote_name(table.name) for table in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)}")
            return
        for name in names:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 # nosec B608 - a table of ours


def refuse_others() -> None:
    """Let nobody else be connected to the database: a site on another machine serves from it.

    Raises:
        BackupError: somebody is.
    """
    serving: Any = connections[DEFAULT_DB_ALIAS]
    if serving.vendor != "postgresql":
        return
    serving.close()
    serving.close_pool()
    patience = time.monotonic() + GOODBYE_SECONDS
    while others := _others(serving.settings_dict["USER"]):
        if time.monotonic() > patience:
            raise BackupError(
                f"Other connections to this database are open ({others}). End serve and worker on "
                "every machine, then restore."
            )
        time.sleep(0.05)


def _others(serving_role: str) -> int:
    """How many connections of either role there are beside the one that asks."""
    with connections[alias_of_owner()].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND usename IN (current_user, %s)",
            [serving_role],
        )
        number: int = cursor.fetchone()[0]
    return number


def _postgresql_guards(cursor: Any) -> tuple[list[str], list[str]]:
    """The statements that lift row security and triggers, and those that put them back."""
    cursor.execute(
        "SELECT quote_ident(relname), relforcerowsecurity FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    )
    lift, put_back = [], ["SET CONSTRAINTS ALL IMMEDIATE"]
    for name, is_forced in cursor.fetchall():
        lift.append(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        put_back.append(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        if is_forced:
            lift.append(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")
            put_back.append(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
    return lift, [*put_back, "SET CONSTRAINTS ALL DEFERRED"]


def _sqlite_guards(cursor: Any) -> tuple[list[str], list[str]]:
    """The statements that drop the triggers, and those that make the same ones again."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    found = cursor.fetchall()
    return [f'DROP TRIGGER "{name}"' for name, _sql in found], [sql for _name, sql in found]
