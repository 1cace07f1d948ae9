"""Lock-down freezes an organization; only its owners end it."""

import pytest
from django.core.exceptions import ValidationError

from network import events
from network.actions.approvals import confirm_approval
from network.actions.lockdown import lock_organization, unlock_organization
from network.enums import Role
from network.events import OrganizationLocked, OrganizationUnlocked, subscribe
from network.models import AuditEntry, Invitation, Organization
from network.permissions import Permission, Refused, can, can_bring_back
from network.queries.memberships import role_of
from network.tenancy import acting
from tests.network.members import OPERATOR, invite, join, of


@pytest.fixture
def heard(monkeypatch):
    """Events of lock-downs, in their order."""
    found = []
    monkeypatch.setattr(events, "_receivers", events.defaultdict(list))
    for kind in (OrganizationLocked, OrganizationUnlocked):
        subscribe(kind, found.append)
    return found


def lock(actor, organization):
    with acting(actor):
        lock_organization(actor, organization=organization)


def unlock(actor, organization):
    with acting(actor):
        return unlock_organization(actor, organization=organization)


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara", "esi", "dov"])
def test_who_may_not_lock_is_refused(cast, name):
    with pytest.raises(Refused):
        lock(cast.actor(name), cast.a)
    with acting(OPERATOR):
        assert Organization.objects.get(pk=cast.a.pk).locked_down_at is None


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OWNER])
def test_while_locked_nobody_has_a_role_and_invitations_are_dead(
    cast, heard, role, django_capture_on_commit_callbacks
):
    invite(cast.actor("amara"), cast.a, "noor@example.org")
    other = invite(join(cast.b, "beni", Role.OWNER), cast.b, "noor@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        lock(join(cast.a, "cora", role), cast.a)
    assert heard == [OrganizationLocked(cast.a.pk)]
    assert other
    for name in ("amara", "bilal", "edna", "omar"):
        actor = cast.actor(name)
        with acting(actor):
            assert role_of(actor) is None
            assert not any(can(actor, permission) for permission in Permission)
            assert can_bring_back(actor) is (name == "amara")
    with acting(OPERATOR):
        revoked = {i.organization_id: i.revoked_at is not None for i in Invitation.objects.all()}
        assert revoked == {cast.a.pk: True, cast.b.pk: False}
    chiara = cast.actor("chiara")
    with acting(chiara):
        assert role_of(chiara) is Role.ORGANIZER


def test_only_an_owner_unlocks(cast, heard, django_capture_on_commit_callbacks):
    cora = join(cast.a, "cora", Role.COORDINATOR)
    beni = join(cast.b, "beni", Role.OWNER)
    lock(cora, cast.a)
    for actor in (cora, beni, cast.actor("bilal"), cast.actor("esi")):
        with pytest.raises(Refused):
            unlock(actor, cast.a)
    with django_capture_on_commit_callbacks(execute=True):
        assert unlock(cast.actor("amara"), cast.a) is None
    amara = cast.actor("amara")
    with acting(amara):
        assert role_of(amara) is Role.OWNER
        verbs = set(AuditEntry.objects.values_list("verb", flat=True))
        assert {"organization.locked", "organization.unlocked"} <= verbs
    assert heard == [OrganizationUnlocked(cast.a.pk)]


def test_an_owner_whose_own_group_is_locked_does_not_unlock_another(cast):
    beni = join(cast.b, "beni", Role.OWNER)
    lock(beni, cast.b)
    lock(cast.actor("amara"), cast.a)
    with pytest.raises(Refused):
        unlock(beni, cast.a)


def test_with_two_owners_the_second_confirms(cast):
    amara, rosa = cast.actor("amara"), join(cast.a, "rosa", Role.OWNER)
    lock(amara, cast.a)
    waiting = unlock(amara, cast.a)
    with acting(amara), pytest.raises(ValidationError):
        confirm_approval(amara, approval=waiting)
    with acting(amara):
        assert role_of(amara) is None
    with acting(rosa):
        confirm_approval(rosa, approval=waiting)
        assert role_of(rosa) is Role.OWNER


def test_an_open_group_is_not_unlocked_and_a_locked_one_not_locked_again(cast):
    amara = cast.actor("amara")
    with pytest.raises(Refused):
        unlock(amara, cast.a)
    lock(amara, cast.a)
    with pytest.raises(Refused):
        lock(amara, cast.a)


def test_a_locked_group_asks_its_owners_for_nothing_else(cast):
    from network.actions.departures import delete_organization, restore_organization
    from network.actions.members import change_role

    amara = cast.actor("amara")
    bilal = of(cast.actor("bilal"))
    lock(amara, cast.a)
    with acting(amara):
        for act in (
            lambda: delete_organization(amara, organization=cast.a),
            lambda: restore_organization(amara, organization=cast.a),
            lambda: change_role(amara, membership=bilal, role=Role.OWNER),
        ):
            with pytest.raises(Refused):
                act()
