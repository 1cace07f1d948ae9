"""What members know of each other, and what is purged when it has passed its time."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from network.actions.member_names import carry_name
from network.actions.organizations import end_membership
from network.actions.purge import purge
from network.actions.purge_members import purge_members
from network.enums import ApprovalKind, Role
from network.models import Approval, Invitation, MemberName, Membership, Person
from network.queries.audit import audit_of, verbs_of
from network.queries.members import members_of, names_of
from network.tenancy import Purpose, acting, system
from tests.network.members import OPERATOR, invite, join, later, of

PURGE = system(Purpose.PURGE)


def test_members_are_listed_by_name_owners_first_and_foreign_ones_never(cast):
    for name in ("bilal", "chiara"):
        actor = cast.actor(name)
        with acting(actor):
            found = [(row.name, row.role) for row in members_of(actor)]
        assert (
            found
            == {
                "bilal": [
                    ("Amara", "owner"),
                    ("Edna", "editor"),
                    ("Omar", "organizer"),
                    ("Bilal", "member"),
                ],
                "chiara": [("Chiara", "organizer")],
            }[name]
        )
    esi = cast.actor("esi")
    with acting(esi):
        for question in (members_of, names_of, audit_of):
            with pytest.raises(ValueError, match="organization"):
                question(esi)


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_is_one_query(cast, more, django_assert_num_queries):
    for number in range(more):
        join(cast.b, f"more-{number}", Role.MEMBER)
    chiara = cast.actor("chiara")
    with acting(chiara):
        with django_assert_num_queries(1):
            rows = [(row.name, row.organization.slug) for row in members_of(chiara)]
        assert len(rows) == 1 + more


def test_a_new_name_reaches_the_groups_of_today_and_no_others(cast):
    bilal = cast.actor("bilal")
    with acting(OPERATOR) as operator:
        from network.actions.organizations import grant_membership

        grant_membership(operator, organization=cast.b, person=cast.bilal, role=Role.MEMBER)
        end_membership(operator, membership=of(bilal))
        Person.objects.filter(pk=cast.bilal.pk).update(display_name="Bilal the Second")
    with acting(bilal):
        carry_name(bilal)
    for name, known in (("amara", "Bilal"), ("chiara", "Bilal the Second")):
        with acting(cast.actor(name)) as reader:
            assert names_of(reader)[cast.bilal.pk] == known


def test_nobody_renames_a_colleague(cast):
    if not settings.HAS_OWNER_ROLE:
        pytest.skip("row security needs PostgreSQL with two roles; SQLite has none")
    with acting(cast.actor("amara")):
        names = MemberName._base_manager
        assert names.filter(person=cast.bilal).update(name="Forged") == 0
        assert names.filter(person=cast.amara).update(name="Amara A.") == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            names.create(organization=cast.a, person=cast.chiara, name="Planted")
        assert names.filter(person=cast.chiara).count() == 0


def test_the_log_is_read_newest_first_by_verb_and_by_person(cast):
    amara = cast.actor("amara")
    invite(amara, cast.a, "noor@example.org")
    invite(join(cast.b, "beni", Role.OWNER), cast.b, "noor@example.org")
    with acting(amara):
        entries = list(audit_of(amara))
        assert entries[0].verb == "invitation.sent"
        assert {entry.organization_id for entry in entries} == {cast.a.pk}
        assert [e.created_at for e in entries] == sorted(
            (e.created_at for e in entries), reverse=True
        )
        assert {e.verb for e in audit_of(amara, verb="membership.granted")} == {
            "membership.granted"
        }
        assert [e.verb for e in audit_of(amara, person_id=cast.amara.pk)] == ["invitation.sent"]
        assert list(audit_of(amara, person_id=cast.chiara.pk)) == []
        assert verbs_of(amara) == [
            "invitation.sent",
            "membership.granted",
            "organization.created",
        ]


@pytest.mark.parametrize(
    ("values", "is_kept"),
    [
        ({}, True),
        ({"expires_at": dt.timedelta(days=-6)}, True),
        ({"expires_at": dt.timedelta(days=-8)}, False),
        ({"accepted_at": dt.timedelta(days=-6)}, True),
        ({"accepted_at": dt.timedelta(days=-8)}, False),
        ({"revoked_at": dt.timedelta(days=-8)}, False),
    ],
    ids=str,
)
def test_an_invitation_goes_7_days_after_its_end(cast, values, is_kept):
    invite(cast.actor("amara"), cast.a, "noor@example.org")
    moments = {name: timezone.now() + delta for name, delta in values.items()}
    with acting(OPERATOR):
        Invitation.objects.update(**moments) if moments else None
    assert purge_members(PURGE)["invitations"] == (0 if is_kept else 1)
    with acting(OPERATOR):
        assert Invitation.objects.exists() is is_kept


def test_an_approval_goes_7_days_after_its_end(cast, monkeypatch):
    with acting(cast.actor("amara")):
        own = Membership.objects.get(person=cast.amara)
        for days in (1, -6, -8):
            Approval.objects.create(
                organization=cast.a,
                kind=ApprovalKind.EXPORT,
                asked_by=own,
                expires_at=timezone.now() + dt.timedelta(days=days),
            )
    assert purge_members(PURGE)["approvals"] == 1
    assert purge_members(PURGE)["approvals"] == 0


def test_the_name_of_who_left_goes_with_the_log(cast, monkeypatch):
    with acting(OPERATOR) as operator:
        end_membership(operator, membership=of(cast.actor("bilal")))
    later(monkeypatch, days=364)
    assert purge_members(PURGE)["member_names"] == 0
    monkeypatch.undo()
    later(monkeypatch, days=366)
    assert purge_members(PURGE)["member_names"] == 1
    with acting(OPERATOR):
        assert not MemberName.objects.filter(person=cast.bilal).exists()
        assert MemberName.objects.filter(person=cast.amara).exists()


def test_the_purge_says_how_much_of_what(cast):
    own = {"invitations", "approvals", "handovers", "member_names", "organizations"}
    result = purge(PURGE)
    assert own <= set(result)
    assert set(result.values()) == {0}
    with pytest.raises(ValueError, match="purges"):
        purge_members(OPERATOR)
