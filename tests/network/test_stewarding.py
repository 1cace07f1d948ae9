"""Suspending, support sessions with consent, and what this node says of itself."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from network.actions.node_profile import edit_node
from network.actions.support import answer_support, ask_for_support, end_support
from network.actions.suspending import lift_suspension, suspend_organization
from network.actions.tokens import create_token
from network.enums import OrganizationStatus, Role
from network.models import ApiToken, AuditEntry, Membership, Node, Organization, SupportSession
from network.permissions import OF_SUPPORT, Permission, Refused, can
from network.queries.memberships import role_of
from network.queries.support import support_session_of, supported_organization
from network.tenancy import acting, member
from tests.directory.applied import dov, second_steward
from tests.network.members import OPERATOR, later, mails, of

WHY = "They asked us for help."


def verbs(organization):
    with acting(OPERATOR):
        rows = AuditEntry.objects.filter(organization=organization)
        return list(rows.values_list("verb", flat=True))


def now(organization):
    with acting(OPERATOR):
        return Organization.objects.get(pk=organization.pk)


def make_member(cast, organization):
    with acting(OPERATOR):
        Membership.objects.create(organization=organization, person=cast.dov, role=Role.MEMBER)


# Suspension


@pytest.mark.parametrize("name", ["amara", "chiara", "farid", "esi"])
def test_nobody_suspends_but_a_steward(cast, name):
    with acting(OPERATOR):
        for act, words in (
            (suspend_organization, {"reason": WHY}),
            (lift_suspension, {}),
        ):
            with pytest.raises(Refused):
                act(cast.actor(name), organization=cast.a, **words)
    assert now(cast.a).status == OrganizationStatus.VERIFIED


def test_nor_one_who_belongs_to_it(cast):
    make_member(cast, cast.a)
    with acting(dov(cast)) as actor, pytest.raises(Refused):
        suspend_organization(actor, organization=cast.a, reason=WHY)


def test_a_suspended_group_has_no_roles_and_no_tokens_and_comes_back(cast):
    with acting(OPERATOR) as operator:
        create_token(
            operator, membership=of(cast.actor("amara")), name="x", scopes=["directory:read"]
        )
    for _turn in range(2):
        with acting(dov(cast)) as actor:
            suspend_organization(actor, organization=cast.a, reason=WHY)
    for name in ("amara", "bilal", "omar"):
        with acting(cast.actor(name)) as one:
            assert role_of(one) is None
    with acting(cast.actor("chiara")) as other:
        assert role_of(other) is Role.ORGANIZER
    with acting(OPERATOR):
        assert not ApiToken.objects.filter(revoked_at=None).exists()
    told = sorted(mail.to for mail in mails())
    assert told == [f"{n}@example.org" for n in ("amara", "bilal", "edna", "omar")]
    assert all(WHY in mail.text for mail in mails())
    assert verbs(cast.a).count("organization.suspended") == 1
    assert verbs(None).count("organization.suspended") == 1
    with acting(dov(cast)) as actor:
        lift_suspension(actor, organization=cast.a)
    assert now(cast.a).status == OrganizationStatus.VERIFIED
    with acting(cast.actor("bilal")) as one:
        assert role_of(one) is Role.MEMBER


def test_an_applicant_who_was_suspended_is_an_applicant_again(cast):
    with acting(dov(cast)) as actor:
        suspend_organization(actor, organization=cast.applicant, reason=WHY)
        lift_suspension(actor, organization=cast.applicant)
    assert now(cast.applicant).status == OrganizationStatus.APPLIED


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001, "a\u202eb"])
def test_a_reason_is_wanted(cast, reason):
    with acting(dov(cast)) as actor, pytest.raises(ValidationError) as refused:
        suspend_organization(actor, organization=cast.a, reason=reason)
    assert "reason" in refused.value.message_dict


# Support


def asked(cast, organization=None, minutes=30):
    with acting(dov(cast)) as actor:
        return ask_for_support(
            actor, organization=organization or cast.a, reason=WHY, minutes=minutes
        )


def answer(cast, session, is_allowed=True, name="amara"):
    with acting(cast.actor(name)) as actor:
        answer_support(actor, session=session, is_allowed=is_allowed)


def looking(cast, organization=None):
    return member(cast.dov.pk, (organization or cast.a).pk)


def may(cast, permission=Permission.PROGRAM_READ, organization=None):
    with acting(looking(cast, organization)) as actor:
        return can(actor, permission)


def test_without_consent_a_steward_sees_nothing(cast):
    assert not may(cast)
    session = asked(cast)
    assert not may(cast)
    answer(cast, session, is_allowed=False)
    assert not may(cast)
    assert not may(cast, organization=cast.b)


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara", "farid"])
def test_only_an_owner_of_the_group_consents(cast, name):
    session = asked(cast)
    with acting(OPERATOR), pytest.raises(Refused):
        answer_support(cast.actor(name), session=session, is_allowed=True)
    with acting(OPERATOR), pytest.raises(Refused):
        answer_support(dov(cast), session=session, is_allowed=True)
    assert not may(cast)


def test_with_consent_they_read_less_than_a_member_and_there_alone(cast):
    answer(cast, asked(cast))
    for permission in Permission:
        assert may(cast, permission) == (permission in OF_SUPPORT), permission
        assert not may(cast, permission, cast.b)
    other = second_steward()
    with acting(member(other.person_id, cast.a.pk)) as actor:
        assert not can(actor, Permission.PROGRAM_READ)
    with acting(dov(cast)) as actor:
        assert supported_organization(actor, cast.a.slug) == cast.a
        assert supported_organization(actor, cast.b.slug) is None


def test_it_ends_by_time_by_either_side_and_with_the_stewardship(cast, monkeypatch):
    session = asked(cast)
    answer(cast, session)
    later(monkeypatch, minutes=29)
    assert may(cast)
    later(monkeypatch, minutes=2)
    assert not may(cast)
    monkeypatch.undo()
    assert may(cast)
    with acting(OPERATOR):
        type(cast.dov).objects.filter(pk=cast.dov.pk).update(is_steward=False)
    assert not may(cast)
    with acting(OPERATOR):
        type(cast.dov).objects.filter(pk=cast.dov.pk).update(is_steward=True)
    with acting(cast.actor("amara")) as amara:
        end_support(amara, session=session)
    assert not may(cast)
    session = asked(cast)
    answer(cast, session)
    with acting(dov(cast)) as actor:
        end_support(actor, session=session)
    assert not may(cast)


def test_it_is_answered_once_and_within_a_week(cast):
    session = asked(cast)
    answer(cast, session, is_allowed=False)
    with pytest.raises(ValidationError):
        answer(cast, session)
    session = asked(cast)
    with acting(OPERATOR):
        SupportSession.objects.filter(pk=session.pk).update(expires_at="2020-01-01T00:00Z")
    with pytest.raises(ValidationError):
        answer(cast, session)
    # What nobody answered does not stand in the way.
    assert asked(cast).pk != session.pk


def test_one_at_a_time_an_hour_at_most_with_a_reason_and_not_ones_own(cast):
    for words in ({"minutes": 61}, {"minutes": 0}):
        with pytest.raises(ValidationError):
            asked(cast, **words)
    with acting(dov(cast)) as actor, pytest.raises(ValidationError):
        ask_for_support(actor, organization=cast.a, reason=" ", minutes=5)
    asked(cast)
    with pytest.raises(ValidationError):
        asked(cast)
    make_member(cast, cast.b)
    with pytest.raises(Refused):
        asked(cast, cast.b)
    [mail] = mails()
    assert mail.to == "amara@example.org"
    assert WHY in mail.text


def test_it_ends_with_the_suspension(cast):
    answer(cast, asked(cast))
    with acting(dov(cast)) as actor:
        suspend_organization(actor, organization=cast.a, reason=WHY)
    assert not may(cast)


def test_no_steward_allows_it_past_the_actions(cast):
    session = asked(cast)
    if not settings.HAS_OWNER_ROLE:
        pytest.skip("row security needs PostgreSQL with two roles; SQLite has none")
    with acting(cast.actor("chiara")):
        assert not SupportSession._base_manager.filter(pk=session.pk).exists()
    with acting(cast.actor("amara")), pytest.raises(DatabaseError), transaction.atomic():
        SupportSession._base_manager.create(
            organization=cast.a,
            steward_id=cast.amara.pk,
            reason="x",
            minutes=1,
            expires_at="2030-01-01T00:00Z",
        )
    with acting(looking(cast)) as actor:
        assert support_session_of(actor) is None


# The node


def test_a_steward_writes_what_this_site_says(cast):
    for name in ("amara", "esi"):
        with acting(OPERATOR), pytest.raises(Refused):
            edit_node(cast.actor(name), changes={"name": "Ours"})
    with acting(dov(cast)) as actor:
        edit_node(
            actor,
            changes={"name": "Harbour node", "names": {"ar": "عقدة", "fr": ""}, "contact": "x"},
        )
        edit_node(actor, changes={"name": "Harbour node"})
    node = Node.objects.get()
    assert (node.name, node.names, node.state) == ("Harbour node", {"ar": "عقدة"}, "self")
    assert verbs(None).count("node.edited") == 1


@pytest.mark.parametrize("changes", [{"name": " "}, {"name": "x" * 121}, {"contact": "a\nb"}])
def test_what_no_site_can_be_called_is_refused(cast, changes):
    with acting(dov(cast)) as actor, pytest.raises(ValidationError) as refused:
        edit_node(actor, changes=changes)
    assert set(refused.value.message_dict) == set(changes)
