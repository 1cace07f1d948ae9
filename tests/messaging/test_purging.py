"""What is older than its conversation keeps is gone; what it amounts to stays."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from messaging.actions.parties import set_retention
from messaging.actions.purging import purge_messages
from messaging.actions.sending import delete_message, edit_message
from messaging.folding import fold
from messaging.models import Conversation, Event
from messaging.queries.events import events_after, messages_before
from messaging.queries.inbox import inbox
from network.tenancy import Purpose, acting, system
from tests.messaging.talking import MESSENGER, PURGE, channel, say

pytestmark = pytest.mark.django_db


def in_days(days):
    return timezone.now() + dt.timedelta(days=days)


def rows_with(words):
    """How many rows of the tables of conversations hold these words."""
    found = 0
    with acting(PURGE, is_reading=True), connection.cursor() as cursor:
        for table in ("event", "conversation", "mention", "handle", "party", "participant"):
            cursor.execute(f"SELECT * FROM messaging_{table}")
            found += sum(words in str(row) for row in cursor.fetchall())
    return found


def read(actor, conversation):
    with acting(actor, is_reading=True):
        return [one.body for one in messages_before(actor, conversation_id=conversation.pk)]


def test_only_the_purge_purges():
    with pytest.raises(ValueError, match="only the purge"):
        purge_messages(system(Purpose.OPERATOR))


def test_nothing_goes_before_its_time(cast):
    conversation = channel(cast)
    say(cast.actor("omar"), conversation, "Canary of spring")
    purge_messages(PURGE, now=in_days(89))
    assert read(cast.actor("chiara"), conversation) == ["May we talk?", "Canary of spring"]


def test_what_is_older_is_gone_from_every_table_and_who_takes_part_stays(cast):
    conversation, other = channel(cast), channel(cast)
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    say(omar, conversation, "Canary of spring for @visiteurs-exemple")
    with acting(cast.actor("amara")):
        set_retention(cast.actor("amara"), conversation_id=conversation.pk, days=30)
    say(omar, other, "Stays")
    assert rows_with("Canary of spring") == 1
    told = purge_messages(PURGE, now=in_days(31))
    assert told["messages"] > 3
    assert rows_with("Canary of spring") == 0
    assert read(chiara, conversation) == []
    assert read(chiara, other)[-1] == "Stays"

    # The talk goes on, and the log still folds to what the tables say.
    said = say(chiara, conversation, "Summer")
    assert read(omar, conversation) == ["Summer"]
    with acting(MESSENGER, is_reading=True):
        present = Conversation.objects.beyond_scope().get(pk=conversation.pk)
        log = Event.objects.beyond_scope().filter(conversation=present).order_by("seq")
        state = fold(log, present.base)
    assert state.last_seq == present.last_seq == said.seq
    assert state.floor_seq == present.floor_seq
    assert len(state.parties) == 2
    with acting(omar, is_reading=True):
        assert [one.seq for one in events_after(omar, conversation_id=conversation.pk, after=0)]
        assert {one.id for one in inbox(omar)} >= {conversation.pk, other.pk}


def test_a_silent_conversation_does_not_speak_of_itself_for_ever(cast):
    conversation = channel(cast)
    purge_messages(PURGE, now=in_days(91))
    for days in (92, 200, 400):
        assert purge_messages(PURGE, now=in_days(days))["messages"] == 0
    with acting(MESSENGER, is_reading=True):
        kinds = Event.objects.beyond_scope().filter(conversation=conversation).values_list("kind")
        assert list(kinds) == [("expired",)]


def test_words_that_were_taken_back_go_after_a_week(cast):
    conversation, omar = channel(cast), cast.actor("omar")
    gone, changed = say(omar, conversation, "Canary one"), say(omar, conversation, "Canary two")
    values = {"conversation_id": conversation.pk}
    with acting(omar):
        delete_message(omar, **values, target=gone.id, client_id=gone.conversation_id)
        edit_message(
            omar, **values, target=changed.id, client_id=changed.id, body="Better", language="en"
        )
    purge_messages(PURGE, now=in_days(6))
    assert rows_with("Canary") == 2
    assert purge_messages(PURGE, now=in_days(8))["words_of_messages"] == 2
    assert rows_with("Canary") == 0
    assert read(cast.actor("chiara"), conversation)[-1] == "Better"


def test_of_several_changes_only_the_last_keeps_its_words(cast, monkeypatch):
    monkeypatch.setattr("messaging.actions.purging.AT_ONCE", 2)
    conversation, omar = channel(cast), cast.actor("omar")
    said = say(omar, conversation, "Canary at first")
    words = ("Canary then", "Canary again", "Canary too", "At last")
    with acting(omar):
        for body in words:
            edit_message(
                omar,
                conversation_id=conversation.pk,
                target=said.id,
                client_id=uuid.uuid4(),
                body=body,
            )
    assert purge_messages(PURGE, now=in_days(6))["words_of_messages"] == 0
    assert purge_messages(PURGE, now=in_days(8))["words_of_messages"] == 4
    assert (rows_with("Canary"), rows_with("At last")) == (0, 1)
