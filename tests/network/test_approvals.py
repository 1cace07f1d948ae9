"""A second owner confirms what is grave, where there is one."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from network.actions.approvals import (
    ask_or_do,
    cancel_approval,
    confirm_approval,
    register_deed,
)
from network.actions.members import change_role, remove_member
from network.actions.organizations import end_membership, grant_membership, leave_organization
from network.enums import ApprovalKind, Role
from network.models import Approval, AuditEntry, Membership
from network.permissions import Refused
from network.queries.approvals import approvals_waiting
from network.tenancy import acting, member
from tests.network.members import OPERATOR, join, later, mails, of


@pytest.fixture
def done(monkeypatch):
    """What the deed of an export has been called with."""
    calls = []
    monkeypatch.setattr("network.actions.approvals._deeds", dict(_deeds()))
    register_deed(
        ApprovalKind.EXPORT, lambda actor, group, details: calls.append((actor, group.pk, details))
    )
    return calls


def _deeds():
    from network.actions import approvals

    return approvals._deeds


@pytest.fixture
def rosa(cast):
    """A second owner of A."""
    return join(cast.a, "rosa", Role.OWNER)


def ask(actor, organization, **details):
    with acting(actor):
        return ask_or_do(
            actor, organization=organization, kind=ApprovalKind.EXPORT, details=details
        )


def confirm(actor, approval):
    with acting(actor):
        confirm_approval(actor, approval=approval)


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara", "esi", "dov"])
def test_only_an_owner_asks(cast, done, name):
    with pytest.raises(Refused):
        ask(cast.actor(name), cast.a)
    coordinator = join(cast.a, "cora", Role.COORDINATOR)
    with pytest.raises(Refused):
        ask(coordinator, cast.a)
    with pytest.raises(Refused):
        ask(join(cast.b, "beni", Role.OWNER), cast.a)
    assert done == []


def test_the_only_owner_does_it_at_once(cast, done):
    amara = cast.actor("amara")
    assert ask(amara, cast.a, what="all") is None
    assert done == [(amara, cast.a.pk, {"what": "all"})]
    with acting(OPERATOR):
        assert not Approval.objects.exists()


def test_with_two_owners_it_waits_for_the_other(cast, rosa, done):
    amara = cast.actor("amara")
    approval = ask(amara, cast.a, what="all")
    assert done == []
    assert approval is not None
    assert {mail.to for mail in mails()} == {"amara@example.org", "rosa@example.org"}
    with pytest.raises(ValidationError) as refused:
        confirm(amara, approval)
    assert refused.value.code == "own"
    assert done == []
    confirm(rosa, approval)
    assert done == [(rosa, cast.a.pk, {"what": "all"})]
    with pytest.raises(ValidationError) as refused:
        confirm(rosa, approval)
    assert refused.value.code == "closed"
    assert len(done) == 1


def test_asking_twice_asks_once(cast, rosa, done):
    first, second = (ask(cast.actor("amara"), cast.a, what="all") for _ in range(2))
    assert first.pk == second.pk
    assert len(mails()) == 2
    assert ask(cast.actor("amara"), cast.a, what="else").pk != first.pk


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COORDINATOR])
def test_nobody_but_an_owner_confirms_or_calls_off(cast, rosa, done, role):
    approval = ask(cast.actor("amara"), cast.a)
    for other in (join(cast.a, "cora", role), join(cast.b, "beni", Role.OWNER)):
        with acting(other):
            for act in (confirm_approval, cancel_approval):
                with pytest.raises(Refused):
                    act(other, approval=approval)
    assert done == []


def test_what_was_called_off_or_has_passed_is_not_confirmed(cast, rosa, done, monkeypatch):
    approval = ask(cast.actor("amara"), cast.a, number=1)
    with acting(cast.actor("amara")) as amara:
        cancel_approval(amara, approval=approval)
        cancel_approval(amara, approval=approval)
        assert AuditEntry.objects.filter(verb="approval.cancelled").count() == 1
    old = ask(cast.actor("amara"), cast.a, number=2)
    with acting(cast.actor("amara")):
        Approval.objects.filter(pk=old.pk).update(expires_at="2026-01-01T00:00Z")
    for one in (approval, old):
        with pytest.raises(ValidationError) as refused:
            confirm(rosa, one)
        assert refused.value.code == "closed"
    with acting(rosa):
        assert list(approvals_waiting(rosa)) == []
    assert done == []


def test_what_somebody_asked_who_is_no_owner_any_more_is_dead(cast, rosa, done):
    approval = ask(cast.actor("amara"), cast.a)
    with acting(rosa):
        assert list(approvals_waiting(rosa)) == [approval]
    with acting(OPERATOR) as operator:
        grant_membership(operator, organization=cast.a, person=cast.amara, role=Role.MEMBER)
        third = join(cast.a, "third", Role.OWNER)
    for owner in (rosa, third):
        with acting(owner):
            assert list(approvals_waiting(owner)) == []
        with pytest.raises(ValidationError):
            confirm(owner, approval)
    assert done == []


def test_what_waits_is_seen_in_the_own_group_only(cast, rosa, done):
    ask(cast.actor("amara"), cast.a)
    beni = join(cast.b, "beni", Role.OWNER)
    join(cast.b, "berta", Role.OWNER)
    foreign = ask(beni, cast.b)
    with acting(beni):
        assert list(approvals_waiting(beni)) == [foreign]


def test_nothing_is_half_done_where_the_deed_refuses(cast, rosa, done):
    def refuse(actor, group, details):
        raise ValidationError("no")

    register_deed(ApprovalKind.EXPORT, refuse)
    approval = ask(cast.actor("amara"), cast.a)
    with pytest.raises(ValidationError):
        confirm(rosa, approval)
    with acting(OPERATOR):
        assert Approval.objects.get().done_at is None


def test_the_database_itself_lets_nobody_confirm_their_own(cast, rosa, done):
    approval = ask(cast.actor("amara"), cast.a)
    with acting(cast.actor("amara")), pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(confirmed_by=approval.asked_by)


# Owners made and unmade


def test_one_owner_makes_another_at_once_and_a_third_needs_both(cast):
    amara, bilal, edna = (cast.actor(name) for name in ("amara", "bilal", "edna"))
    with acting(amara):
        assert change_role(amara, membership=of(bilal), role=Role.OWNER) is None
    assert of(bilal).role == Role.OWNER
    with acting(amara):
        waiting = change_role(amara, membership=of(edna), role=Role.OWNER)
    assert of(edna).role == Role.EDITOR
    confirm(bilal, waiting)
    assert of(edna).role == Role.OWNER


def test_no_owner_takes_another_away_alone(cast, rosa):
    amara, theirs = cast.actor("amara"), of(rosa)
    with acting(amara):
        for act in (
            lambda: end_membership(amara, membership=theirs),
            lambda: grant_membership(
                amara, organization=cast.a, person=theirs.person, role=Role.MEMBER
            ),
        ):
            theirs.person = type(cast.amara)(pk=rosa.person_id)
            with pytest.raises(ValidationError) as refused:
                act()
            assert refused.value.code == "second_owner"
        waiting = remove_member(amara, membership=theirs)
    third = join(cast.a, "third", Role.OWNER)
    confirm(third, waiting)
    with acting(amara):
        assert not Membership.objects.filter(person_id=rosa.person_id, ended_at=None).exists()


def test_an_owner_steps_down_or_leaves_of_their_own_will(cast, rosa):
    with acting(rosa):
        assert change_role(rosa, membership=of(rosa), role=Role.MEMBER) is None
    assert of(rosa).role == Role.MEMBER
    amara = cast.actor("amara")
    with acting(amara), pytest.raises(ValidationError) as refused:
        leave_organization(amara)
    assert refused.value.code == "last_owner"


def test_everybody_else_leaves_when_they_like(cast):
    for name in ("bilal", "edna", "omar"):
        actor = cast.actor(name)
        with acting(actor):
            leave_organization(actor)
            with pytest.raises(Refused):
                leave_organization(actor)
    foreign = member(cast.chiara.pk, cast.a.pk)
    with acting(foreign), pytest.raises(Refused):
        leave_organization(foreign)
    assert of(cast.actor("chiara"))


def test_ordinary_roles_want_no_second_owner(cast, rosa):
    amara = cast.actor("amara")
    with acting(amara):
        assert change_role(amara, membership=of(cast.actor("bilal")), role=Role.EDITOR) is None
        assert remove_member(amara, membership=of(cast.actor("edna"))) is None
        assert not Approval.objects.exists()


def test_whoever_left_gets_no_role_by_an_old_page(cast, monkeypatch):
    amara, theirs = cast.actor("amara"), of(cast.actor("bilal"))
    with acting(amara):
        remove_member(amara, membership=theirs)
        theirs.refresh_from_db()
        with pytest.raises(ValidationError) as refused:
            change_role(amara, membership=theirs, role=Role.EDITOR)
        assert refused.value.code == "ended"


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara"])
def test_who_does_not_manage_members_changes_nobody(cast, name):
    actor, theirs = cast.actor(name), of(cast.actor("bilal"))
    with acting(actor):
        with pytest.raises(Refused):
            change_role(actor, membership=theirs, role=Role.MEMBER)
        with pytest.raises(Refused):
            remove_member(actor, membership=theirs)


def test_after_the_grace_an_owner_confirms_nothing(cast, rosa, done, monkeypatch):
    approval = ask(cast.actor("amara"), cast.a)
    with acting(OPERATOR):
        Membership.objects.filter(person_id=rosa.person_id).update(role_since="2026-01-01T00:00Z")
    with pytest.raises(Refused):
        confirm(rosa, approval)
    assert done == []
    later(monkeypatch, days=1)
