"""Migration operations: row security and append-only tables, by the database at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

ORGANIZATION = "nullif(current_setting('app.organization', true), '')::uuid"
PERSON = "nullif(current_setting('app.person', true), '')::uuid"
PURPOSE = "coalesce(current_setting('app.purpose', true), '')"


def purpose_in(*names: str) -> str:
    """An SQL condition: the acting purpose is one of `names`."""
    return f"{PURPOSE} IN ({', '.join(repr(name) for name in names)})"


class _SqlOperation(Operation):
    """An operation without state that runs statements of its own per database."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models do not change."""

    def statements(self, vendor: str) -> Sequence[str]:
        """What to run going forward."""
        return ()

    def undo(self, vendor: str) -> Sequence[str]:
        """What to run going back."""
        return ()

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Run `statements`."""
        for statement in self.statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Run `undo`."""
        for statement in self.undo(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)


class RowSecurity(_SqlOperation):
    """Row security on one table, forced for its owner too; nothing on SQLite.

    `seen` says which rows may be read, `written` which may be changed (default: the same), `added`
    and `removed` which may be added and deleted (default: as `written`). Conditions are SQL over
    the table's columns and the three settings of `acting`.
    """

    def __init__(
        self,
        table: str,
        seen: str,
        written: str | None = None,
        added: str | None = None,
        removed: str | None = None,
    ) -> None:
        """Keep the conditions."""
        self.table = table
        self.seen = seen
        self.written = written or seen
        self.added = added or self.written
        self.removed = removed or self.written

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The parts that rebuild it."""
        parts = [self.table, self.seen, self.written, self.added, self.removed]
        return type(self).__name__, parts, {}

    def statements(self, vendor: str) -> Sequence[str]:
        """Four policies, one a verb."""
        if vendor != "postgresql":
            return ()
        table, seen, written = f'"{self.table}"', self.seen, self.written
        change = f"USING ({written}) WITH CHECK ({written})"
        return (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY seen ON {table} FOR SELECT USING ({seen})",
            f"CREATE POLICY added ON {table} FOR INSERT WITH CHECK ({self.added})",
            f"CREATE POLICY changed ON {table} FOR UPDATE {change}",
            f"CREATE POLICY removed ON {table} FOR DELETE USING ({self.removed})",
        )

    def undo(self, vendor: str) -> Sequence[str]:
        """Take the policies off."""
        if vendor != "postgresql":
            return ()
        table = f'"{self.table}"'
        names = ("seen", "added", "changed", "removed")
        return (
            *(f"DROP POLICY {name} ON {table}" for name in names),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )

    def describe(self) -> str:
        """For the migration's log."""
        return f"Row security on {self.table}"


class AppendOnly(_SqlOperation):
    """Rows of one table can be added and, where `purged`, deleted by the purge; never changed.

    A trigger on either database, so that it holds whoever connects and by whatever code.
    """

    def __init__(self, table: str, purged: bool = False) -> None:
        """Keep the table's name and whether the purge may delete from it."""
        self.table = table
        self.purged = purged

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The parts that rebuild it."""
        return type(self).__name__, [self.table, self.purged], {}

    def statements(self, vendor: str) -> Sequence[str]:
        """The triggers of either database."""
        allowed = "'purge'" if self.purged else "'no purpose at all'"
        return (self._postgresql if vendor == "postgresql" else self._sqlite)(allowed)

    def _postgresql(self, allowed: str) -> Sequence[str]:
        function = f"""
            CREATE FUNCTION {self.table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' AND {PURPOSE} = {allowed} THEN RETURN OLD; END IF;
                RAISE EXCEPTION '{self.table} is append-only';
            END $$"""
        trigger = f"""
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{self.table}"
            FOR EACH ROW EXECUTE FUNCTION {self.table}_append_only()"""
        return function, trigger

    def _sqlite(self, allowed: str) -> Sequence[str]:
        refusal = f"BEGIN SELECT RAISE(ABORT, '{self.table} is append-only'); END"
        update = f"""
            CREATE TRIGGER {self.table}_no_update BEFORE UPDATE ON "{self.table}" {refusal}"""
        delete = f"""
            CREATE TRIGGER {self.table}_no_delete BEFORE DELETE ON "{self.table}"
            WHEN app_purpose() <> {allowed} {refusal}"""
        return update, delete

    def undo(self, vendor: str) -> Sequence[str]:
        """Take the triggers off."""
        if vendor == "postgresql":
            return (
                f'DROP TRIGGER append_only ON "{self.table}"',
                f"DROP FUNCTION {self.table}_append_only()",
            )
        return (f"DROP TRIGGER {self.table}_no_update", f"DROP TRIGGER {self.table}_no_delete")

    def describe(self) -> str:
        """For the migration's log."""
        return f"Append-only {self.table}"


class Privileged(_SqlOperation):
    """Rows of one table enter a privileged state only by the operator's hand.

    `state` is an SQL condition in which `{row}` stands for the row, such as `{row}.is_steward`. A
    trigger on either database, because row security judges rows, not columns.
    """

    def __init__(self, table: str, name: str, state: str) -> None:
        """Keep the table, a name for the trigger and the condition."""
        self.table = table
        self.name = name
        self.state = state

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The parts that rebuild it."""
        return type(self).__name__, [self.table, self.name, self.state], {}

    def statements(self, vendor: str) -> Sequence[str]:
        """A trigger for new rows and one for changed ones."""
        new, old = self.state.format(row="NEW"), self.state.format(row="OLD")
        states = {"insert": f"({new})", "update": f"({new}) AND NOT ({old})"}
        if vendor == "postgresql":
            return (self._function(), *(self._trigger(verb, s) for verb, s in states.items()))
        refusal = f"BEGIN SELECT RAISE(ABORT, '{self.name} is the operator''s to give'); END"
        return [
            f'CREATE TRIGGER {self.name}_{verb} BEFORE {verb} ON "{self.table}" '
            f"WHEN {state} AND app_purpose() <> 'operator' {refusal}"
            for verb, state in states.items()
        ]

    def _function(self) -> str:
        return f"""
            CREATE FUNCTION {self.name}_refused() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{self.name} is the operator''s to give'; END $$"""

    def _trigger(self, verb: str, state: str) -> str:
        return (
            f'CREATE TRIGGER {self.name}_{verb} BEFORE {verb} ON "{self.table}" FOR EACH ROW '
            f"WHEN ({state} AND {PURPOSE} <> 'operator') EXECUTE FUNCTION {self.name}_refused()"
        )

    def undo(self, vendor: str) -> Sequence[str]:
        """Take the triggers off."""
        on = f' ON "{self.table}"' if vendor == "postgresql" else ""
        drops = [f"DROP TRIGGER {self.name}_{verb}{on}" for verb in ("insert", "update")]
        return [*drops, *([f"DROP FUNCTION {self.name}_refused()"] if on else [])]

    def describe(self) -> str:
        """For the migration's log."""
        return f"{self.name} of {self.table} is privileged"


class PostgresSql(_SqlOperation):
    """Statements that only PostgreSQL knows, such as composite foreign keys."""

    def __init__(self, forward: Sequence[str], backward: Sequence[str]) -> None:
        """Keep both directions."""
        self.forward = list(forward)
        self.backward = list(backward)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The parts that rebuild it."""
        return type(self).__name__, [self.forward, self.backward], {}

    def statements(self, vendor: str) -> Sequence[str]:
        """`forward`, on PostgreSQL only."""
        return self.forward if vendor == "postgresql" else ()

    def undo(self, vendor: str) -> Sequence[str]:
        """`backward`, on PostgreSQL only."""
        return self.backward if vendor == "postgresql" else ()
