"""Two last owners who delete their accounts at the same moment leave no group without an owner."""

import pytest
from django.core.exceptions import ValidationError

from network.actions.accounts import delete_account
from network.actions.organizations import grant_membership
from network.enums import Role
from network.models import Membership, Person
from network.tenancy import Actor, Purpose, Via, acting, system
from tests.cast import make_cast
from tests.several import at_once

OPERATOR = system(Purpose.OPERATOR)


@pytest.fixture
def owners(committed):
    """Amara and Bilal, who own A together, and Chiara, who owns B."""
    with acting(OPERATOR) as operator:
        cast = make_cast(operator)
        Membership.objects.filter(person=cast.bilal).update(role=Role.OWNER)
        grant_membership(operator, organization=cast.b, person=cast.bilal, role=Role.OWNER)
        Membership.objects.filter(person=cast.chiara).update(role=Role.OWNER)
    return cast


def owners_of(organization):
    with acting(OPERATOR):
        found = Membership.objects.filter(
            organization=organization, role=Role.OWNER, ended_at=None
        )
        return {one.person.display_name for one in found.select_related("person")}


def goes(person):
    def work():
        delete_account(Actor(via=Via.PAGE, person_id=person.pk), person=person)
        return True

    return work


def test_of_two_last_owners_at_once_one_stays(owners):
    found = at_once([goes(owners.amara), goes(owners.bilal)])
    assert sorted(type(one).__name__ for one in found) == ["ValidationError", "bool"]
    (refused,) = (one for one in found if isinstance(one, Exception))
    assert isinstance(refused, ValidationError)
    assert refused.code == "last_owner"
    assert len(owners_of(owners.a)) == 1
    assert owners_of(owners.b) >= {"Chiara"}


def test_three_who_own_two_groups_between_them_leave_each_with_one(owners):
    found = at_once([goes(one) for one in (owners.amara, owners.bilal, owners.chiara)])
    assert {type(one) for one in found} <= {bool, ValidationError}
    assert owners_of(owners.a)
    assert owners_of(owners.b)


def test_one_after_the_other_the_second_is_told_which_group(owners):
    assert goes(owners.bilal)()
    with pytest.raises(ValidationError, match="Harbour Visitors"):
        goes(owners.amara)()
    with acting(OPERATOR):
        assert Person.objects.filter(pk=owners.amara.pk).exists()
