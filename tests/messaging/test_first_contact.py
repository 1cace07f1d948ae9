"""Organizations that never spoke: one short message, read before the answer, and a silent no."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from messaging.actions.answering import accept, block, refuse, take_requests, unblock
from messaging.actions.parties import add_party
from messaging.actions.rates import take_send
from messaging.actions.sending import edit_message
from messaging.errors import ConversationClosed
from messaging.models import Block, Conversation
from messaging.queries.inbox import conversation_for, inbox
from network.enums import OrganizationStatus
from network.models import AuditEntry
from network.permissions import Refused
from network.tenancy import acting
from tests.messaging.talking import (
    ask,
    change_organization,
    channel,
    join,
    log_of,
    read,
    say,
    third,
)

pytestmark = pytest.mark.django_db


def code_of(error):
    return {field: found[0].code for field, found in error.value.error_dict.items()}


@pytest.mark.parametrize("name", ["bilal", "edna"])
def test_who_has_no_messages_opens_nothing(cast, name):
    with pytest.raises(Refused):
        ask(cast.actor(name), cast.b)


def test_a_group_that_is_not_verified_writes_to_nobody(cast):
    with pytest.raises(ValidationError) as error:
        ask(cast.actor("farid"), cast.b)
    assert error.value.code == "unverified"
    with pytest.raises(ValidationError) as error:
        ask(cast.actor("omar"), cast.applicant)
    assert code_of(error) == {"organizations": "unknown"}


@pytest.mark.parametrize(
    ("body", "code"), [("", "required"), ("x" * 1001, "too_long")], ids=["none", "long"]
)
def test_a_first_message_is_there_and_short(cast, body, code):
    with pytest.raises(ValidationError) as error:
        ask(cast.actor("omar"), cast.b, body=body)
    assert code_of(error) == {"body": code}
    with acting(cast.actor("omar"), is_reading=True):
        assert inbox(cast.actor("omar")) == []


def test_one_message_is_read_before_the_answer_and_no_second_one_sent(cast):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    conversation = ask(omar, cast.b, body="First")
    assert read(chiara, conversation) == ["First"]
    with acting(chiara, is_reading=True):
        row = conversation_for(chiara, conversation.pk)
    assert (row.state, row.incoming, row.unread) == ("requested", True, 0)
    with pytest.raises(ConversationClosed) as closed:
        say(omar, conversation, "Second")
    assert closed.value.code == "requested"
    first = next(one for one in log_of(conversation) if one.kind == "message")
    with acting(omar), pytest.raises(ConversationClosed):
        edit_message(
            omar,
            conversation_id=conversation.pk,
            client_id=uuid.uuid4(),
            target=first.pk,
            body="Another",
        )
    with pytest.raises(ConversationClosed) as closed:
        say(chiara, conversation, "Before accepting")
    assert closed.value.code == "unanswered"
    numbers = [event.seq for event in log_of(conversation)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_accepting_opens_it_for_all_organizers_of_both(cast):
    conversation = channel(cast)
    amara, beni = cast.actor("amara"), join(cast.b, "beni")
    assert say(amara, conversation, "From A").seq
    assert read(cast.actor("chiara"), conversation) == ["May we talk?", "From A"]
    with acting(beni, is_reading=True), pytest.raises(Conversation.DoesNotExist):
        conversation_for(beni, conversation.pk)  # nobody has brought them in yet


def test_a_no_is_silent(cast):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    conversation = ask(omar, cast.b)
    before = log_of(conversation)
    with acting(omar, is_reading=True):
        asked = conversation_for(omar, conversation.pk)
    with acting(chiara):
        refuse(chiara, conversation_id=conversation.pk)
        refuse(chiara, conversation_id=conversation.pk)
        assert conversation_for(chiara, conversation.pk).state == "refused"
    with acting(omar, is_reading=True):
        assert conversation_for(omar, conversation.pk) == asked
    assert [one.pk for one in log_of(conversation)] == [one.pk for one in before]
    with pytest.raises(ValidationError) as error:
        ask(omar, cast.b)
    assert code_of(error) == {"organizations": "waiting"}
    with acting(chiara), pytest.raises(ConversationClosed):
        accept(chiara, conversation_id=conversation.pk)


def test_who_is_blocked_asks_and_nobody_hears(cast):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    conversation = channel(cast)
    with acting(chiara):
        block(chiara, conversation_id=conversation.pk)
    say(omar, conversation, "Are you there?")
    assert "Are you there?" not in read(chiara, conversation)
    again = ask(omar, cast.b, topic="Again")
    with acting(omar, is_reading=True):
        assert conversation_for(omar, again.pk).state == "requested"
    with acting(chiara, is_reading=True):
        assert [row.id for row in inbox(chiara)] == [conversation.pk]
        assert AuditEntry.objects.filter(verb="organization.blocked").count() == 1
    with pytest.raises(ValidationError) as error:
        ask(chiara, cast.a)
    assert code_of(error) == {"organizations": "blocked"}
    with acting(chiara), pytest.raises(Refused):
        unblock(chiara, organization_id=cast.a.pk)
    berta = join(cast.b, "berta", "owner")
    with acting(berta):
        unblock(berta, organization_id=cast.a.pk)
        assert not Block.objects.exists()


def test_blocking_one_of_several_is_not_offered(cast):
    conversation = channel(cast)
    other, olga = third()
    ask(olga, cast.b)
    omar = cast.actor("omar")
    with acting(omar):
        add_party(omar, conversation_id=conversation.pk, slug=other.slug)
    chiara = cast.actor("chiara")
    with acting(chiara), pytest.raises(ValidationError) as error:
        block(chiara, conversation_id=conversation.pk)
    assert error.value.code == "several"


def test_a_group_may_take_no_first_messages(cast):
    berta = join(cast.b, "berta", "owner")
    with acting(berta):
        take_requests(berta, takes_requests=False)
    with pytest.raises(ValidationError) as error:
        ask(cast.actor("omar"), cast.b)
    assert code_of(error) == {"organizations": "takes_none"}


@pytest.mark.parametrize(
    "values",
    [{"status": OrganizationStatus.SUSPENDED}, {"locked_down_at": timezone.now()}],
    ids=["suspended", "locked"],
)
def test_nothing_goes_in_or_out_of_a_closed_group(cast, values):
    conversation = channel(cast)
    change_organization(cast.b, **values)
    chiara = cast.actor("chiara")
    with pytest.raises(Refused):
        say(chiara, conversation)
    assert read(chiara, conversation) == []
    with acting(chiara, is_reading=True):
        assert inbox(chiara) == []


def test_opened_once_a_client_id(cast):
    omar, key = cast.actor("omar"), uuid.uuid4()
    first = ask(omar, cast.b, client_id=key)
    assert ask(omar, cast.b, client_id=key).pk == first.pk
    with acting(omar, is_reading=True):
        assert len(inbox(omar)) == 1


def test_rates_are_counted_for_a_person(cast):
    taken = [take_send(cast.actor("omar")) for _ in range(21)]
    assert [one.allowed for one in taken] == [True] * 20 + [False]
    assert 1 <= taken[-1].reset_seconds <= 20
    assert take_send(cast.actor("chiara")).allowed
