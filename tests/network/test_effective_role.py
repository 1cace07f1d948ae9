"""A role above member wants a second factor, and counts 7 days without one."""

import datetime as dt

import pytest
from django.utils import timezone

from network.actions.organizations import grant_membership
from network.enums import OrganizationStatus, Role
from network.models import Membership, Organization, Person
from network.permissions import Permission, can
from network.queries.memberships import (
    grace_ends,
    resting_role_of,
    role_of,
    seat_of,
    standing_known,
    standing_of,
)
from network.tenancy import Actor, Via, acting, member
from tests.network.members import OPERATOR

ABOVE = [role for role in Role if role is not Role.MEMBER]
WEEK = dt.timedelta(days=7)


def stand(cast, role, *, since, factor=None):
    with acting(OPERATOR):
        Membership.objects.filter(person=cast.bilal).update(role=role, role_since=since)
        Person.objects.filter(pk=cast.bilal.pk).update(second_factor_since=factor)
    return cast.actor("bilal")


@pytest.mark.parametrize("role", Role)
def test_within_the_grace_a_role_counts(cast, role):
    bilal = stand(cast, role, since=timezone.now() - WEEK + dt.timedelta(minutes=1))
    with acting(bilal):
        assert role_of(bilal) is role


@pytest.mark.parametrize("role", Role)
def test_after_the_grace_it_counts_as_member_until_there_is_a_second_factor(cast, role):
    bilal = stand(cast, role, since=timezone.now() - WEEK)
    with acting(bilal):
        assert role_of(bilal) is Role.MEMBER
        assert not can(bilal, Permission.MEMBER_MANAGE)
    bilal = stand(cast, role, since=timezone.now() - WEEK, factor=timezone.now())
    with acting(bilal):
        assert role_of(bilal) is role


def test_a_role_given_anew_has_a_grace_of_its_own(cast):
    bilal = stand(cast, Role.EDITOR, since=timezone.now() - WEEK)
    with acting(cast.actor("amara")) as amara:
        grant_membership(amara, organization=cast.a, person=cast.bilal, role=Role.COORDINATOR)
    with acting(bilal):
        assert role_of(bilal) is Role.COORDINATOR


def test_the_end_of_the_grace_is_told(cast):
    now = timezone.now()
    person = Person(second_factor_since=None)
    for role in ABOVE:
        assert grace_ends(Membership(role=role, role_since=now), person) == now + WEEK
    assert grace_ends(Membership(role=Role.MEMBER, role_since=now), person) is None
    safe = Person(second_factor_since=now)
    assert grace_ends(Membership(role=Role.OWNER, role_since=now), safe) is None


def test_it_is_one_query(cast, django_assert_num_queries):
    bilal = cast.actor("bilal")
    with acting(bilal), django_assert_num_queries(1):
        role_of(bilal)
    with acting(bilal), django_assert_num_queries(1):
        resting_role_of(bilal)


@pytest.mark.parametrize(
    ("values", "resting"),
    [
        ({}, None),
        ({"locked_down_at": timezone.now()}, Role.OWNER),
        ({"status": OrganizationStatus.LEFT, "deleted_at": timezone.now()}, Role.OWNER),
        ({"status": OrganizationStatus.SUSPENDED}, None),
        ({"status": OrganizationStatus.SUSPENDED, "locked_down_at": timezone.now()}, None),
        ({"status": OrganizationStatus.LEFT}, None),
    ],
    ids=["open", "locked", "leaving", "suspended", "suspended and locked", "left long ago"],
)
def test_a_role_rests_in_a_group_that_is_locked_or_leaving(cast, values, resting):
    with acting(OPERATOR):
        Organization.objects.filter(pk=cast.a.pk).update(**values)
    amara = cast.actor("amara")
    with acting(amara):
        assert resting_role_of(amara) is resting
        assert role_of(amara) is (None if values else Role.OWNER)


def test_a_standing_that_is_known_is_that_of_its_actor_alone_and_for_its_time(
    cast, django_assert_num_queries
):
    amara, bilal = cast.actor("amara"), cast.actor("bilal")
    with acting(amara):
        standing = standing_of(amara)
    with acting(amara), standing_known(amara, standing), django_assert_num_queries(0):
        assert role_of(amara) is Role.OWNER
    foreign = member(cast.amara.pk, cast.b.pk)
    with standing_known(amara, standing):
        for other, role in ((bilal, Role.MEMBER), (foreign, None)):
            with acting(other), django_assert_num_queries(1):
                assert role_of(other) is role
    with acting(OPERATOR):
        Membership.objects.filter(person=cast.amara).update(ended_at=timezone.now())
    with acting(amara):
        assert role_of(amara) is None


def test_a_seat_says_what_the_standing_says(cast, django_assert_num_queries):
    amara = cast.actor("amara")
    looking = Actor(via=Via.PAGE, person_id=cast.amara.pk)
    with acting(amara):
        standing = standing_of(amara)
    with acting(looking), django_assert_num_queries(1):
        assert seat_of(looking, cast.a.slug) == (cast.a, standing)
    with acting(looking):
        assert seat_of(looking, cast.b.slug) is None
        assert seat_of(looking, "nowhere") is None
