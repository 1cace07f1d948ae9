"""How much of a long log is walked past when a few messages of it are read: nothing."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection

from messaging.models import Conversation, Event
from messaging.queries.events import events_after, messages_before
from messaging.queries.reports import messages_among
from messaging.queries.since import messages_since
from network.tenancy import acting
from tests.messaging.talking import MESSENGER
from tests.messaging.walking import seated, walking

pytestmark = pytest.mark.django_db


def long_talk(cast, who: str, messages: int) -> tuple[Conversation, list[uuid.UUID]]:
    """A conversation with so many messages of nobody, and the last three of them; one changed."""
    found = seated(cast, who, last_seq=messages + 1, joined_seq=0)
    with acting(MESSENGER):
        rows = Event.objects.bulk_create(
            Event(conversation=found, seq=seq, kind="message", body="Yes")
            for seq in range(1, messages + 1)
        )
        Event.objects.create(
            conversation=found, seq=messages + 1, kind="edit", target=rows[-1].pk, body="No"
        )
    return found, [one.pk for one in rows[-3:]]


def reading_steps(cast, who: str, messages: int) -> list[int]:
    """The work of each way to read the last few messages of a conversation."""
    conversation, last = long_talk(cast, who, messages)
    actor, at = cast.actor(who), {"conversation_id": conversation.pk}
    ways = (
        lambda: events_after(actor, after=messages - 20, **at),
        lambda: messages_before(actor, limit=20, **at),
        lambda: messages_since(actor, after=messages - 20, **at),
        lambda: messages_since(actor, after=messages, **at),
        lambda: messages_among(actor, ids=last, **at),
    )
    found = []
    for read in ways:
        with acting(actor, is_reading=True):
            steps: list[int] = []
            with walking("messaging_event", steps):
                assert read()
        found.append(sum(steps))
    return found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sorts what it finds")
def test_reading_the_last_few_messages_walks_past_no_others(cast):
    short = reading_steps(cast, "omar", 40)
    long = reading_steps(cast, "amara", 2_000)
    for number, (few, many) in enumerate(zip(short, long, strict=True)):
        assert many <= few * 2 + 50, (number, short, long)
