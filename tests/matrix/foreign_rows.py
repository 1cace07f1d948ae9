"""What PostgreSQL alone lets one organization do with the rows of another, table by table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import DatabaseError, connection, transaction

from network.tenancy import Actor, Purpose, acting, system

REFUSED = "42501"
VERBS = {"SELECT": "seen", "INSERT": "added", "UPDATE": "changed", "DELETE": "removed"}


@dataclass(frozen=True)
class Table:
    """A table under row security, how many rows are whose, and a row of another as JSON."""

    name: str
    own: int
    foreign: int
    row: dict[str, Any]
    change: str

    def breach(self, verb: str, actor: Actor) -> str:
        """What an actor could do to rows of others by one verb; empty where it is nothing.

        `UPDATE` and `DELETE` name no row, so that only their own policy answers, not that of
        `SELECT`. Where the database stops for another reason than row security, the reason is told
        with a question mark: another guard stood behind, or before.
        """
        with _undone(actor):
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                    return getattr(self, f"_{VERBS[verb]}")(cursor)
            except DatabaseError as error:
                code = getattr(error.__cause__, "sqlstate", "")
                is_policy = code == REFUSED and "row-level security" in str(error)
                return "" if is_policy else f"? {str(error).splitlines()[0]}"

    def _seen(self, cursor: Any) -> str:
        cursor.execute(f'SELECT count(*) FROM "{self.name}"')
        return self._more(cursor.fetchone()[0])

    def _changed(self, cursor: Any) -> str:
        cursor.execute(f'UPDATE "{self.name}" SET {self.change}')
        return self._more(cursor.rowcount)

    def _removed(self, cursor: Any) -> str:
        cursor.execute(f'DELETE FROM "{self.name}"')
        return self._more(cursor.rowcount)

    def _added(self, cursor: Any) -> str:
        names = ", ".join(f'"{name}"' for name in self.row)
        cursor.execute(
            f'INSERT INTO "{self.name}" ({names}) '
            f'SELECT {names} FROM jsonb_populate_record(NULL::"{self.name}", %s)',
            [json.dumps(self.row)],
        )
        return "a row was planted"

    def _more(self, count: int) -> str:
        return f"{count - self.own} rows of others" if count > self.own else ""


def tables_of(actor: Actor) -> Iterator[Table]:
    """Every table with row security that holds a row of somebody else.

    What is an actor's own is reckoned without row security: rows that name their organization, a
    listing of it, or themselves.
    """
    for name in _secured():
        with _undone(system(Purpose.OPERATOR)), connection.cursor() as cursor:
            columns = _columns(cursor, name)
            is_own = _is_own(name, columns)
            if not is_own:
                continue
            ids = {"organization": actor.organization_id, "person": actor.person_id}
            cursor.execute(
                f"SELECT count(*) FILTER (WHERE {is_own}), "
                f'count(*) FILTER (WHERE ({is_own}) IS NOT TRUE) FROM "{name}"',
                ids,
            )
            own, foreign = cursor.fetchone()
            cursor.execute(
                f'SELECT to_jsonb(one) FROM "{name}" AS one WHERE ({is_own}) IS NOT TRUE LIMIT 1',
                ids,
            )
            found = cursor.fetchone()
        if found:
            row = found[0] if isinstance(found[0], dict) else json.loads(found[0])
            row = {key: row[key] for key in columns}
            if name == "network_organization":  # a trigger keeps another state for the operator
                row |= {"status": "applied", "verified_on": None}
            if "id" in row:
                row["id"] = str(uuid4()) if isinstance(row["id"], str) else row["id"] + 10**6
            yield Table(name, own, foreign, row, _change(columns))


# What makes a row an actor's own, by a column that the table has.
_OWN = {
    "organization_id": "organization_id = %(organization)s",
    "listing_id": (
        "listing_id IN (SELECT id FROM directory_listing WHERE organization_id = %(organization)s)"
    ),
    "author": "author = (SELECT slug FROM network_organization WHERE id = %(organization)s)",
    "person_id": "person_id = %(person)s",
}


def _is_own(name: str, columns: dict[str, str]) -> str:
    if name in ("network_organization", "network_person"):
        return f"id = %({name.removeprefix('network_')})s"
    return next((_OWN[column] for column in _OWN if column in columns), "")


def _change(columns: dict[str, str]) -> str:
    """A change of a column to a fixed value: to read one would ask the policy of `SELECT`."""
    for kind, value in (
        ("timestamp with time zone", "now()"),
        ("character varying", "'x'"),
        ("boolean", "false"),
        ("integer", "1"),
        ("date", "current_date"),
    ):
        for name, its in columns.items():
            if its == kind:
                return f'"{name}" = {value}'
    return f'"{next(iter(columns))}" = NULL'


def _secured() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r' ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def _columns(cursor: Any, table: str) -> dict[str, str]:
    """The columns that can be written, and the type of each."""
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s "
        "AND table_schema = 'public' AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return dict(cursor.fetchall())


@contextmanager
def _undone(actor: Actor) -> Iterator[None]:
    """As somebody; nothing of what is written stays."""
    with acting(actor), transaction.atomic():
        yield
        transaction.set_rollback(True)
