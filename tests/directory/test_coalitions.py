"""A coalition and its groups: asked by one side, agreed by the other, ended by either."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.coalitions import (
    accept_membership,
    ask_membership,
    end_coalition_membership,
    end_memberships_of,
    refuse_membership,
)
from directory.actions.coalitions.asking import ASKS_A_DAY
from network.actions.lockdown import lock_organization
from network.enums import OrganizationStatus
from network.models import AuditEntry, CoalitionMembership, Organization, OutgoingMail
from network.permissions import Refused
from network.tenancy import Purpose, acting, system
from tests.coalitions import Coalitions, agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def union(cast):
    return Coalitions(cast)


def ask(union, name="carla", slug="union"):
    with acting(union.actor(name)) as actor:
        return ask_membership(actor, slug=slug)


def do(union, name, act, row=None):
    with acting(union.actor(name)) as actor:
        return act(actor, membership=row or union.row())


def refusal(error):
    return error.value.code


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "esi", "ugo", "chiara"])
def test_only_coordinators_and_owners_ask(union, name):
    with pytest.raises(Refused):
        ask(union, name)
    assert union.row() is None


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "esi", "ugo"])
@pytest.mark.parametrize("act", [accept_membership, refuse_membership, end_coalition_membership])
def test_only_coordinators_and_owners_answer_and_end(union, name, act):
    ask(union)
    with pytest.raises(Refused):
        do(union, name, act)
    assert union.row().is_open


@pytest.mark.parametrize("act", [accept_membership, refuse_membership, end_coalition_membership])
def test_to_a_third_organization_there_is_none(union, act):
    row = ask(union)
    with pytest.raises(CoalitionMembership.DoesNotExist):
        do(union, "claude", act, row)
    agree(union.union, union.cast.b)
    with pytest.raises(CoalitionMembership.DoesNotExist):
        do(union, "claude", act, row)


@pytest.mark.parametrize("act", [accept_membership, refuse_membership])
@pytest.mark.parametrize(("asking", "slug"), [("carla", "union"), ("ursula", "harbour-visitors")])
def test_whoever_asked_does_not_answer(union, act, asking, slug):
    ask(union, asking, slug)
    with pytest.raises(ValidationError) as error:
        do(union, asking, act)
    assert refusal(error) == "own"
    assert union.row().is_open


@pytest.mark.parametrize(
    "slug", ["nobody", "", "new-visitors", "visiteurs-du-port", "harbour-visitors", "hidden"]
)
def test_what_cannot_be_asked_is_the_same_whatever_it_is(union, slug, operator):
    Organization.objects.filter(pk=union.cast.applicant.pk).update(kind="coalition")
    with pytest.raises(ValidationError) as error:
        ask(union, "carla", slug)
    assert refusal(error) == "missing"
    assert not AuditEntry.objects.filter(verb="coalition.asked").exists()


def test_a_coalition_invites_no_coalition_and_nobody_unverified(union, operator):
    for slug in ("union", "new-visitors", "nobody"):
        with pytest.raises(ValidationError) as error:
            ask(union, "ursula", slug)
        assert refusal(error) == "missing"


def test_a_suspended_coalition_is_as_one_that_is_missing(union):
    with acting(system(Purpose.OPERATOR)):
        Organization.objects.filter(pk=union.union.pk).update(status="suspended")
    with pytest.raises(ValidationError) as error:
        ask(union)
    assert refusal(error) == "missing"


def test_the_unverified_ask_nobody(union):
    with pytest.raises(ValidationError) as error:
        ask(union, "farid")
    assert refusal(error) == "unverified"


def test_there_is_one_open_ask_between_two(union):
    ask(union)
    for name, slug in (("carla", "union"), ("ursula", "harbour-visitors")):
        with pytest.raises(ValidationError) as error:
            ask(union, name, slug)
        assert refusal(error) == "open"
    do(union, "ursula", accept_membership)
    with pytest.raises(ValidationError) as error:
        ask(union)
    assert refusal(error) == "agreed"


def test_after_a_no_one_waits_before_one_asks_again_and_the_other_side_need_not(union):
    ask(union)
    do(union, "ursula", refuse_membership)
    do(union, "ursula", refuse_membership)
    with pytest.raises(ValidationError) as error:
        ask(union)
    assert refusal(error) == "refused"
    with pytest.raises(ValidationError) as error:
        do(union, "ursula", accept_membership)
    assert refusal(error) == "over"
    ask(union, "ursula", "harbour-visitors")
    do(union, "ursula", end_coalition_membership)
    with acting(system(Purpose.OPERATOR)):
        CoalitionMembership.objects.filter(refused_at__isnull=False).update(
            refused_at=timezone.now() - dt.timedelta(days=31)
        )
    assert ask(union).is_open


def test_a_group_asks_so_often_a_day_and_no_more(union):
    for _time in range(ASKS_A_DAY):
        ask(union)
        do(union, "carla", end_coalition_membership)
    with pytest.raises(ValidationError) as error:
        ask(union)
    assert refusal(error) == "too_many"
    # What others asked does not count for who was asked.
    ask(union, "ursula", "harbour-visitors")


@pytest.mark.parametrize(("asking", "slug"), [("carla", "union"), ("ursula", "harbour-visitors")])
def test_asked_accepted_and_ended_by_either_stands_in_both_logs(union, asking, slug):
    answering = {"carla": "ursula", "ursula": "carla"}[asking]
    row = ask(union, asking, slug)
    with pytest.raises(ValidationError) as error:
        do(union, answering, end_coalition_membership)
    assert refusal(error) == "unanswered"
    assert do(union, answering, accept_membership).is_agreed
    assert do(union, answering, accept_membership).is_agreed
    ended = do(union, answering, end_coalition_membership)
    assert ended.ended_by == ended.side_of(union.homes[answering].pk)
    assert do(union, asking, end_coalition_membership).ended_at == ended.ended_at
    for name, other in (("carla", "union"), ("ursula", "harbour-visitors")):
        with acting(union.actor(name)):
            found = AuditEntry.objects.filter(object_id=row.pk).order_by("created_at")
            verbs = ["coalition.asked", "coalition.accepted", "coalition.ended"]
            assert [one.verb for one in found] == verbs
            assert {one.details["group"] for one in found} == {other}
            # Of the other side only what was done is told, never by whom.
            mine = {one.verb for one in found if one.person_id is not None}
            assert {one.person_id for one in found} == {None, getattr(union, name).pk}
            assert mine == ({verbs[0]} if name == asking else set(verbs[1:]))
    with acting(union.actor("claude")):
        assert not AuditEntry.objects.filter(verb__startswith="coalition").exists()


def test_coordinators_of_the_other_side_get_a_mail_in_their_language(union):
    with acting(system(Purpose.OPERATOR)):
        union.ursula.language = "fr"
        union.ursula.save()
    ask(union)
    do(union, "ursula", accept_membership)
    do(union, "carla", end_coalition_membership)
    with acting(system(Purpose.MAIL)):
        mails = list(OutgoingMail.objects.order_by("created_at").values_list("to", "text"))
    own = {"amara@example.org", "carla@example.org"}
    assert mails[0][0] == "ursula@example.org"
    assert {to for to, _text in mails[1:3]} == own
    assert mails[3][0] == "ursula@example.org"
    assert "/desk/union/coalitions/" in mails[0][1]
    assert "/desk/harbour-visitors/coalitions/" in mails[1][1]
    for _to, text in mails:
        assert not {"carla", "Carla", "Ursula"} & set(text.split())


@pytest.mark.parametrize("locked", ["carla", "ursula"])
def test_nothing_changes_while_one_of_both_is_locked_down(union, locked):
    free = {"carla": "ursula", "ursula": "carla"}[locked]
    ask(union, locked, {"carla": "union", "ursula": "harbour-visitors"}[locked])
    with acting(union.actor(locked)) as actor:
        lock_organization(actor, organization=union.homes[locked])
    with pytest.raises(ValidationError) as error:
        do(union, free, accept_membership)
    assert refusal(error) == "resting"
    with pytest.raises(Refused):
        do(union, locked, end_coalition_membership)
    with acting(system(Purpose.OPERATOR)):
        CoalitionMembership.objects.update(agreed_at=timezone.now())
    with pytest.raises(ValidationError) as error:
        do(union, free, end_coalition_membership)
    assert refusal(error) == "resting"
    assert union.row().is_agreed


def test_with_a_suspended_one_nothing_is_agreed_and_each_can_end_it(union):
    ask(union)
    with acting(system(Purpose.OPERATOR)):
        suspended = OrganizationStatus.SUSPENDED
        Organization.objects.filter(pk=union.cast.a.pk).update(status=suspended)
    with pytest.raises(ValidationError) as error:
        do(union, "ursula", accept_membership)
    assert refusal(error) == "resting"
    with acting(system(Purpose.OPERATOR)):
        CoalitionMembership.objects.update(agreed_at=timezone.now())
    assert not do(union, "ursula", end_coalition_membership).is_agreed


def test_only_the_operator_ends_all_of_a_group(union):
    agree(union.union, union.cast.a)
    ask(union, "claude")
    with acting(union.actor("ursula")) as ursula, pytest.raises(Refused):
        end_memberships_of(ursula, organization_id=union.union.pk)
    with acting(system(Purpose.OPERATOR)) as operator:
        assert end_memberships_of(operator, organization_id=union.union.pk) == 2
        assert end_memberships_of(operator, organization_id=union.union.pk) == 0
