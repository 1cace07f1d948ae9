"""Queries whose SQL is made once answer as those that are made anew."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes.exceptions import ScopeError

from network.compiled import Compiled, CompiledUpdate, NotCompilable
from network.enums import Role
from network.models import Membership, Person
from network.tenancy import Purpose, acting, system

ROLES = Compiled(
    lambda organization, since: (
        Membership.objects.beyond_scope()
        .filter(organization_id=organization, role_since__gt=since, ended_at=None)
        .exclude(role=Role.MEMBER)
        .select_related("person")
        .order_by("person__email")
    )
)


def asked_anew(organization, since):
    rows = Membership.objects.beyond_scope().filter(
        organization_id=organization, role_since__gt=since, ended_at=None
    )
    return list(rows.exclude(role=Role.MEMBER).select_related("person").order_by("person__email"))


def test_it_answers_as_the_query_does_whatever_the_values(cast):
    now = timezone.now()
    with acting(system(Purpose.OPERATOR)):
        for organization in (cast.a.pk, cast.b.pk, cast.a.pk, uuid.uuid4()):
            for since in (now - dt.timedelta(days=900), now + dt.timedelta(days=1)):
                found = ROLES(organization=organization, since=since)
                anew = asked_anew(organization, since)
                assert found == anew
                assert [one.person.email for one in found] == [one.person.email for one in anew]
        assert len(ROLES(organization=cast.a.pk, since=now - dt.timedelta(days=900))) > 1


def test_what_is_joined_costs_no_second_query(cast):
    long_ago = timezone.now() - dt.timedelta(days=900)
    with acting(system(Purpose.OPERATOR)):
        ROLES(organization=cast.a.pk, since=long_ago)
        with CaptureQueriesContext(connection) as queries:
            found = ROLES(organization=cast.a.pk, since=long_ago)
            assert all(one.person.email for one in found)
    assert len(queries) == 1


def test_tuples_and_single_values_come_as_such(cast):
    pairs = Compiled(
        lambda email: Person.objects.filter(email=email).values_list("email", "is_active")
    )
    single = Compiled(
        lambda email: Person.objects.filter(email=email).values_list("pk", flat=True)
    )
    with acting(system(Purpose.OPERATOR)):
        for one in (cast.amara, cast.chiara):
            assert pairs(email=one.email) == [(one.email, True)]
            assert single.first(email=one.email) == one.pk
        assert single.first(email="nobody@example.org") is None


def test_a_change_takes_its_values_and_tells_how_many(cast):
    rename = CompiledUpdate(
        lambda person, name: (Person.objects.filter(pk=person), {"display_name": name})
    )
    with acting(system(Purpose.OPERATOR)):
        assert rename(person=cast.amara.pk, name="Amara anew") == 1
        assert rename(person=cast.chiara.pk, name="Chiara anew") == 1
        assert rename(person=uuid.uuid4(), name="Nobody") == 0
        names = dict(Person.objects.values_list("pk", "display_name"))
    assert (names[cast.amara.pk], names[cast.chiara.pk]) == ("Amara anew", "Chiara anew")
    assert "Nobody" not in names.values()


def test_a_change_that_the_database_refuses_says_so(cast):
    taken = CompiledUpdate(
        lambda person, email: (Person.objects.filter(pk=person), {"email": email})
    )
    with pytest.raises(IntegrityError), acting(system(Purpose.OPERATOR)):
        taken(person=cast.amara.pk, email=cast.chiara.email)


def test_a_moment_that_is_no_value_is_noticed(cast):
    frozen = Compiled(
        lambda person: Membership.objects.beyond_scope().filter(
            person_id=person, role_since__lt=timezone.now()
        )
    )
    with acting(system(Purpose.OPERATOR)), pytest.raises(NotCompilable):
        frozen(person=cast.amara.pk)


def test_a_scope_is_never_part_of_it(cast):
    scoped = Compiled(lambda person: Membership.objects.filter(person_id=person))
    with acting(cast.actor("amara")), pytest.raises(ScopeError):
        scoped(person=cast.amara.pk)


def test_a_value_without_a_place_and_one_of_no_kind_are_noticed(cast):
    unused = Compiled(lambda person, more: Person.objects.filter(pk=person))  # noqa: ARG005 - that is it
    listed = Compiled(lambda people: Person.objects.filter(pk__in=people))
    with acting(system(Purpose.OPERATOR)):
        with pytest.raises(NotCompilable):
            unused(person=cast.amara.pk, more="x")
        with pytest.raises(NotCompilable):
            listed(people=[cast.amara.pk])


def test_nothing_is_no_value(cast):
    with pytest.raises(TypeError):
        ROLES(organization=None, since=timezone.now())
