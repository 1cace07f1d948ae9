"""Searching messages: what somebody may read now, by the words that stand there now."""

from __future__ import annotations

import uuid

import pytest

from messaging.actions.leaving import leave_conversation
from messaging.actions.purging import purge_messages
from messaging.actions.reading import mute
from messaging.actions.sending import delete_message, edit_message
from messaging.actions.standing import forget_organization
from messaging.enums import EventKind
from messaging.finding import asked_words, excerpt
from messaging.models import MessageWord
from messaging.queries import search
from messaging.queries.events import as_they_stand, events_after, messages_before
from messaging.queries.search import messages_with
from network.enums import Role
from network.models import Membership
from network.tenancy import acting
from tests.counting import questions
from tests.messaging.talking import (
    MESSENGER,
    OPERATOR,
    PURGE,
    accepts,
    ask,
    change_organization,
    channel,
    group,
    say,
    third,
)
from tests.messaging.test_purging import in_days

pytestmark = pytest.mark.django_db


def found(actor, words, conversation=None):
    """The bodies that somebody finds, the newest first."""
    with acting(actor, is_reading=True):
        only = None if conversation is None else conversation.pk
        rows = messages_with(actor, asked_words(words), conversation_id=only).rows
        page = list(rows.order_by("-created_at", "-id"))
        return [one.body for one in as_they_stand(actor, page)]


def change(actor, conversation, sent, body):
    with acting(actor):
        edit_message(
            actor,
            conversation_id=conversation.pk,
            client_id=uuid.uuid4(),
            target=sent.id,
            body=body,
        )


def delete(actor, conversation, sent):
    with acting(actor):
        delete_message(
            actor, conversation_id=conversation.pk, client_id=uuid.uuid4(), target=sent.id
        )


def words():
    with acting(MESSENGER, is_reading=True):
        return sorted(MessageWord.objects.values_list("word", flat=True))


def test_who_has_no_part_finds_nothing(cast):
    conversation, omar = channel(cast), cast.actor("omar")
    say(omar, conversation, "Heron on Tuesday")
    say(omar, group(omar, topic="Own"), "Heron alone")
    _other, olga = third()
    for actor in (olga, cast.actor("bilal"), cast.actor("esi")):
        assert found(actor, "heron") == []
    assert found(cast.actor("chiara"), "heron") == ["Heron on Tuesday"]
    assert found(omar, "heron") == ["Heron alone", "Heron on Tuesday"]
    assert found(omar, "heron", conversation) == ["Heron on Tuesday"]


def test_who_lost_the_role_or_is_frozen_finds_nothing(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    say(omar, conversation, "Heron")
    with acting(OPERATOR):
        Membership.objects.filter(person_id=chiara.person_id).update(role=Role.MEMBER)
    assert found(chiara, "heron") == []
    change_organization(cast.a, locked_down_at=in_days(0))
    assert found(omar, "heron") == []


def test_left_and_muted_conversations_are_found_as_far_as_they_are_read(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    say(omar, conversation, "Heron before")
    with acting(chiara):
        mute(chiara, conversation_id=conversation.pk, is_muted=True)
    assert found(chiara, "heron") == ["Heron before"]
    with acting(chiara):
        leave_conversation(chiara, conversation_id=conversation.pk)
    say(omar, conversation, "Heron after")
    assert found(chiara, "heron") == ["Heron before"]


def test_what_was_changed_is_found_by_what_it_says_now(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    sent = say(omar, conversation, "Heron at nine")
    change(omar, conversation, sent, "Egret at ten")
    assert (found(chiara, "heron"), found(chiara, "egret")) == ([], ["Egret at ten"])
    change(omar, conversation, sent, "Stork at ten")
    assert (found(chiara, "egret"), found(chiara, "stork ten")) == ([], ["Stork at ten"])
    delete(omar, conversation, sent)
    assert found(chiara, "stork") == []
    assert not set(words()) & {"heron", "egret", "stork", "nine", "ten"}


def test_a_change_after_one_left_is_not_found_by_its_words(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    sent = say(omar, conversation, "Heron")
    with acting(chiara):
        leave_conversation(chiara, conversation_id=conversation.pk)
    change(omar, conversation, sent, "Egret")
    assert found(omar, "egret") == ["Egret"]
    assert found(chiara, "egret") == []


def test_who_was_asked_finds_the_request_and_nothing_after_it(cast):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    conversation = ask(omar, cast.b, body="Heron?")
    assert found(chiara, "heron") == ["Heron?"]
    accepts(chiara, conversation)
    say(omar, conversation, "Heron!")
    assert found(chiara, "heron") == ["Heron!", "Heron?"]


def test_a_deletion_counts_for_who_left_before_it(cast):
    """The same by the page, by the API and by the search, on either database."""
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    sent, kept = say(omar, conversation, "Heron"), say(omar, conversation, "Heron stays")
    change(omar, conversation, sent, "Heron anew")
    with acting(chiara):
        leave_conversation(chiara, conversation_id=conversation.pk)
    delete(omar, conversation, sent)
    at = {"conversation_id": conversation.pk}
    for actor in (omar, chiara):
        with acting(actor, is_reading=True):
            page = {one.id: one for one in messages_before(actor, **at)}
            log = events_after(actor, after=0, **at)
        assert (page[sent.id].body, page[sent.id].is_deleted) == ("", True)
        assert page[kept.id].body == "Heron stays"
        assert [one.body for one in log if one.kind in (EventKind.MESSAGE, EventKind.EDIT)] == [
            "May we talk?",
            "",
            "Heron stays",
            "",
        ]
        assert found(actor, "heron") == ["Heron stays"]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Les visites de l'été, à Genève", "ete geneve"),
        ("Mañana visitamos", "MANANA visit"),
        ("زيارة يوم الثلاثاء", "زياره الثلاثاء"),
        ("مُحَمَّد سيأتي", "محمد"),
        ("我们星期二去看望", "星期二"),
        ("Raum 12, ab \uff19 Uhr", "9 12"),
    ],
)
def test_words_are_folded_as_in_the_directory(cast, said, asked):
    omar = cast.actor("omar")
    conversation = group(omar)
    say(omar, conversation, said)
    say(omar, conversation, "Something else")
    assert found(omar, asked) == [said]
    marked = [one.text for one in excerpt(said, asked_words(asked)) if one.is_found]
    assert marked


def test_all_words_must_stand_in_one_message(cast):
    omar = cast.actor("omar")
    conversation = group(omar)
    say(omar, conversation, "Heron on Tuesday")
    say(omar, conversation, "Egret on Friday")
    assert found(omar, "heron friday") == []
    assert found(omar, "tues HERON") == ["Heron on Tuesday"]
    assert found(omar, "uesday") == found(omar, "%") == found(omar, "") == []


def test_words_go_with_the_message_the_conversation_and_the_group(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    say(omar, conversation, "Heron")
    say(chiara, conversation, "Egret")
    say(chiara, group(chiara, topic="Own"), "Stork")
    forget_organization(cast.b.pk)
    assert "heron" in words()
    assert not set(words()) & {"egret", "stork"}
    purge_messages(PURGE, now=in_days(91))
    assert words() == []


def test_a_word_that_stands_in_very_many_messages_needs_another_one(cast, monkeypatch):
    monkeypatch.setattr(search, "MOST", 2)
    omar = cast.actor("omar")
    conversation = group(omar)
    for day in ("Monday", "Tuesday", "Wednesday"):
        say(omar, conversation, f"Heron on {day}")
    with acting(omar, is_reading=True):
        assert messages_with(omar, asked_words("heron")).is_too_many
        assert not messages_with(omar, asked_words("heron tuesday")).is_too_many
    assert found(omar, "heron tuesday") == ["Heron on Tuesday"]


def test_the_number_of_questions_does_not_grow(cast):
    omar = cast.actor("omar")
    for number in range(3):
        conversation = group(omar, topic=f"Talk {number}")
        say(omar, conversation, "Heron and egret")
        with acting(omar, is_reading=True), questions(6):
            rows = messages_with(omar, asked_words("heron egret")).rows
            page = list(rows.order_by("-created_at", "-id")[:50])
            assert len(as_they_stand(omar, page)) == number + 1


def test_an_excerpt_shows_the_words_within_some_others():
    text = f"{'Far away. ' * 40}The heron of Herons Bay, {'and on. ' * 60}"
    pieces = excerpt(text, asked_words("heron"))
    assert [one.text for one in pieces if one.is_found] == ["heron", "Herons"]
    assert (pieces[0].text, pieces[-1].text) == ("\u2026 ", " \u2026")
    assert sum(len(one.text) for one in pieces) < 400
    assert "".join(one.text for one in excerpt("a <b> c", ("x",))) == "a <b> c"
