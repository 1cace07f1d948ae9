"""What PostgreSQL alone shows of conversations, without a scope and without our queries."""

import uuid

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from messaging.actions.answering import refuse
from messaging.actions.leaving import leave_conversation
from messaging.actions.sending import edit_message
from messaging.models import (
    Attachment,
    Block,
    ContactRequest,
    Conversation,
    Event,
    Handle,
    Mention,
    MessageWord,
    Participant,
    Party,
)
from network.models import Membership, Organization, Person
from network.tenancy import Purpose, acting, steward, system, visitor
from tests.messaging.talking import (
    HUB,
    OPERATOR,
    ask,
    change_organization,
    channel,
    group,
    membership_of,
    say,
    text_file,
    third,
)
from tests.uploaded import files

__all__ = ["files"]  # a fixture

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("files"),
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]

SPANNING = (Conversation, Party, Handle, Event, Mention, Attachment, Participant)


def counts(actor, models=SPANNING):
    with acting(actor):
        return [model._base_manager.count() for model in models]


@pytest.fixture
def talk(cast):
    conversation = channel(cast)
    say(cast.actor("chiara"), conversation, "For @harbour-visitors", files=(text_file(),))
    return conversation


def test_who_has_no_part_sees_nothing(cast, talk):
    _other, olga = third()
    for actor in (
        olga,
        visitor(),
        cast.actor("bilal"),
        cast.actor("edna"),
        cast.actor("farid"),
        steward(cast.dov.pk),
        *(system(one) for one in (Purpose.MAIL, Purpose.SIGN_IN, Purpose.RELEASE)),
    ):
        assert counts(actor) == [0] * len(SPANNING), actor
    assert counts(OPERATOR, SPANNING[:-1]) == [0] * 6


def test_a_person_reads_their_own_row_and_nobody_elses(cast, talk):
    for name in ("omar", "amara", "chiara"):
        with acting(cast.actor(name)):
            rows = Participant._base_manager.values_list("person_id", flat=True)
            assert set(rows) == {getattr(cast, name).pk}
            assert Person._base_manager.count() == 1


def test_a_colleagues_conversation_is_not_the_organizations(cast, talk):
    omar, amara = cast.actor("omar"), cast.actor("amara")
    before = counts(amara)
    alone = group(omar)
    say(omar, alone, "Mine")
    assert counts(amara) == before


@pytest.mark.parametrize("what", ["ended", "role", "suspended", "locked"])
def test_what_ended_is_seen_to_have_ended_without_a_receiver(cast, talk, what):
    chiara = cast.actor("chiara")
    membership = Membership.objects.beyond_scope().filter(pk=membership_of(chiara).pk)
    with acting(OPERATOR):
        now = Organization.objects.get(pk=cast.b.pk).created_at
        if what == "ended":
            membership.update(ended_at=now)
        if what == "role":
            membership.update(role="editor")
    if what == "suspended":
        change_organization(cast.b, status="suspended")
    if what == "locked":
        change_organization(cast.b, locked_down_at=now)
    assert counts(chiara) == [0] * len(SPANNING)


def test_the_range_is_kept_by_the_database(cast):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    conversation = ask(omar, cast.b, body="First")
    with acting(chiara):
        refuse(chiara, conversation_id=conversation.pk)
        seen = set(Event._base_manager.values_list("kind", flat=True))
        assert "message" in seen
        head = Conversation._base_manager.get().last_seq
        assert ContactRequest._base_manager.get().state == "refused"
    with acting(omar):
        assert ContactRequest._base_manager.count() == 0
        assert Block._base_manager.count() == 0
        assert Event._base_manager.count() == head


def test_nobody_writes_in_anothers_name_or_lets_themselves_in(cast, talk):
    _other, olga = third()
    chiara = cast.actor("chiara")
    with acting(HUB):
        theirs = Handle._base_manager.get(organization=cast.a)
        party = Party._base_manager.get(organization=cast.b)
    forged = {"conversation": talk, "kind": "message", "body": "x", "handle": theirs}
    for actor in (olga, chiara, OPERATOR, HUB):
        with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
            Event(state="queued", **forged).save(force_insert=True)
    membership = membership_of(olga)
    with acting(olga), pytest.raises(DatabaseError), transaction.atomic():
        Participant._base_manager.create(
            conversation=talk,
            party=party,
            organization_id=olga.organization_id,
            person_id=olga.person_id,
            membership=membership,
            joined_seq=0,
        )
    with acting(olga):
        assert Conversation._base_manager.update(topic="x") == 0


def seen_words(actor):
    with acting(actor):
        return set(MessageWord._base_manager.values_list("word", flat=True))


def test_words_are_seen_in_ones_range_and_written_by_who_said_them(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    said = say(omar, conversation, "Heron")
    with acting(chiara):
        leave_conversation(chiara, conversation_id=conversation.pk)
    say(omar, conversation, "Egret")
    _other, olga = third()
    assert {"heron", "egret"} <= seen_words(omar)
    assert seen_words(chiara) & {"heron", "egret"} == {"heron"}
    for actor in (olga, visitor(), system(Purpose.OPERATOR), system(Purpose.DIGEST), HUB):
        assert seen_words(actor) == set()
    amara = cast.actor("amara")
    for actor in (amara, chiara, olga):
        with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
            MessageWord.objects.create(
                conversation=conversation,
                message=said.id,
                message_seq=said.seq,
                seq=said.seq,
                word="planted",
            )
        with acting(actor):
            MessageWord._base_manager.all().delete()
            assert MessageWord._base_manager.update(word="changed") == 0
    assert {"heron", "egret"} <= seen_words(omar)


def test_who_writes_adds_words_of_what_they_say_and_no_others(cast):
    conversation, omar, amara = channel(cast), cast.actor("omar"), cast.actor("amara")
    theirs, said = say(amara, conversation, "Heron"), say(omar, conversation, "Egret")
    with acting(omar):
        edited = edit_message(
            omar,
            conversation_id=conversation.pk,
            client_id=uuid.uuid4(),
            target=said.id,
            body="Bittern",
        )
    odd = [
        # Of somebody else's message, or as if it were in it.
        (theirs.id, theirs.seq, theirs.seq),
        (theirs.id, theirs.seq, said.seq),
        (theirs.id, theirs.seq, edited.seq),
        (theirs.id, said.seq, said.seq),
        # At a number that is not its own; of a change, which is the messenger's to put.
        (edited.id, edited.seq, edited.seq),
        (said.id, theirs.seq, said.seq),
        (said.id, edited.seq, edited.seq),
        (said.id, edited.seq + 1, edited.seq),
        (said.id, theirs.seq, edited.seq),
        (said.id, said.seq, edited.seq),
    ]
    for message, message_seq, seq in odd:
        with acting(omar), pytest.raises(DatabaseError), transaction.atomic():
            MessageWord.objects.create(
                conversation=conversation,
                message=message,
                message_seq=message_seq,
                seq=seq,
                word="planted",
            )
    assert seen_words(omar) >= {"heron", "bittern"}
    assert seen_words(omar) & {"egret", "planted"} == set()
