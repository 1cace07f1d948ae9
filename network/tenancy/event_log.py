"""Migration operation: a log whose numbers have no gap and whose entries are never changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from network.tenancy.operations import PURPOSE, _SqlOperation


class EventLog(_SqlOperation):
    """Keep the log in `events`, counted by `last_seq` of the rows in `owners`.

    A new event has no number, or the one that its owner has counted up to in the same transaction;
    the counter stays or grows by one. No event is ever changed, but for two things: the purge
    empties `body`, and the messenger gives a queued event its number. The purge deletes events,
    the messenger only queued ones. Triggers on either database, so that it holds whoever connects
    and by whatever code. `fixed` are the columns that nothing changes; `owner` is the key to
    `owners`.
    """

    def __init__(self, events: str, owners: str, owner: str, fixed: Sequence[str]) -> None:
        """Keep the names."""
        self.events = events
        self.owners = owners
        self.owner = owner
        self.fixed = list(fixed)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The parts that rebuild it."""
        return type(self).__name__, [self.events, self.owners, self.owner, self.fixed], {}

    def statements(self, vendor: str) -> Sequence[str]:
        """The triggers of either database."""
        purpose = PURPOSE if vendor == "postgresql" else "app_purpose()"
        conditions = {
            "INSERT": f"NEW.seq IS NOT NULL AND NEW.seq IS DISTINCT FROM ({self._head()})",
            "UPDATE": f"NOT ({self._erased(purpose)}) AND NOT ({self._numbered(purpose)})",
            "DELETE": f"{purpose} <> 'purge' AND NOT ({purpose} = 'messenger' "
            "AND OLD.state = 'queued')",
        }
        counter = "NEW.last_seq <> OLD.last_seq AND NEW.last_seq <> OLD.last_seq + 1"
        guards = [(self.events, verb, when) for verb, when in conditions.items()]
        guards.append((self.owners, "UPDATE", counter))
        make = self._postgresql if vendor == "postgresql" else self._sqlite
        return [statement for guard in guards for statement in make(*guard)]

    def _head(self) -> str:
        return f'SELECT last_seq FROM "{self.owners}" WHERE id = NEW."{self.owner}"'  # noqa: S608 # nosec B608 - names of ours

    def _same(self, *columns: str) -> str:
        return " AND ".join(
            f'NEW."{column}" IS NOT DISTINCT FROM OLD."{column}"'
            for column in (*self.fixed, *columns)
        )

    def _erased(self, purpose: str) -> str:
        return f"{purpose} = 'purge' AND NEW.body = '' AND {self._same('seq', 'state')}"

    def _numbered(self, purpose: str) -> str:
        return (
            f"{purpose} = 'messenger' AND OLD.state = 'queued' AND NEW.state = 'committed' "
            f"AND NEW.seq = ({self._head()}) AND {self._same('body')}"
        )

    def _postgresql(self, table: str, verb: str, when: str) -> Sequence[str]:
        name = self._name(table, verb)
        returned = "OLD" if verb == "DELETE" else "NEW"
        function = f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {when} THEN RAISE EXCEPTION '{table} is a log'; END IF;
                RETURN {returned};
            END $$"""
        trigger = f"""
            CREATE TRIGGER {name} BEFORE {verb} ON "{table}"
            FOR EACH ROW EXECUTE FUNCTION {name}()"""
        return function, trigger

    def _sqlite(self, table: str, verb: str, when: str) -> Sequence[str]:
        # Before 3.39 SQLite knew these comparisons by other words only.
        plain = when.replace("IS NOT DISTINCT FROM", "IS").replace("IS DISTINCT FROM", "IS NOT")
        trigger = f'CREATE TRIGGER {self._name(table, verb)} BEFORE {verb} ON "{table}"'
        return (f"{trigger} WHEN {plain} BEGIN SELECT RAISE(ABORT, '{table} is a log'); END",)

    def _name(self, table: str, verb: str) -> str:
        return f"{table}_kept_on_{verb.lower()}"

    def undo(self, vendor: str) -> Sequence[str]:
        """Take the triggers off."""
        guards = [(self.events, verb) for verb in ("INSERT", "UPDATE", "DELETE")]
        guards.append((self.owners, "UPDATE"))
        if vendor != "postgresql":
            return [f"DROP TRIGGER {self._name(table, verb)}" for table, verb in guards]
        return [
            statement
            for table, verb in guards
            for statement in (
                f'DROP TRIGGER {self._name(table, verb)} ON "{table}"',
                f"DROP FUNCTION {self._name(table, verb)}()",
            )
        ]

    def describe(self) -> str:
        """For the migration's log."""
        return f"{self.events} is a log"
