"""How much of its tables a database walks past, in its own measure, whatever the machine does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.models import Conversation, Participant, Party
from network.models import Membership
from network.tenancy import acting
from tests.cast import Cast
from tests.messaging.talking import MESSENGER


@contextmanager
def walking(table: str, steps: list[int]) -> Iterator[None]:
    """Count within it: steps of SQLite in all, rows that PostgreSQL looks at in one table."""
    if connection.vendor == "postgresql":
        with CaptureQueriesContext(connection) as captured:
            yield
        asked = [one["sql"] for one in captured if f'FROM "{table}"' in one["sql"]]
        with connection.cursor() as cursor:
            # A table this small would be read whole.
            cursor.execute("SET LOCAL enable_seqscan = off")
            for sql in asked:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
                told = cursor.fetchone()[0]
                steps.extend(_rows(table, json.loads(told) if isinstance(told, str) else told))
        return
    connection.connection.set_progress_handler(lambda: steps.append(1), 1)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


def seated(cast: Cast, who: str, *, last_seq: int, joined_seq: int) -> Conversation:
    """A conversation of so many numbers, of A, in which one person reads from some number on.

    Its log is left to whoever asked for it.
    """
    person = getattr(cast, who)
    with acting(MESSENGER):
        found = Conversation.objects.create(kind="channel", topic="T", last_seq=last_seq)
        party = Party.objects.create(
            conversation=found, organization=cast.a, name="A", slug="a", is_host=True
        )
        Participant.objects.create(
            conversation=found,
            party=party,
            organization=cast.a,
            person=person,
            membership=Membership.objects.beyond_scope().get(person=person, ended_at=None),
            joined_seq=joined_seq,
        )
    return found


def _rows(table: str, plan: object) -> Iterator[int]:
    if isinstance(plan, list):
        for one in plan:
            yield from _rows(table, one)
    elif isinstance(plan, dict):
        if plan.get("Relation Name") == table:
            looked_at = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
            yield int(looked_at * plan.get("Actual Loops", 1))
        for one in plan.values():
            yield from _rows(table, one)
