"""An organization leaves, may come back for 7 days, and is then gone for good."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as Right
from django.core.exceptions import ValidationError

from directory.models import Program, ProgramGrant, ProgramText
from network import events
from network.actions.approvals import ask_or_do, confirm_approval
from network.actions.departures import (
    delete_organization,
    purge_departed,
    restore_organization,
)
from network.actions.handovers import hand_over_organization
from network.actions.organizations import create_organization
from network.enums import ApprovalKind, OrganizationStatus, Role
from network.events import OrganizationDeleted, OrganizationPurged, OrganizationRestored, subscribe
from network.models import Organization, Person
from network.permissions import Permission, Refused, can
from network.queries.memberships import role_of
from network.tenancy import Purpose, acting, system
from tests.network.members import OPERATOR, invite, join, later, mails, of

PURGE = system(Purpose.PURGE)


@pytest.fixture
def heard(monkeypatch):
    """Events of departures, in their order."""
    found = []
    monkeypatch.setattr(events, "_receivers", events.defaultdict(list))
    for kind in (OrganizationDeleted, OrganizationRestored, OrganizationPurged):
        subscribe(kind, found.append)
    return found


def delete(actor, organization):
    with acting(actor):
        return delete_organization(actor, organization=organization)


def restore(actor, organization):
    with acting(actor):
        restore_organization(actor, organization=organization)


def reload(organization):
    with acting(OPERATOR):
        return Organization.objects.get(pk=organization.pk)


def test_only_an_owner_deletes(cast):
    cora = join(cast.a, "cora", Role.COORDINATOR)
    beni = join(cast.b, "beni", Role.OWNER)
    for actor in (cora, beni, *(cast.actor(name) for name in ("bilal", "edna", "omar", "esi"))):
        with pytest.raises(Refused):
            delete(actor, cast.a)
    assert reload(cast.a).status == OrganizationStatus.VERIFIED


def test_once_deleted_nobody_has_a_role_and_all_are_told(
    cast, heard, django_capture_on_commit_callbacks
):
    invite(cast.actor("amara"), cast.a, "noor@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        assert delete(cast.actor("amara"), cast.a) is None
    assert heard == [OrganizationDeleted(cast.a.pk)]
    left = reload(cast.a)
    assert left.status == OrganizationStatus.LEFT
    assert left.deleted_at is not None
    for name in ("amara", "bilal", "edna", "omar"):
        actor = cast.actor(name)
        with acting(actor):
            assert role_of(actor) is None
            assert not any(can(actor, permission) for permission in Permission)
    told = {mail.to for mail in mails() if "noor" not in mail.to}
    assert told == {f"{name}@example.org" for name in ("amara", "bilal", "edna", "omar")}
    assert reload(cast.b).status == OrganizationStatus.VERIFIED


def test_a_second_owner_confirms_it(cast):
    rosa = join(cast.a, "rosa", Role.OWNER)
    waiting = delete(cast.actor("amara"), cast.a)
    assert reload(cast.a).status == OrganizationStatus.VERIFIED
    with acting(rosa):
        confirm_approval(rosa, approval=waiting)
    assert reload(cast.a).status == OrganizationStatus.LEFT


def test_an_owner_undoes_it_within_7_days(
    cast, heard, monkeypatch, django_capture_on_commit_callbacks
):
    delete(cast.actor("amara"), cast.a)
    beni = join(cast.b, "beni", Role.OWNER)
    for actor in (beni, cast.actor("bilal"), cast.actor("edna"), cast.actor("esi")):
        with pytest.raises(Refused):
            restore(actor, cast.a)
    with acting(OPERATOR):
        Person.objects.filter(pk=cast.amara.pk).update(second_factor_since="2026-01-01T00:00Z")
    later(monkeypatch, days=6, hours=23)
    with django_capture_on_commit_callbacks(execute=True):
        restore(cast.actor("amara"), cast.a)
    assert OrganizationRestored(cast.a.pk) in heard
    amara = cast.actor("amara")
    with acting(amara):
        assert role_of(amara) is Role.OWNER
    back = reload(cast.a)
    assert back.status == OrganizationStatus.VERIFIED
    assert back.deleted_at is None


def test_a_group_that_was_not_verified_comes_back_unverified(cast):
    farid = cast.actor("farid")
    delete(farid, cast.applicant)
    restore(farid, cast.applicant)
    assert reload(cast.applicant).status == OrganizationStatus.APPLIED


def test_after_7_days_there_is_no_way_back(cast, monkeypatch):
    delete(cast.actor("amara"), cast.a)
    with acting(OPERATOR):
        Person.objects.filter(pk=cast.amara.pk).update(second_factor_since="2026-01-01T00:00Z")
    later(monkeypatch, days=7)
    with pytest.raises(ValidationError) as refused:
        restore(cast.actor("amara"), cast.a)
    assert refused.value.code == "gone"


def fill(organization, owner):
    """One row in each table that hangs on an organization, as far as this floor knows them."""
    with acting(owner):
        program = Program.objects.create(
            organization=organization, slug=f"p-{organization.slug}", country="GB"
        )
        ProgramText.objects.create(
            organization=organization, program=program, language="en", name="Visits"
        )
        ask_or_do(owner, organization=organization, kind=ApprovalKind.EXPORT)
    invite(owner, organization, "noor@example.org")
    with acting(OPERATOR) as operator:
        other = join(organization, f"extra-{organization.slug}", Role.MEMBER)
        hand_over_organization(operator, membership=of(other), reason="Nobody answers.")


def grant(program_of, held_by):
    """Let the group of one organization edit the texts of another's program."""
    with acting(OPERATOR):
        program = Program.objects.get(organization=program_of)
        ProgramGrant.objects.create(
            organization=program_of,
            permission=Right.objects.get(codename="edit_texts"),
            group=held_by.group,
            content_object=program,
        )


def rows_of(organization):
    """How many rows each table holds of one organization."""
    found = {}
    for purpose in (Purpose.OPERATOR, Purpose.PURGE):
        with acting(system(purpose)):
            for model in apps.get_models():
                names = {field.name for field in model._meta.local_fields}
                if model._meta.app_label == "guardian" or "organization" not in names:
                    continue
                number = model._base_manager.filter(organization_id=organization.pk).count()
                found[model._meta.label] = max(number, found.get(model._meta.label, 0))
    return {label: number for label, number in found.items() if number}


def test_then_everything_is_gone_and_the_address_is_never_given_again(
    cast, heard, monkeypatch, django_capture_on_commit_callbacks
):
    owners = {
        cast.a: (cast.actor("amara"), join(cast.a, "rosa", Role.OWNER)),
        cast.b: (join(cast.b, "beni", Role.OWNER), join(cast.b, "berta", Role.OWNER)),
    }
    for organization, (owner, _) in owners.items():
        fill(organization, owner)
    grant(cast.b, cast.a)
    grant(cast.a, cast.b)
    waiting = delete(owners[cast.a][0], cast.a)
    with acting(owners[cast.a][1]) as rosa:
        confirm_approval(rosa, approval=waiting)
    group, before = cast.a.group_id, rows_of(cast.b)
    assert len(before) >= 7

    assert purge_departed(PURGE) == 0
    later(monkeypatch, days=7)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_departed(PURGE) == 1
    assert heard == [OrganizationPurged(cast.a.pk)]
    assert rows_of(cast.a) == {}
    # What B had granted to A is held by nobody any more.
    del before["directory.ProgramGrant"]
    assert rows_of(cast.b) == before
    with acting(OPERATOR) as operator:
        assert not Organization.objects.filter(pk=cast.a.pk).exists()
        assert not Group.objects.filter(pk=group).exists()
        assert not ProgramGrant.objects.exists()
        assert Person.objects.filter(pk=cast.amara.pk).exists()
        with pytest.raises(ValidationError) as refused:
            create_organization(operator, slug=cast.a.slug, name="Others", country="GB")
        assert refused.value.code == "retired"
    assert purge_departed(PURGE) == 0


def test_only_the_purge_purges(cast):
    for purpose in (Purpose.OPERATOR, Purpose.SIGN_IN):
        with pytest.raises(ValueError, match="purges"):
            purge_departed(system(purpose))
