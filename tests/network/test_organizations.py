"""Who may give and take which role."""

import itertools

import pytest
from django.core.exceptions import ValidationError

from network.actions.organizations import end_membership, grant_membership
from network.enums import Role
from network.models import AuditEntry, Membership, Person
from network.permissions import Refused, can_assign
from network.tenancy import Purpose, acting, system

RANK = {Role.MEMBER: 0, Role.EDITOR: 1, Role.ORGANIZER: 1, Role.COORDINATOR: 2, Role.OWNER: 3}


@pytest.fixture
def second(cast):
    """Somebody else in A, whose role the tests change."""
    with acting(system(Purpose.OPERATOR)) as operator:
        person = Person.objects.create_user("second@example.org", display_name="Second")
        grant_membership(operator, organization=cast.a, person=person, role=Role.MEMBER)
        # Her colleague's row as she holds it; colleagues cannot read it.
        return person


def set_role(cast, person, role):
    with acting(system(Purpose.OPERATOR)):
        Membership.objects.filter(person=person).update(role=role)


@pytest.mark.parametrize(("own", "old", "new"), list(itertools.product(Role, repeat=3)), ids=str)
def test_nobody_gives_or_takes_a_role_above_their_own(cast, own, old, new):
    set_role(cast, cast.bilal, own)
    actor = cast.actor("bilal")
    allowed = own in (Role.COORDINATOR, Role.OWNER) and max(RANK[old], RANK[new]) <= RANK[own]
    with acting(actor):
        assert can_assign(actor, old, new) is allowed
        assert can_assign(actor, old, None) is (
            own in (Role.COORDINATOR, Role.OWNER) and RANK[old] <= RANK[own]
        )


def test_a_coordinator_cannot_become_owner_nor_touch_the_owner(cast):
    set_role(cast, cast.bilal, Role.COORDINATOR)
    with acting(cast.actor("bilal")) as bilal:
        for person, role in ((cast.bilal, Role.OWNER), (cast.amara, Role.MEMBER)):
            with pytest.raises(Refused):
                grant_membership(bilal, organization=cast.a, person=person, role=role)
        with pytest.raises(Refused):
            end_membership(bilal, membership=Membership.objects.get(person=cast.amara))
        assert Membership.objects.get(person=cast.amara).role == Role.OWNER


def test_nobody_brings_in_a_person_who_was_not_invited(cast):
    with acting(cast.actor("amara")) as amara, pytest.raises(Refused):
        grant_membership(amara, organization=cast.a, person=cast.chiara, role=Role.MEMBER)


def test_the_last_owner_stays(cast):
    with acting(cast.actor("amara")) as amara:
        mine = Membership.objects.get(person=cast.amara)
        with pytest.raises(ValidationError) as refused:
            end_membership(amara, membership=mine)
        assert refused.value.code == "last_owner"
        with pytest.raises(ValidationError):
            grant_membership(amara, organization=cast.a, person=cast.amara, role=Role.MEMBER)


def test_an_owner_may_go_when_another_is_there(cast, second):
    with acting(cast.actor("amara")) as amara:
        grant_membership(amara, organization=cast.a, person=second, role=Role.OWNER)
        end_membership(amara, membership=Membership.objects.get(person=cast.amara))
        present = Membership.objects.filter(ended_at=None, role=Role.OWNER)
        assert [membership.person_id for membership in present] == [second.pk]


def test_the_operator_may_take_the_last_owner_away(cast):
    with acting(system(Purpose.OPERATOR)) as operator:
        end_membership(operator, membership=Membership.objects.get(person=cast.amara))
        assert not Membership.objects.filter(person=cast.amara, ended_at=None).exists()


def test_the_same_role_again_changes_and_records_nothing(cast, second):
    with acting(cast.actor("amara")) as amara:
        before = AuditEntry.objects.count()
        grant_membership(amara, organization=cast.a, person=second, role=Role.MEMBER)
        assert AuditEntry.objects.count() == before
        grant_membership(amara, organization=cast.a, person=second, role=Role.EDITOR)
        assert AuditEntry.objects.count() == before + 1


def test_a_purpose_bound_to_one_organization_stays_in_it(cast):
    bound = system(Purpose.OPERATOR, organization_id=cast.a.pk)
    with acting(bound), pytest.raises(Refused):
        grant_membership(bound, organization=cast.b, person=cast.chiara, role=Role.OWNER)
