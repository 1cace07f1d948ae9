"""A block holds both ways at once, is heard of by nobody, and can be taken back."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from messaging.actions.answering import accept, block, unblock
from messaging.actions.leaving import invite, leave_conversation, remove_participant
from messaging.actions.mentoring import open_mentoring
from messaging.actions.opening import open_channel, open_direct
from messaging.actions.parties import end_party
from messaging.actions.sending import delete_message, edit_message
from messaging.actions.standing import reconcile
from messaging.errors import ConversationClosed
from messaging.folding import fold
from messaging.models import Block, ContactRequest, Conversation
from messaging.queries.delivery import deliveries
from messaging.queries.events import events_after
from messaging.queries.handles import handles_of
from messaging.queries.inbox import Shelf, conversation_for, heads, inbox
from messaging.queries.readers import readers_of
from network.enums import Role
from network.models import Membership
from network.tenancy import acting
from tests.messaging.talking import (
    HUB,
    MESSENGER,
    OPERATOR,
    accepts,
    ask,
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
from tests.messaging.test_folding import folded, tables_of

pytestmark = pytest.mark.django_db


def blocks(actor, conversation):
    with acting(actor):
        return block(actor, conversation_id=conversation.pk)


def unblocks(cast, organization):
    berta = join(cast.b, f"berta-{uuid.uuid4()}", Role.OWNER)
    with acting(berta):
        unblock(berta, organization_id=organization.pk)


def direct(actor, conversation, other, body="Alone"):
    with acting(actor):
        return open_direct(
            actor,
            handle=(conversation.pk, row_of(other, conversation).handle_id),
            body=body,
            client_id=uuid.uuid4(),
        )


def row(actor, conversation):
    with acting(actor, is_reading=True):
        return conversation_for(actor, conversation.pk)


def everything(actor, conversation):
    """All that somebody can see of a conversation."""
    with acting(actor, is_reading=True):
        return (
            conversation_for(actor, conversation.pk),
            [one.pk for one in events_after(actor, conversation_id=conversation.pk, after=0)],
            [(one.pk, one.left_seq) for one in handles_of(actor, conversation.pk)],
            readers_of(actor, conversation.pk),
            heads(actor)[conversation.pk],
        )


def refused(actor, conversation):
    with pytest.raises(ConversationClosed) as closed:
        say(actor, conversation, "No")
    return closed.value.code


@pytest.fixture
def both(cast):
    """A channel of A and B in which each has written, and a second one."""
    first, second = channel(cast), channel(cast)
    say(cast.actor("chiara"), first, "From B")
    return first, second


# What neither can do after it.


def test_nobody_of_the_group_that_blocked_reads_or_writes_in_what_only_the_two_share(cast, both):
    first, second = both
    omar, chiara, beni = cast.actor("omar"), cast.actor("chiara"), join(cast.b, "beni")
    with acting(MESSENGER):
        reconcile(MESSENGER, organization_id=cast.b.pk)
    alone = direct(omar, first, chiara)
    accepts(chiara, alone)
    people = group(omar, handles=[(first.pk, row_of(chiara, first).handle_id)])
    accepts(chiara, people)
    blocks(beni, first)
    for conversation in (first, second, alone, people):
        assert refused(chiara, conversation) == "left"
        say(omar, conversation, "zq after it")  # goes through, and is not heard
        assert "zq after it" not in read(chiara, conversation)
    assert "From B" in read(chiara, first)
    with acting(beni, is_reading=True):
        assert inbox(beni, shelf=Shelf.TALKS) == inbox(beni, shelf=Shelf.UNREAD) == []


def test_a_group_that_is_asked_by_who_it_blocked_is_not_asked_any_more(cast):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    conversation = channel(cast)
    say(chiara, conversation, "Hello")
    waits = group(omar, handles=[(conversation.pk, row_of(chiara, conversation).handle_id)])
    alone = direct(omar, conversation, chiara)
    blocks(chiara, conversation)
    with acting(chiara, is_reading=True):
        assert inbox(chiara, shelf=Shelf.ASKED) == []
    for one in (waits, alone):
        with acting(chiara), pytest.raises(ConversationClosed):
            accept(chiara, conversation_id=one.pk)
        assert row(chiara, one).state == "refused"


def test_a_first_contact_is_refused_with_it(cast):
    other, olga = third()
    omar = cast.actor("omar")
    asked = ask(omar, other)
    blocks(olga, asked)
    with acting(olga, is_reading=True):
        assert inbox(olga, shelf=Shelf.ASKED) == []
    with acting(MESSENGER, is_reading=True):
        states = ContactRequest.objects.filter(organization=other).values_list("state", flat=True)
        assert list(states) == ["blocked"]
    assert row(omar, asked).state == "requested"


@pytest.mark.parametrize("way", ["channel", "direct", "group", "invite"])
def test_who_is_blocked_reaches_nobody_by_any_way(cast, both, way):
    first, _second = both
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    theirs = (first.pk, row_of(chiara, first).handle_id)
    plans = group(omar, cast.actor("amara"))
    blocks(chiara, first)
    with acting(omar):
        if way == "channel":
            ask(omar, cast.b, body="Again", topic="Again")
        if way == "direct":
            open_direct(omar, handle=theirs, body="x", client_id=uuid.uuid4())
        if way == "group":
            group(omar, handles=[theirs])
        if way == "invite":
            invite(omar, conversation_id=plans.pk, handles=[theirs])
    with acting(chiara, is_reading=True):
        assert {one.id for one in inbox(chiara)} == {one.pk for one in both}
        assert inbox(chiara, shelf=Shelf.ASKED) == []


@pytest.mark.parametrize("way", ["channel", "direct", "group"])
def test_who_blocked_unblocks_first(cast, both, way):
    first, _second = both
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    say(omar, first, "From A")
    theirs = (first.pk, row_of(omar, first).handle_id)
    blocks(chiara, first)
    with acting(chiara), pytest.raises(ValidationError) as error:
        if way == "channel":
            ask(chiara, cast.a)
        if way == "direct":
            open_direct(chiara, handle=theirs, body="x", client_id=uuid.uuid4())
        if way == "group":
            group(chiara, handles=[theirs])
    [[found]] = error.value.error_dict.values()
    # Where they met is over for who blocked: this person is not met there any more.
    assert found.code == ("blocked" if way == "channel" else "unknown")


def test_the_two_do_not_help_each_other_to_begin_either(cast, both):
    blocks(cast.actor("chiara"), both[0])
    values = {"organization_id": cast.a.pk, "mentor_id": cast.b.pk}
    with acting(MESSENGER):
        assert open_mentoring(MESSENGER, request_id=uuid.uuid4(), **values) is None


def test_a_request_that_came_in_the_same_moment_is_not_accepted(cast):
    asked = ask(cast.actor("omar"), cast.b)
    chiara = cast.actor("chiara")
    with acting(chiara):
        # As another process has just done it.
        Block.objects.create(organization=cast.b, blocked=cast.a, blocked_name="A")
        with pytest.raises(ValidationError) as error:
            accept(chiara, conversation_id=asked.pk)
    assert error.value.code == "blocked"


# That nobody is told.


def test_who_is_blocked_sees_no_difference(cast, both):
    first, _second = both
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    people = group(omar, handles=[(first.pk, row_of(chiara, first).handle_id)])
    accepts(chiara, people)
    before = [everything(omar, one) for one in (first, people)]
    log = [one.pk for one in log_of(first)]
    blocks(chiara, first)
    assert [everything(omar, one) for one in (first, people)] == before
    assert [one.pk for one in log_of(first)] == log
    with acting(omar):
        remove_participant(
            omar, conversation_id=people.pk, handle_id=row_of(chiara, people).handle_id
        )
    kinds = [one.kind for one in log_of(people)]
    assert kinds[-2:] == ["participant_left", "party_left"]


def test_nothing_is_delivered_to_who_blocked(cast, both):
    first, _second = both
    blocks(cast.actor("chiara"), first)
    sent = say(cast.actor("omar"), first, "zq")
    with acting(HUB, is_reading=True):
        found = deliveries(HUB, {first.pk: sent.seq - 1})[first.pk]
    assert [one.body for one in found.events] == ["zq"]
    seeing = {one.organization_id for one in found.entitled if one.sees(sent.seq)}
    assert seeing == {cast.a.pk}


def test_the_log_still_folds_to_what_the_tables_say(cast, both):
    first, _second = both
    blocks(cast.actor("chiara"), first)
    say(cast.actor("omar"), first, "x")
    assert folded(fold(log_of(first))) == tables_of(first)
    unblocks(cast, cast.a)
    say(cast.actor("chiara"), first, "y")
    assert folded(fold(log_of(first))) == tables_of(first)


def test_who_joins_the_group_later_hears_nothing_either(cast, both):
    first, _second = both
    blocks(cast.actor("chiara"), first)
    late = join(cast.b, "late")
    with acting(MESSENGER):
        reconcile(MESSENGER, organization_id=cast.b.pk)
    with acting(late, is_reading=True), pytest.raises(Conversation.DoesNotExist):
        conversation_for(late, first.pk)
    unblocks(cast, cast.a)
    said = say(cast.actor("omar"), first, "Again")
    assert read(late, first) == ["Again"]
    assert said.seq


# What it is not, and the way back.


def with_third(cast):
    """A channel of A, B and a third group, in which all have agreed to talk."""
    channel(cast)
    other, olga = third()
    accepts(olga, ask(cast.actor("omar"), other))
    omar = cast.actor("omar")
    with acting(omar):
        found = open_channel(
            omar,
            organizations=[cast.b.slug, other.slug],
            topic="All three",
            body="",
            client_id=uuid.uuid4(),
        )
    return found, other, olga


def test_with_a_third_group_it_goes_on_until_only_the_two_are_left(cast):
    conversation, other, olga = with_third(cast)
    chiara, omar = cast.actor("chiara"), cast.actor("omar")
    mine = next(one for one in inbox_ids(chiara) if one != conversation.pk)
    with acting(chiara):
        block(chiara, conversation_id=mine)
    say(omar, conversation, "To all")
    assert read(chiara, conversation)[-1] == "To all"
    assert say(chiara, conversation, "From B").seq
    with acting(olga):
        leave_conversation(olga, conversation_id=conversation.pk)
    assert say(chiara, conversation, "Others of the third are there").seq
    olive = join(other, "olive", Role.OWNER)
    with acting(MESSENGER):
        reconcile(MESSENGER, organization_id=other.pk)
    with acting(olive):
        end_party(olive, conversation_id=conversation.pk)
    assert refused(chiara, conversation) == "left"
    say(omar, conversation, "To nobody")
    assert "To nobody" not in read(chiara, conversation)


def inbox_ids(actor):
    with acting(actor, is_reading=True):
        return [one.id for one in inbox(actor)]


def test_taken_back_it_goes_on_from_then_and_not_with_what_was_written_meanwhile(cast, both):
    first, second = both
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    own = say(chiara, first, "Mine")
    handle = row_of(chiara, first).handle_id
    blocks(chiara, first)
    say(omar, first, "zq meanwhile")
    unblocks(cast, cast.a)
    say(omar, first, "Afterwards")
    assert read(chiara, first)[-2:] == ["Mine", "Afterwards"]
    assert "zq meanwhile" not in read(chiara, first)
    say(chiara, second, "Also here")
    assert read(omar, second)[-1] == "Also here"
    # One is still who one was.
    assert row_of(chiara, first).handle_id == handle
    at = {"conversation_id": first.pk, "target": own.id}
    with acting(chiara):
        edit_message(chiara, client_id=uuid.uuid4(), body="Mine, better", **at)
        delete_message(chiara, client_id=uuid.uuid4(), **at)
    assert row(chiara, first).state == "open"
    assert ask(omar, cast.b, topic="New", body="").state == "open"
    assert fresh(first).state == "open"


def test_who_lost_their_role_meanwhile_does_not_come_back(cast, both):
    first, _second = both
    chiara = cast.actor("chiara")
    blocks(chiara, first)
    with acting(OPERATOR):
        Membership.objects.filter(pk=membership_of(chiara).pk).update(role=Role.EDITOR)
    unblocks(cast, cast.a)
    assert row_of(chiara, first).ended_as == "standing"


def test_blocked_twice_is_blocked_once(cast, both):
    chiara = cast.actor("chiara")
    one = blocks(chiara, both[0])
    assert blocks(chiara, both[0]).pk == one.pk
    assert row(chiara, both[0]).state == "left"
