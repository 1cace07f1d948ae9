"""Sending: numbers without a gap, once a client id, by who stands at that moment."""

import uuid
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from messaging import hints
from messaging.actions.leaving import leave_conversation, remove_participant, show_name
from messaging.actions.reading import mark_read, mute
from messaging.actions.sending import delete_message, edit_message
from messaging.errors import ConversationClosed
from messaging.models import Conversation, Event, Handle, Mention, Participant, Party
from messaging.queries.delivery import deliveries
from messaging.queries.events import messages_before
from messaging.queries.handles import handles_of, people_behind
from messaging.queries.inbox import conversation_for, heads, inbox, unread_totals
from messaging.queries.readers import readers_of
from network.actions.organizations import end_membership
from network.enums import Role
from network.models import Membership, Node
from network.permissions import Refused
from network.tenancy import acting
from tests.cast import make_cast
from tests.counting import questions
from tests.messaging.talking import (
    HUB,
    MESSENGER,
    OPERATOR,
    PURGE,
    accepts,
    channel,
    fresh,
    group,
    join,
    log_of,
    membership_of,
    read,
    row_of,
    say,
    third,
)
from tests.several import at_once


@pytest.mark.django_db
def test_who_has_no_part_writes_nothing_and_cannot_tell_it_from_missing(cast):
    conversation = channel(cast)
    _other, olga = third()
    for target in (conversation, Conversation()):
        with pytest.raises(Conversation.DoesNotExist):
            say(olga, target)
        with acting(olga, is_reading=True), pytest.raises(Conversation.DoesNotExist):
            conversation_for(olga, target.pk)
    with pytest.raises(Refused):
        say(cast.actor("edna"), conversation)
    assert read(olga, conversation) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    ["", " \n ", "x" * 16_385, "ß" * 8193, "a\x00b", "a\ud800b", "\u202eabc", "\u2800"],
    ids=["none", "blank", "long", "bytes", "nul", "half", "bidi", "unseen"],
)
def test_what_is_no_text_is_not_sent(cast, body):
    conversation = channel(cast)
    before = fresh(conversation).last_seq
    with pytest.raises(ValidationError) as error:
        say(cast.actor("omar"), conversation, body)
    assert list(error.value.error_dict) == ["body"]
    assert fresh(conversation).last_seq == before


@pytest.mark.django_db
def test_sent_again_it_is_the_same_answer_and_no_number_is_lost(cast):
    conversation, omar, key = channel(cast), cast.actor("omar"), uuid.uuid4()
    first = say(omar, conversation, "Once", client_id=key)
    again = say(omar, conversation, "Once", client_id=key)
    assert (again.id, again.seq, again.is_repeat) == (first.id, first.seq, True)
    assert say(omar, conversation).seq == first.seq + 1
    assert say(cast.actor("amara"), conversation, client_id=key).is_repeat is False
    assert [one.seq for one in log_of(conversation)] == list(
        range(1, fresh(conversation).last_seq + 1)
    )
    with acting(omar):
        leave_conversation(omar, conversation_id=conversation.pk)
    assert say(omar, conversation, "Once", client_id=key).seq == first.seq
    with pytest.raises(ConversationClosed):
        say(omar, conversation, "More")


def test_many_at_once_leave_no_gap(committed):
    with acting(OPERATOR) as operator:
        cast = make_cast(operator)
    conversation = channel(cast)
    names = ("omar", "amara", "chiara")
    keys = [uuid.uuid4() for _ in range(12)]
    actors = [cast.actor(names[n % 3]) for n in range(12)]
    works = [
        partial(say, actor, conversation, "At once", client_id=keys[n // 6])
        for n, actor in enumerate(actors)
    ]
    answers = at_once(works, threads=4)
    assert not [one for one in answers if isinstance(one, Exception)]
    log = log_of(conversation)
    assert [one.seq for one in log] == list(range(1, fresh(conversation).last_seq + 1))
    said = {one.pk for one in log if one.body == "At once"}
    assert {one.id for one in answers} == said


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 50, 1000])
def test_statements_do_not_grow_with_participants(cast, number):
    conversation, omar = channel(cast), cast.actor("omar")
    with acting(MESSENGER):
        party = Party.objects.get(conversation=conversation, organization=cast.b)
    membership = membership_of(cast.actor("chiara"))
    with acting(MESSENGER):
        Participant.objects.filter(party=party).update(ended_as="left", left_seq=0)
        Participant.objects.bulk_create(
            Participant(
                conversation=conversation,
                party=party,
                organization=cast.b,
                person_id=membership.person_id,
                membership=membership,
                joined_seq=0,
                left_seq=0,
                ended_as="left",
            )
            for _ in range(number)
        )
    with acting(omar):
        from messaging.actions.sending import send_message

        with CaptureQueriesContext(connection) as seen:
            send_message(
                omar, conversation_id=conversation.pk, client_id=uuid.uuid4(), body="Hello"
            )
    assert len(seen) == 9, [one["sql"][:80] for one in seen]


@pytest.mark.django_db
def test_reading_takes_a_fixed_number_of_queries(cast, django_assert_num_queries):
    omar = cast.actor("omar")
    first = channel(cast)
    for round_ in range(2):
        say(cast.actor("chiara"), first, f"Hello @harbour-visitors {round_}")
        with acting(omar, is_reading=True):
            with django_assert_num_queries(2):
                inbox(omar)
            with django_assert_num_queries(1):
                heads(omar)
            with django_assert_num_queries(1):
                unread_totals(omar)
            with questions(3):
                messages_before(omar, conversation_id=first.pk)
        with acting(HUB, is_reading=True), django_assert_num_queries(2):
            deliveries(HUB, {first.pk: 0})
        for _ in range(3):
            group(omar)


@pytest.mark.django_db
def test_unread_and_mentions_are_counted_from_where_one_has_read(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    say(omar, conversation, "My own does not count for me")
    say(chiara, conversation, "To @harbour-visitors and @harbour-visitors/1, @nobody/7")
    say(chiara, conversation, "Only for @harbour-visitors/coordinators")
    last = say(chiara, conversation, "mail@harbour-visitors is no name").seq
    with acting(omar):
        row = conversation_for(omar, conversation.pk)
        assert (row.unread, row.mentions, unread_totals(omar)) == (3, 1, (1, 1))
        assert mark_read(omar, conversation_id=conversation.pk, seq=last - 1) == last - 1
        assert mark_read(omar, conversation_id=conversation.pk, seq=1) == last - 1
        assert conversation_for(omar, conversation.pk).unread == 1
        assert mark_read(omar, conversation_id=conversation.pk, seq=10**6) == last
        assert unread_totals(omar) == (0, 0)
        mute(omar, conversation_id=conversation.pk, is_muted=True)
    say(chiara, conversation, "@harbour-visitors/1")
    with acting(omar, is_reading=True):
        row = conversation_for(omar, conversation.pk)
        assert (row.unread, row.mentions, unread_totals(omar)) == (0, 0, (0, 0))
        assert heads(omar)[conversation.pk].last_seq == last + 1


@pytest.mark.django_db
def test_edits_and_deletions_are_events_of_who_wrote(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    first = say(omar, conversation, "Frist")
    reply = say(chiara, conversation, "Reply", thread_root=first.id)
    deep = say(omar, conversation, "Deep", thread_root=reply.id)
    at = {"conversation_id": conversation.pk}
    with acting(chiara), pytest.raises(ConversationClosed) as closed:
        edit_message(chiara, client_id=uuid.uuid4(), target=first.id, body="Forged", **at)
    assert closed.value.code == "target"
    with acting(omar):
        edit_message(omar, client_id=uuid.uuid4(), target=first.id, body="First", **at)
        shown = {one.id: one for one in messages_before(omar, thread_root=first.id, **at)}
        assert (shown[first.id].body, shown[first.id].is_edited) == ("First", True)
        assert shown[first.id].replies == 2
        assert shown[deep.id].thread_root == first.id
        delete_message(omar, client_id=uuid.uuid4(), target=first.id, **at)
        gone = messages_before(omar, thread_root=first.id, **at)[0]
        assert (gone.body, gone.is_deleted, gone.is_mine) == ("", True, True)
        with pytest.raises(ConversationClosed):
            edit_message(omar, client_id=uuid.uuid4(), target=first.id, body="Back", **at)


@pytest.mark.django_db
def test_one_reads_what_was_said_while_one_took_part(cast):
    omar, amara = cast.actor("omar"), cast.actor("amara")
    conversation = group(omar, amara)
    say(omar, conversation, "Before")
    assert read(amara, conversation) == []
    accepts(amara, conversation)
    inside = say(omar, conversation, "While")
    with acting(MESSENGER, is_reading=True):
        handle = Participant.objects.get(
            conversation=conversation, person_id=amara.person_id
        ).handle_id
    with acting(omar):
        remove_participant(omar, conversation_id=conversation.pk, handle_id=handle)
    say(omar, conversation, "After")
    assert read(amara, conversation) == ["While"]
    with acting(amara, is_reading=True):
        row = conversation_for(amara, conversation.pk)
    assert (row.state, row.last_seq) == ("left", inside.seq)


@pytest.mark.django_db
def test_a_lost_receiver_leaks_nothing(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    with acting(OPERATOR) as operator:
        end_membership(operator, membership=Membership.objects.get(person_id=omar.person_id))
    say(chiara, conversation, "After he left")
    assert row_of(omar, conversation).ended_as == ""
    assert read(omar, conversation) == []
    with pytest.raises((Refused, Conversation.DoesNotExist)):
        say(omar, conversation)
    with acting(HUB, is_reading=True):
        found = deliveries(HUB, {conversation.pk: 0})[conversation.pk]
    assert {one.person_id for one in found.entitled} == {cast.amara.pk, chiara.person_id}
    assert [one.seq for one in found.events][-1] == fresh(conversation).last_seq


@pytest.mark.django_db
def test_a_handle_leads_to_colleagues_only(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    say(chiara, conversation)
    with acting(chiara):
        show_name(chiara, conversation_id=conversation.pk, name="Chiara")
    with acting(omar, is_reading=True):
        shown = {
            (one.party.slug, one.number): one.shown_name
            for one in handles_of(omar, conversation.pk)
        }
        assert shown == {("harbour-visitors", 1): "", ("visiteurs-du-port", 1): "Chiara"}
        assert set(people_behind(omar, conversation.pk).values()) == {omar.person_id}
        Node.objects.get_or_create(state="self", defaults={"origin": "x", "name": "North"})
        readers = readers_of(omar, conversation.pk)
    assert readers.organizations == ("Harbour Visitors", "Visiteurs du port")
    assert len(readers.nodes) == 1
    _other, olga = third()
    with acting(olga, is_reading=True):
        assert not handles_of(olga, conversation.pk).exists()
        assert people_behind(olga, conversation.pk) == {}


@pytest.mark.django_db
def test_what_has_its_home_elsewhere_waits(cast):
    conversation, omar, key = channel(cast), cast.actor("omar"), uuid.uuid4()
    away = Node.objects.create(origin="https://away.example", name="Away")
    head = fresh(conversation).last_seq
    with acting(MESSENGER):
        Conversation.objects.filter(pk=conversation.pk).update(home_node=away)
    sent = say(omar, conversation, "Waits", client_id=key)
    assert (sent.seq, sent.state) == (None, "queued")
    assert say(omar, conversation, "Waits", client_id=key).id == sent.id
    assert fresh(conversation).last_seq == head
    assert "Waits" not in read(cast.actor("chiara"), conversation)


@pytest.mark.django_db
def test_hints_hold_no_word_and_their_failure_harms_nothing(
    cast, monkeypatch, django_capture_on_commit_callbacks
):
    conversation, heard = channel(cast), []

    class Deaf:
        async def group_send(self, name, message):
            heard.append(message)
            raise OSError("the layer is gone")

    monkeypatch.setattr(hints, "get_channel_layer", Deaf)
    with django_capture_on_commit_callbacks(execute=True):
        sent = say(cast.actor("omar"), conversation, "Secret")
    assert heard == [{"type": "hub.event", "conversation": str(conversation.pk), "seq": sent.seq}]


def refused(work):
    with pytest.raises(DatabaseError), transaction.atomic():
        work()


@pytest.mark.django_db
def test_the_log_is_never_changed(cast):
    conversation = channel(cast)
    said = say(cast.actor("omar"), conversation, "Kept")
    with acting(MESSENGER):
        event = Event.objects.filter(pk=said.id)
        refused(lambda: event.update(body="Forged"))
        refused(lambda: event.update(body=""))
        refused(lambda: event.update(seq=999))
        refused(event.delete)
        head = Conversation.objects.filter(pk=conversation.pk)
        for seq in (said.seq - 1, said.seq + 2):
            refused(lambda seq=seq: head.update(last_seq=seq))
        gap = Event(conversation=conversation, seq=said.seq + 1, kind="message")
        refused(lambda: gap.save(force_insert=True))
    with acting(PURGE):
        refused(lambda: event.update(body="Forged"))
        refused(lambda: event.update(body="", created_at=timezone.now()))
        assert event.update(body="") == 1
        Mention.objects.all().delete()
        assert event.delete()[0] == 1


@pytest.mark.django_db
def test_a_role_that_comes_back_reads_from_then_on(cast):
    from messaging.actions.standing import reconcile
    from network.actions.organizations import grant_membership

    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    say(omar, conversation, "Known")
    for role, words in ((Role.MEMBER, "Between"), (Role.ORGANIZER, "After")):
        with acting(OPERATOR) as operator:
            grant_membership(operator, organization=cast.a, person=cast.omar, role=role)
        reconcile(MESSENGER, organization_id=cast.a.pk)
        say(chiara, conversation, words)
    assert read(omar, conversation) == ["May we talk?", "Known", "After"]
    with acting(MESSENGER, is_reading=True):
        assert Handle.objects.filter(organization=cast.a, left_seq=None).count() == 0
    assert reconcile(MESSENGER, organization_id=cast.a.pk) == 0
    newcomer = join(cast.a, "nadia")
    reconcile(MESSENGER, organization_id=cast.a.pk)
    assert read(newcomer, conversation) == []
