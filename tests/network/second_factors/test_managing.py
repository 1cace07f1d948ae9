"""Removing, naming and resetting: one's own only, and not the last where a role needs it."""

import pytest
from django.core.exceptions import ValidationError

from network.actions.organizations import create_organization, grant_membership
from network.actions.second_factors import (
    make_recovery_codes,
    remove_factor,
    rename_factor,
    reset_second_factors,
    verify_code,
)
from network.enums import Role
from network.models import AuditEntry, Membership, Organization, Person, RecoveryCode, SecondFactor
from network.permissions import Refused
from network.queries.factors import factors_of, needs_second_factor
from network.tenancy import Purpose, acting, system, visitor
from tests.network.second_factors.people import alone, code_at, signing_in, with_app
from tests.several import at_once


def since(person):
    with acting(alone(person)):
        return Person.objects.get(pk=person.pk).second_factor_since


def only_factor(person):
    with acting(alone(person)) as actor:
        return factors_of(actor).get()


@pytest.mark.parametrize("name", ["amara", "edna", "omar", "dov"])
def test_the_last_factor_stays_while_a_role_needs_one(cast, name):
    person = getattr(cast, name)
    with_app(person)
    with acting(alone(person)) as actor:
        make_recovery_codes(actor)
        with pytest.raises(ValidationError) as refused:
            remove_factor(actor, factor_id=only_factor(person).pk)
        assert refused.value.code == "last_factor"
        assert RecoveryCode.objects.filter(person=person).count() == 10
    assert since(person) is not None


def test_of_two_one_may_go_and_the_date_stays(cast, clock):
    first = with_app(cast.omar)
    begun, old = since(cast.omar), only_factor(cast.omar)
    clock.goes(60)
    second = with_app(cast.omar)
    assert since(cast.omar) == begun
    with acting(alone(cast.omar)) as actor:
        make_recovery_codes(actor)
        remove_factor(actor, factor_id=old.pk)
        assert RecoveryCode.objects.filter(person=cast.omar).count() == 10
    assert since(cast.omar) == begun
    with signing_in():
        assert not verify_code(cast.omar.pk, code_at(first))
        assert verify_code(cast.omar.pk, code_at(second))


def test_who_needs_none_may_remove_the_last_and_the_codes_go_with_it(cast):
    with_app(cast.bilal)
    with_app(cast.omar)
    with acting(alone(cast.omar)) as actor:
        make_recovery_codes(actor)
    with acting(alone(cast.bilal)) as actor:
        codes = make_recovery_codes(actor)
        remove_factor(actor, factor_id=only_factor(cast.bilal).pk)
        assert not RecoveryCode.objects.filter(person=cast.bilal).exists()
        with pytest.raises(SecondFactor.DoesNotExist):
            remove_factor(actor, factor_id=only_factor(cast.omar).pk)
    assert since(cast.bilal) is None
    assert since(cast.omar) is not None
    with signing_in():
        assert not verify_code(cast.bilal.pk, codes[0])


def test_anothers_factor_is_missing_for_everybody_else(cast):
    with_app(cast.omar, name="Mine")
    factor = only_factor(cast.omar)
    for name in ("amara", "bilal", "chiara"):
        with acting(cast.actor(name)) as actor:
            with pytest.raises(SecondFactor.DoesNotExist):
                rename_factor(actor, factor_id=factor.pk, name="Hers")
            with pytest.raises(SecondFactor.DoesNotExist):
                remove_factor(actor, factor_id=factor.pk)
    for actor in (visitor(), system(Purpose.OPERATOR), system(Purpose.SIGN_IN)):
        with acting(actor), pytest.raises(Refused):
            remove_factor(actor, factor_id=factor.pk)
    assert only_factor(cast.omar).name == "Mine"


def test_a_name_is_trimmed_and_holds_nothing_odd(cast):
    with_app(cast.omar)
    factor = only_factor(cast.omar)
    with acting(alone(cast.omar)) as actor:
        for odd in ("x" * 61, "a\nb", "a\u202eb", "\x00"):
            with pytest.raises(ValidationError):
                rename_factor(actor, factor_id=factor.pk, name=odd)
        rename_factor(actor, factor_id=factor.pk, name="  هاتف قديم ")
    assert only_factor(cast.omar).name == "هاتف قديم"


def test_roles_and_stewards_need_one_and_members_do_not(cast):
    needing = {"amara", "edna", "omar", "chiara", "dov", "farid"}
    with acting(system(Purpose.OPERATOR)):
        for name in (*needing, "bilal"):
            assert needs_second_factor(getattr(cast, name)) is (name in needing), name
    for name in ("omar", "bilal"):
        person = getattr(cast, name)
        with acting(alone(person)):
            assert needs_second_factor(person) is (name == "omar")


def test_a_role_that_ended_or_a_suspended_organization_asks_for_nothing(cast):
    with acting(system(Purpose.OPERATOR)):
        Membership.objects.filter(person=cast.omar).update(ended_at="2026-01-01T00:00Z")
        assert not needs_second_factor(cast.omar)
        Organization.objects.filter(pk=cast.b.pk).update(status="suspended")
        assert not needs_second_factor(cast.chiara)
        Membership.objects.filter(person=cast.bilal).update(role=Role.EDITOR)
        assert needs_second_factor(cast.bilal)


@pytest.mark.usefixtures("committed")
def test_of_two_removed_at_once_the_last_one_stays():
    with acting(system(Purpose.OPERATOR)) as operator:
        organization = create_organization(operator, slug="one", name="One", country="GB")
        person = Person.objects.create_user("omar@example.org", display_name="Omar")
        grant_membership(operator, organization=organization, person=person, role=Role.ORGANIZER)
    with_app(person)
    with_app(person)
    with acting(alone(person)) as actor:
        present = list(factors_of(actor).values_list("pk", flat=True))

    def remove(factor_id):
        with acting(alone(person)) as actor:
            remove_factor(actor, factor_id=factor_id)

    answers = at_once([lambda pk=pk: remove(pk) for pk in present])
    assert sorted(type(one).__name__ for one in answers) == ["NoneType", "ValidationError"]
    assert only_factor(person).pk in present
    assert since(person) is not None


def test_only_the_operator_resets(cast):
    with_app(cast.omar)
    for actor in (alone(cast.omar), cast.actor("amara"), system(Purpose.SIGN_IN)):
        with acting(actor), pytest.raises(Refused):
            reset_second_factors(actor, person=cast.omar)
    assert since(cast.omar) is not None


def test_a_reset_takes_all_of_one_person_and_is_read_by_their_organization(cast):
    app, other = with_app(cast.omar), with_app(cast.edna)
    with acting(alone(cast.omar)) as actor:
        codes = make_recovery_codes(actor)
    with acting(system(Purpose.OPERATOR)) as operator:
        assert reset_second_factors(operator, person=cast.omar) == 1
        assert reset_second_factors(operator, person=cast.omar) == 0
        entries = AuditEntry.objects.filter(verb="second_factor.reset")
        assert [(e.organization_id, e.object_id) for e in entries] == [(cast.a.pk, cast.omar.pk)]
    assert since(cast.omar) is None
    with signing_in():
        assert not verify_code(cast.omar.pk, code_at(app))
        assert not verify_code(cast.omar.pk, codes[0])
        assert verify_code(cast.edna.pk, code_at(other))
