"""Invented people of a new node, and what they have said to each other."""

import pytest

from messaging.queries.events import messages_before
from messaging.queries.inbox import conversation_for, inbox_parts
from network.actions.organizations import create_organization
from network.models import Membership
from network.project.sample_people import sample_people
from network.tenancy import Purpose, acting, member, system

pytestmark = pytest.mark.django_db


def seat(name):
    with acting(system(Purpose.OPERATOR)):
        found = Membership.objects.get(person__email=f"{name}@example.org")
    return member(found.person_id, found.organization_id)


def talks(actor):
    with acting(actor, is_reading=True):
        return [one.conversation_id for one in inbox_parts(actor)]


def test_two_groups_have_talked_and_a_second_start_says_nothing_again():
    sample_people()
    omar, chiara = seat("omar"), seat("chiara")
    (talk,) = talks(omar)
    assert talks(chiara) == [talk]
    assert talks(seat("bilal")) == []  # a member writes and reads no messages
    with acting(omar, is_reading=True):
        row = conversation_for(omar, talk)
        said = messages_before(omar, conversation_id=talk)
    assert (row.state, row.unread) == ("open", 5)
    assert {one.language for one in said} == {"en", "fr"}
    assert [len(one.translations) for one in said] == [0, 0, 0, 0, 1]
    sample_people()
    assert talks(omar) == [talk]
    with acting(omar, is_reading=True):
        assert len(messages_before(omar, conversation_id=talk)) == len(said)


def test_where_only_one_of_the_groups_is_new_nothing_is_said():
    with acting(system(Purpose.OPERATOR)) as actor:
        create_organization(actor, slug="visiteurs-exemple", name="Theirs", country="FR")
    sample_people()
    assert talks(seat("omar")) == []
