"""Translations that people attach: whose, of what, how long, and that nobody is disturbed."""

import datetime as dt
import uuid

import pytest
from django.conf import settings as site
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from messaging.actions import targets
from messaging.actions.leaving import invite, leave_conversation
from messaging.actions.purging import purge_messages
from messaging.actions.sending import delete_message, edit_message, translate_message
from messaging.errors import ConversationClosed
from messaging.models import Conversation, Event, Handle
from messaging.queries.events import events_after, message_for, messages_before
from messaging.queries.inbox import conversation_for
from network.permissions import Refused
from network.tenancy import acting
from tests.counting import questions
from tests.messaging.talking import (
    PURGE,
    accepts,
    ask,
    channel,
    group,
    join,
    log_of,
    say,
    third,
)

pytestmark = pytest.mark.django_db


def translate(actor, conversation, said, body="Bonjour", language="fr", **values):
    values.setdefault("client_id", uuid.uuid4())
    with acting(actor):
        return translate_message(
            actor,
            conversation_id=conversation.pk,
            target=said.id,
            body=body,
            language=language,
            **values,
        )


def take_back(actor, conversation, made):
    with acting(actor):
        return delete_message(
            actor, conversation_id=conversation.pk, client_id=uuid.uuid4(), target=made.id
        )


def edit(actor, conversation, said, body="Better"):
    with acting(actor):
        edit_message(
            actor,
            conversation_id=conversation.pk,
            client_id=uuid.uuid4(),
            target=said.id,
            body=body,
            language="en",
        )


def seen(actor, conversation, said):
    with acting(actor, is_reading=True):
        row = message_for(actor, conversation_id=conversation.pk, message_id=said.id)
        return [(one.language, one.body, one.is_earlier, one.is_mine) for one in row.translations]


def bodies_in_log(actor, conversation):
    with acting(actor, is_reading=True):
        rows = events_after(actor, conversation_id=conversation.pk, after=0)
        return [one.body for one in rows if one.kind == "translation"]


@pytest.fixture
def talk(cast):
    """A channel of two groups, and what Omar said in it."""
    conversation = channel(cast)
    said = say(cast.actor("omar"), conversation, "Good morning @visiteurs-du-port", language="en")
    return conversation, said


# Refusals first.


@pytest.mark.parametrize("name", ["bilal", "edna"])
def test_whose_role_has_no_messages_translates_nothing(cast, talk, name):
    with pytest.raises(Refused):
        translate(cast.actor(name), *talk)


def test_who_has_no_part_translates_nothing(cast, talk):
    _other, olga = third()
    with pytest.raises(Conversation.DoesNotExist):
        translate(olga, *talk)
    late = join(cast.b, "late")
    with pytest.raises(Conversation.DoesNotExist):
        translate(late, *talk)


def test_what_was_said_before_one_came_is_not_there_to_translate(cast):
    omar, amara = cast.actor("omar"), cast.actor("amara")
    conversation = group(omar)
    said = say(omar, conversation, "Before", language="en")
    with acting(omar):
        invite(omar, conversation_id=conversation.pk, members=[amara.person_id])
    accepts(amara, conversation)
    with pytest.raises(ConversationClosed) as closed:
        translate(amara, conversation, said)
    assert closed.value.code == "target"


def test_neither_an_edit_nor_a_translation_nor_nothing_is_translated(cast, talk):
    conversation, said = talk
    made = translate(cast.actor("chiara"), conversation, said)
    edit(cast.actor("omar"), conversation, said)
    edited = next(one for one in log_of(conversation) if one.kind == "edit")
    for wrong in (made.id, edited.pk, uuid.uuid4()):
        with acting(cast.actor("omar")), pytest.raises(ConversationClosed) as closed:
            translate_message(
                cast.actor("omar"),
                conversation_id=conversation.pk,
                client_id=uuid.uuid4(),
                target=wrong,
                body="x",
                language="es",
            )
        assert closed.value.code == "target"


def test_who_left_translates_no_more(cast, talk):
    chiara = cast.actor("chiara")
    with acting(chiara):
        leave_conversation(chiara, conversation_id=talk[0].pk)
    with pytest.raises(ConversationClosed) as closed:
        translate(chiara, *talk)
    assert closed.value.code == "left"


@pytest.mark.parametrize(
    ("body", "language", "field", "code"),
    [
        ("", "fr", "body", "required"),
        ("Bonjour", "", "language", "required"),
        ("Bonjour", "not a language", "language", "language"),
        ("Good", "en", "language", "language"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast, talk, body, language, field, code):
    with pytest.raises(ValidationError) as error:
        translate(cast.actor("chiara"), *talk, body=body, language=language)
    assert [(name, one[0].code) for name, one in error.value.error_dict.items()] == [(field, code)]
    assert "translation" not in [one.kind for one in log_of(talk[0])]


def test_a_message_holds_so_many_and_no_more(cast, talk, monkeypatch):
    monkeypatch.setattr(targets, "MAX_TRANSLATIONS", 2)
    conversation, _said = talk
    chiara = cast.actor("chiara")
    first, key = translate(chiara, *talk, language="fr"), uuid.uuid4()
    second = translate(chiara, *talk, language="es", client_id=key)
    with pytest.raises(ValidationError) as error:
        translate(cast.actor("amara"), *talk, language="ar")
    assert error.value.error_dict["body"][0].code == "many"
    # A replacement is none more, and what was sent once stays sent.
    translate(chiara, *talk, body="Bien le bonjour", language="fr")
    assert translate(chiara, *talk, language="es", client_id=key).is_repeat
    assert second.id != first.id
    take_back(chiara, conversation, second)
    translate(cast.actor("amara"), *talk, language="ar")


def test_nobody_takes_back_what_another_translated(cast, talk):
    conversation, _said = talk
    made = translate(cast.actor("chiara"), *talk)
    for name in ("omar", "amara"):  # the author of the message, and a colleague of theirs
        with pytest.raises(ConversationClosed) as closed:
            take_back(cast.actor(name), conversation, made)
        assert closed.value.code == "target"
    assert seen(cast.actor("omar"), *talk) == [("fr", "Bonjour", False, False)]


@pytest.mark.skipif(not site.HAS_OWNER_ROLE, reason="row security needs PostgreSQL")
def test_the_database_lets_nobody_translate_in_anothers_name(cast, talk):
    conversation, said = talk
    with acting(PURGE, is_reading=True):
        theirs = Handle._base_manager.get(organization=cast.a)
    forged = {"kind": "translation", "body": "x", "language": "fr", "target": said.id}
    with acting(cast.actor("chiara")), pytest.raises(DatabaseError), transaction.atomic():
        Event(conversation=conversation, state="queued", handle=theirs, **forged).save(
            force_insert=True
        )


# What it is.


def test_it_stands_beside_the_original_and_the_last_of_a_handle_counts(cast, talk):
    conversation, said = talk
    chiara, omar = cast.actor("chiara"), cast.actor("omar")
    translate(chiara, *talk, body="Bonjour")
    translate(chiara, *talk, body="Bien le bonjour")
    translate(omar, *talk, body="Salut")
    translate(omar, *talk, body="Buenos", language="es")
    assert seen(chiara, *talk) == [
        ("fr", "Bien le bonjour", False, True),
        ("fr", "Salut", False, False),
        ("es", "Buenos", False, False),
    ]
    with acting(chiara, is_reading=True):
        row = message_for(chiara, conversation_id=conversation.pk, message_id=said.id)
    assert row.body == "Good morning @visiteurs-du-port"
    assert {one.organization_name for one in row.translations} == {cast.a.name, cast.b.name}


def test_it_is_not_said_and_names_nobody(cast, talk):
    conversation, _said = talk
    chiara, omar = cast.actor("chiara"), cast.actor("omar")
    with acting(chiara, is_reading=True):
        before = conversation_for(chiara, conversation.pk)
    assert (before.unread, before.mentions) == (2, 1)
    translate(omar, *talk, body="Bonjour @visiteurs-du-port", language="fr")
    translate(chiara, *talk, body="Para @harbour-visitors", language="es")
    with acting(chiara, is_reading=True):
        after = conversation_for(chiara, conversation.pk)
    assert (after.unread, after.mentions) == (2, 1)
    assert after.last_seq > before.last_seq
    with acting(omar, is_reading=True):
        assert conversation_for(omar, conversation.pk).mentions == 0


def test_sent_twice_it_is_there_once(cast, talk):
    key = uuid.uuid4()
    first = translate(cast.actor("chiara"), *talk, client_id=key)
    again = translate(cast.actor("chiara"), *talk, client_id=key)
    assert (again.id, again.seq, again.is_repeat) == (first.id, first.seq, True)
    assert len(seen(cast.actor("omar"), *talk)) == 1


def test_a_changed_message_marks_what_was_translated_before(cast, talk):
    conversation, said = talk
    chiara, omar = cast.actor("chiara"), cast.actor("omar")
    translate(chiara, *talk)
    edit(omar, conversation, said)
    translate(omar, *talk, body="Mejor", language="es")
    assert seen(omar, *talk) == [("fr", "Bonjour", True, False), ("es", "Mejor", False, True)]
    translate(chiara, *talk, body="Mieux")
    assert ("fr", "Mieux", False, False) in seen(omar, *talk)


def test_it_is_taken_back_and_goes_with_the_message_at_once(cast, talk):
    conversation, said = talk
    chiara, omar = cast.actor("chiara"), cast.actor("omar")
    made = translate(chiara, *talk)
    translate(omar, *talk, body="Hola", language="es")
    take_back(chiara, conversation, made)
    assert seen(chiara, *talk) == [("es", "Hola", False, False)]
    assert bodies_in_log(chiara, conversation) == ["", "Hola"]
    with pytest.raises(ConversationClosed):
        take_back(chiara, conversation, made)
    take_back(omar, conversation, said)  # the message itself
    assert seen(chiara, *talk) == []
    assert bodies_in_log(chiara, conversation) == ["", ""]
    for one in (chiara, omar):
        with pytest.raises(ConversationClosed) as closed:
            translate(one, *talk)
        assert closed.value.code == "target"


def words_in_tables():
    with acting(PURGE, is_reading=True):
        rows = Event.objects.beyond_scope().filter(kind="translation").exclude(body="")
        return sorted(rows.values_list("body", flat=True))


def test_words_that_do_not_count_any_more_are_purged(cast, talk):
    conversation, said = talk
    chiara, omar = cast.actor("chiara"), cast.actor("omar")
    translate(chiara, *talk, body="Replaced")
    translate(chiara, *talk, body="Kept though the message was changed")
    taken = translate(omar, *talk, body="Taken back", language="es")
    take_back(omar, conversation, taken)
    edit(omar, conversation, said)
    gone = say(omar, conversation, "Gone", language="en")
    translate(chiara, conversation, gone, body="Of a deleted one")
    take_back(omar, conversation, gone)
    purge_messages(PURGE, now=timezone.now() + dt.timedelta(days=6))
    assert len(words_in_tables()) == 4
    purge_messages(PURGE, now=timezone.now() + dt.timedelta(days=8))
    assert words_in_tables() == ["Kept though the message was changed"]
    assert seen(omar, *talk) == [("fr", "Kept though the message was changed", True, False)]


def test_words_go_with_a_message_that_is_past_its_time(cast, talk):
    conversation, _said = talk
    translate(cast.actor("chiara"), *talk, body="Canary")
    [first] = [one for one in log_of(conversation) if one.kind == "translation"]
    young = say(cast.actor("omar"), conversation, "Young", language="en")
    translate(cast.actor("chiara"), conversation, young, body="Of the young one")
    # The message is older than 90 days, and what was made of it is not.
    purge_messages(PURGE, now=first.created_at + dt.timedelta(days=90))
    assert words_in_tables() == ["Of the young one"]
    assert first.pk in [one.pk for one in log_of(conversation)]


def test_a_page_of_messages_costs_the_same_with_many_translations(cast, talk):
    conversation, _said = talk
    chiara = cast.actor("chiara")

    def page():
        with acting(chiara, is_reading=True), questions(3):
            found = messages_before(chiara, conversation_id=conversation.pk)
        return [len(one.translations) for one in found]

    translate(chiara, *talk)
    assert page() == [0, 1]
    for language in ("es", "ar", "pt"):
        translate(cast.actor("omar"), *talk, language=language)
    assert page() == [0, 4]


def test_a_first_message_can_be_translated_once_it_was_accepted(cast):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    conversation = ask(omar, cast.b)
    first = next(one for one in log_of(conversation) if one.kind == "message")
    with acting(chiara), pytest.raises(ConversationClosed) as closed:
        translate_message(
            chiara,
            conversation_id=conversation.pk,
            client_id=uuid.uuid4(),
            target=first.pk,
            body="x",
            language="fr",
        )
    assert closed.value.code == "unanswered"
