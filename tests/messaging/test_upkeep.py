"""What a lost receiver missed is found by the worker; a group's new name reaches the others."""

import datetime as dt

import pytest
from django.utils import timezone

from messaging.actions import upkeep
from messaging.actions.standing import forget_organization, reconcile
from messaging.actions.upkeep import keep_in_line
from messaging.enums import Ending, EventKind
from messaging.folding import fold
from messaging.models import Participant, Party
from messaging.queries.inbox import conversation_for
from network.enums import Role
from network.models import Job, Membership
from network.tenancy import Purpose, acting, system
from tests.counting import questions
from tests.messaging.talking import (
    MESSENGER,
    OPERATOR,
    change_organization,
    channel,
    fresh,
    group,
    log_of,
    row_of,
    say,
    third,
)

pytestmark = pytest.mark.django_db


def an_hour_later():
    Job.objects.filter(name=upkeep.JOB).update(finished_at=timezone.now() - dt.timedelta(hours=2))


def quietly(person, role):
    """A role that changes and of which no receiver hears."""
    with acting(OPERATOR):
        Membership.objects.filter(person=person).update(role=role)


def parties_of(conversation):
    with acting(MESSENGER, is_reading=True):
        return {str(one.pk): one for one in Party.objects.filter(conversation=conversation)}


def test_only_the_messenger_does_it():
    with pytest.raises(ValueError, match="messenger"):
        keep_in_line(system(Purpose.PURGE))


def test_who_was_missed_is_brought_in_and_taken_out(cast):
    conversation = channel(cast)
    quietly(cast.bilal, Role.ORGANIZER)
    quietly(cast.chiara, Role.MEMBER)
    assert keep_in_line(MESSENGER) == 2
    bilal = cast.actor("bilal")
    assert row_of(bilal, conversation).joined_seq > 0
    assert row_of(cast.actor("chiara"), conversation).ended_as == Ending.STANDING
    an_hour_later()
    assert keep_in_line(MESSENGER) == 0


def test_nobody_is_brought_into_a_conversation_of_people(cast):
    made = group(cast.actor("amara"), cast.actor("omar"))
    quietly(cast.bilal, Role.ORGANIZER)
    assert keep_in_line(MESSENGER) == 0
    assert row_of(cast.actor("bilal"), made) is None
    quietly(cast.omar, Role.MEMBER)
    an_hour_later()
    assert keep_in_line(MESSENGER) == 1


def test_who_left_is_not_brought_back(cast):
    conversation = channel(cast)
    with acting(MESSENGER):
        Participant.objects.filter(conversation=conversation, person=cast.chiara).update(
            ended_as=Ending.LEFT
        )
    assert keep_in_line(MESSENGER) == 0


def test_it_walks_in_batches_and_begins_anew_after_an_hour(cast, monkeypatch):
    for _ in range(3):
        channel(cast)
    quietly(cast.bilal, Role.ORGANIZER)
    monkeypatch.setattr(upkeep, "BATCH", 2)
    found = [keep_in_line(MESSENGER) for _ in range(5)]
    assert sum(found) == 3
    assert max(found) <= 2
    quietly(cast.edna, Role.ORGANIZER)
    assert keep_in_line(MESSENGER) == 0
    an_hour_later()
    assert sum(keep_in_line(MESSENGER) for _ in range(4)) == 3


def test_the_questions_do_not_grow_while_all_is_in_line(cast):
    channel(cast)
    keep_in_line(MESSENGER)
    an_hour_later()
    with questions(6):
        keep_in_line(MESSENGER)
    for number in range(3):
        third(f"third-{number}")
        channel(cast)
    an_hour_later()
    with questions(6):
        assert keep_in_line(MESSENGER) == 0


@pytest.mark.parametrize("by_receiver", [True, False])
def test_a_new_name_reaches_the_others_and_the_log_says_so(cast, by_receiver):
    conversation = channel(cast)
    chiara = cast.actor("chiara")
    change_organization(cast.a, name="Quay Visitors")
    if by_receiver:
        assert reconcile(MESSENGER, organization_id=cast.a.pk) == 1
    else:
        assert keep_in_line(MESSENGER) == 1
    with acting(chiara, is_reading=True):
        names = [one.name for one in conversation_for(chiara, conversation.pk).parties]
    assert "Quay Visitors" in names
    assert "Harbour Visitors" not in names
    events = log_of(conversation)
    assert [one.kind for one in events].count(EventKind.PARTY_RENAMED) == 1
    folded = fold(events)
    assert folded.last_seq == fresh(conversation).last_seq
    for key, party in parties_of(conversation).items():
        assert (folded.parties[key].name, folded.parties[key].slug) == (party.name, party.slug)
        assert folded.parties[key].is_host == party.is_host
        assert folded.parties[key].joined_seq == party.joined_seq
    assert reconcile(MESSENGER, organization_id=cast.a.pk) == 0


def test_who_has_left_keeps_the_name_it_left_by(cast):
    conversation = channel(cast)
    with acting(MESSENGER):
        Party.objects.filter(conversation=conversation, organization=cast.b).update(left_seq=3)
    change_organization(cast.b, name="Elsewhere")
    assert keep_in_line(MESSENGER) == 0


def test_the_purge_of_a_group_takes_its_new_name_too(cast):
    conversation = channel(cast)
    say(cast.actor("chiara"), conversation, "Still here")
    change_organization(cast.a, name="Quay Visitors")
    keep_in_line(MESSENGER)
    forget_organization(cast.a.pk)
    assert not [one for one in log_of(conversation) if "Quay" in one.body]
