"""How much of a long log is walked past when a few messages of it are read: nothing."""

from __future__ import annotations

import uuid
from typing import Any

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
    found = seated(cast, who, last_seq=0, joined_seq=0)
    with acting(MESSENGER):
        said = [_next(found, seq, kind="message", body="Yes") for seq in range(1, messages + 1)]
        _next(found, messages + 1, kind="edit", target=said[-1], body="No")
    return found, said[-3:]


def _next(conversation: Conversation, seq: int, **values: Any) -> uuid.UUID:
    """An event as the log takes it: the number is the conversation's newest."""
    Conversation.objects.filter(pk=conversation.pk).update(last_seq=seq)
    return Event.objects.create(conversation=conversation, seq=seq, **values).pk


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
    long = reading_steps(cast, "amara", 800)
    for number, (few, many) in enumerate(zip(short, long, strict=True)):
        assert many <= few * 2 + 50, (number, short, long)
