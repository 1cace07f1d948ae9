"""How much of the index a search walks past: what somebody may read, and not what was before."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.finding import asked_words
from messaging.models import Conversation, MessageWord, Participant, Party
from messaging.models.message_word import STRETCH
from messaging.queries.search import messages_with
from network.models import Membership
from network.tenancy import acting
from tests.messaging.talking import MESSENGER, group, say

pytestmark = pytest.mark.django_db
# Somebody came after so many messages; ten follow.
BEFORE = 5 * STRETCH + 5


def talk(cast, who: str, words: int) -> None:
    """A conversation with a word in so many messages before somebody came, and in ten since.

    The rows of its index only: no message is there to be read.
    """
    person = getattr(cast, who)
    with acting(MESSENGER):
        found = Conversation.objects.create(kind="channel", topic="T", last_seq=BEFORE + 10)
        party = Party.objects.create(
            conversation=found, organization=cast.a, name="A", slug="a", is_host=True
        )
        Participant.objects.create(
            conversation=found,
            party=party,
            organization=cast.a,
            person=person,
            membership=Membership.objects.beyond_scope().get(person=person, ended_at=None),
            joined_seq=BEFORE,
        )
        seqs = [*range(BEFORE - words, BEFORE), *range(BEFORE + 1, BEFORE + 11)]
        MessageWord.objects.bulk_create(
            MessageWord(
                conversation=found, message=uuid.uuid4(), message_seq=seq, seq=seq, word="kestrels"
            )
            for seq in seqs
        )


@contextmanager
def walking(steps: list[int]) -> Iterator[None]:
    """Count the work of a database in its own measure, whatever else the machine does."""
    if connection.vendor == "postgresql":
        with CaptureQueriesContext(connection) as captured:
            yield
        asked = [one["sql"] for one in captured if "messaging_messageword" in one["sql"]]
        with connection.cursor() as cursor:
            # A table this small would be read whole.
            cursor.execute("SET LOCAL enable_seqscan = off")
            for sql in asked:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
                told = cursor.fetchone()[0]
                steps.extend(_rows(json.loads(told) if isinstance(told, str) else told))
        return
    connection.connection.set_progress_handler(lambda: steps.append(1), 1)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


def _rows(plan: object) -> Iterator[int]:
    """The rows that were looked at where the words are read."""
    if isinstance(plan, list):
        for one in plan:
            yield from _rows(one)
    elif isinstance(plan, dict):
        if plan.get("Relation Name") == "messaging_messageword":
            yield plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        for one in plan.values():
            yield from _rows(one)


def steps_of(actor) -> int:
    # A talk of their own lies in another stretch, and is found in the same question.
    say(actor, group(actor), "Kestrel!")
    with acting(actor, is_reading=True):
        assert [one.body for one in messages_with(actor, asked_words("kestrel")).rows] == [
            "Kestrel!"
        ]
        steps: list[int] = []
        with walking(steps):
            assert not messages_with(actor, asked_words("kestrel")).is_too_many
    return sum(steps)


def test_a_search_does_not_walk_past_words_of_before_somebody_came(cast):
    talk(cast, "omar", words=BEFORE - 1)
    talk(cast, "amara", words=0)
    among_many, among_few = steps_of(cast.actor("omar")), steps_of(cast.actor("amara"))
    assert among_few > 0
    # A few of before lie in the same stretch as the first of afterwards.
    assert among_many <= among_few * 2, (among_many, among_few)
