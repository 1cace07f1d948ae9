"""Invitations: who may send which, when a link works, and what it lets one read."""

import pytest
from django.core.exceptions import ValidationError

from network.actions.invitations import invite_member, revoke_invitation
from network.actions.joining import DeadInvitationError, accept_as_new, accept_invitation
from network.actions.lockdown import lock_organization
from network.actions.organizations import end_membership, grant_membership
from network.enums import OrganizationStatus, Role
from network.links import hash_of
from network.models import AuditEntry, Invitation, Membership, Organization, Person
from network.permissions import Refused, can_offer
from network.queries.invitations import invitation_for, invitations_of, is_own
from network.queries.memberships import role_of
from network.tenancy import Purpose, acting, member, system, visitor
from tests.network.members import (
    OPERATOR,
    invite,
    join,
    later,
    mails,
    make_person,
    of,
    person_only,
    token_in,
)

GOOD = {"password": "a-long-enough-phrase-39", "language": "fr", "time_zone": "Europe/Paris"}


@pytest.fixture
def noor(db):
    """Somebody with a verified account and no group."""
    return make_person("noor")


def accept(person, token):
    actor = person_only(person)
    with acting(actor):
        return accept_invitation(actor, token=token)


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara", "esi", "dov", "farid"])
def test_only_who_manages_members_invites(cast, name):
    actor = cast.actor(name)
    with acting(actor), pytest.raises(Refused):
        invite_member(
            actor, organization=cast.a, email="x@example.org", role=Role.MEMBER, language="en"
        )
    assert mails() == []


@pytest.mark.parametrize("own", [Role.COORDINATOR, Role.OWNER])
@pytest.mark.parametrize("offered", Role)
def test_nobody_offers_a_role_above_their_own(cast, own, offered):
    actor = cast.actor("amara") if own is Role.OWNER else join(cast.a, "cora", own)
    with acting(actor):
        assert can_offer(actor, offered) is (offered is not Role.OWNER or own is Role.OWNER)
        if not can_offer(actor, offered):
            with pytest.raises(Refused):
                invite_member(
                    actor, organization=cast.a, email="x@example.org", role=offered, language="en"
                )


def test_an_invitation_is_accepted_once_by_whom_it_was_sent_to(cast, noor):
    token = invite(cast.actor("amara"), cast.a, "Noor@Example.org ", Role.ORGANIZER)
    membership = accept(noor, token)
    assert membership.role == Role.ORGANIZER
    actor = member(noor.pk, cast.a.pk)
    with acting(actor):
        assert role_of(actor) is Role.ORGANIZER
        entry = AuditEntry.objects.get(verb="invitation.accepted")
        assert (entry.person_id, entry.organization_id) == (noor.pk, cast.a.pk)
    with pytest.raises(DeadInvitationError):
        accept(noor, token)
    with acting(member(noor.pk, cast.b.pk)) as foreign:
        assert role_of(foreign) is None


def test_nothing_of_the_link_is_kept_and_no_address_is_logged(cast):
    token = invite(cast.actor("amara"), cast.a, "secret-address@example.org")
    with acting(OPERATOR):
        invitation = Invitation.objects.get()
        assert invitation.token_hash == hash_of(token)
        assert token not in str(vars(invitation))
        assert len(token) >= 43
        logged = str(list(AuditEntry.objects.values()))
    assert "secret-address" not in logged
    assert token not in logged
    assert "secret-address" not in str(invitation)


def test_another_account_and_an_unverified_one_are_refused(cast, noor):
    token = invite(cast.actor("amara"), cast.a, "somebody@example.org")
    with pytest.raises(ValidationError) as refused:
        accept(noor, token)
    assert refused.value.code == "other_address"
    assert "somebody" not in str(refused.value)
    unverified = make_person("somebody", is_verified=False)
    with pytest.raises(ValidationError):
        accept(unverified, token)
    with acting(OPERATOR):
        assert not Membership.objects.filter(person__in=[noor, unverified]).exists()
        assert Invitation.objects.get().accepted_at is None


def expired(cast, invitation, monkeypatch):
    # Its author has a second factor, so that nothing but the link has come to its end.
    with acting(OPERATOR):
        Person.objects.filter(pk=invitation.invited_by.person_id).update(
            second_factor_since="2026-01-01T00:00Z"
        )
    later(monkeypatch, days=7, seconds=1)


def revoked(cast, invitation, monkeypatch):
    with acting(cast.actor("amara")) as amara:
        revoke_invitation(amara, invitation=Invitation.objects.get())


def author_left(cast, invitation, monkeypatch):
    with acting(OPERATOR) as operator:
        end_membership(operator, membership=invitation.invited_by)


def author_left_and_came_back(cast, invitation, monkeypatch):
    person = Person(pk=invitation.invited_by.person_id, display_name="Cora")
    with acting(OPERATOR) as operator:
        end_membership(operator, membership=invitation.invited_by)
        grant_membership(operator, organization=cast.a, person=person, role=Role.OWNER)


def author_ranks_lower(cast, invitation, monkeypatch):
    person = Person(pk=invitation.invited_by.person_id)
    with acting(OPERATOR) as operator:
        grant_membership(operator, organization=cast.a, person=person, role=Role.ORGANIZER)


def author_suspended(cast, invitation, monkeypatch):
    with acting(OPERATOR):
        Person.objects.filter(pk=invitation.invited_by.person_id).update(is_active=False)


def organization_locked(cast, invitation, monkeypatch):
    with acting(cast.actor("amara")) as amara:
        lock_organization(amara, organization=cast.a)


def organization_suspended(cast, invitation, monkeypatch):
    with acting(OPERATOR):
        Organization.objects.filter(pk=cast.a.pk).update(status=OrganizationStatus.SUSPENDED)


def author_without_second_factor(cast, invitation, monkeypatch):
    """The role was given long ago and counts as member's; the invitation itself is fresh."""
    import datetime as dt

    from django.utils import timezone

    with acting(OPERATOR):
        Membership.objects.filter(pk=invitation.invited_by_id).update(
            role_since=timezone.now() - dt.timedelta(days=7)
        )


def nothing(cast, invitation, monkeypatch):
    """The link still works."""


@pytest.mark.parametrize(
    "kill",
    [
        nothing,
        expired,
        revoked,
        author_left,
        author_left_and_came_back,
        author_ranks_lower,
        author_suspended,
        author_without_second_factor,
        organization_locked,
        organization_suspended,
    ],
    ids=lambda f: f.__name__,
)
def test_every_dead_link_gives_the_answer_of_an_unknown_one(cast, noor, monkeypatch, kill):
    cora = join(cast.a, "cora", Role.COORDINATOR)
    token = invite(cora, cast.a, "noor@example.org")
    with acting(OPERATOR):
        invitation = Invitation.objects.select_related("invited_by").get()
    kill(cast, invitation, monkeypatch)
    lives = kill is nothing
    assert (invitation_for(token) is not None) is lives
    assert invitation_for("unknown") is None
    if lives:
        assert accept(noor, token)
    else:
        for one in (token, "unknown", "", "\ud800"):
            with pytest.raises(DeadInvitationError) as dead:
                accept(noor, one)
            assert dead.value.args == ()
            with acting(visitor()), pytest.raises(DeadInvitationError):
                accept_as_new(visitor(), token=one, display_name="N", **GOOD)


def test_the_same_address_again_gets_a_new_link_and_the_old_one_is_dead(cast, noor):
    amara = cast.actor("amara")
    first = invite(amara, cast.a, "noor@example.org")
    second = invite(amara, cast.a, "NOOR@example.org", Role.EDITOR)
    with acting(OPERATOR):
        assert Invitation.objects.count() == 1
    with pytest.raises(DeadInvitationError):
        accept(noor, first)
    assert accept(noor, second).role == Role.EDITOR


def test_an_expired_invitation_is_sent_anew(cast, noor, monkeypatch):
    amara = cast.actor("amara")
    invite(amara, cast.a, "noor@example.org")
    later(monkeypatch, days=8)
    assert accept(noor, invite_later(amara, cast))


def invite_later(actor, cast):
    """The owner has no second factor, and her grace is over: the operator gives the role anew."""
    with acting(OPERATOR):
        Person.objects.filter(pk=actor.person_id).update(second_factor_since="2026-01-01T00:00Z")
    return invite(actor, cast.a, "noor@example.org")


def test_a_coordinator_neither_resends_nor_revokes_the_offer_of_owner(cast):
    invite(cast.actor("amara"), cast.a, "noor@example.org", Role.OWNER)
    cora = join(cast.a, "cora", Role.COORDINATOR)
    with acting(cora):
        with pytest.raises(Refused):
            invite_member(
                cora,
                organization=cast.a,
                email="noor@example.org",
                role=Role.MEMBER,
                language="en",
            )
        with pytest.raises(Refused):
            revoke_invitation(cora, invitation=Invitation.objects.get())
        assert Invitation.objects.get().revoked_at is None


def test_where_there_are_two_owners_none_is_invited(cast, noor):
    amara = cast.actor("amara")
    first = invite(amara, cast.a, "noor@example.org", Role.OWNER)
    second = invite(amara, cast.a, "rosa@example.org", Role.OWNER)
    assert accept(noor, first).role == Role.OWNER
    with pytest.raises(DeadInvitationError):
        accept(make_person("rosa"), second)
    with pytest.raises(ValidationError) as refused:
        invite(amara, cast.a, "otto@example.org", Role.OWNER)
    assert refused.value.code == "second_owner"


def test_a_group_sends_so_many_invitations_a_day_and_no_more(cast, settings, monkeypatch):
    settings.INVITATIONS_A_DAY = 3
    amara = cast.actor("amara")
    for number in range(3):
        invite(amara, cast.a, f"p{number}@example.org")
    with acting(amara):
        revoke_invitation(amara, invitation=Invitation.objects.first())
    for email in ("p9@example.org", "p1@example.org"):
        with pytest.raises(ValidationError) as refused:
            invite(amara, cast.a, email)
        assert refused.value.code == "too_many"
        assert "3" in refused.value.messages[0]
    assert len(mails()) == 3
    other = join(cast.b, "beni", Role.OWNER)
    assert invite(other, cast.b, "p9@example.org")
    later(monkeypatch, hours=24, seconds=1)
    assert invite(amara, cast.a, "p9@example.org")


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "a b@example.org", "x@exa\nmple.org"])
def test_what_is_no_address_is_refused(cast, email):
    with pytest.raises(ValidationError) as refused:
        invite(cast.actor("amara"), cast.a, email)
    assert refused.value.code == "email"


def test_the_mail_speaks_the_language_chosen(cast):
    with acting(cast.actor("amara")) as amara:
        invite_member(
            amara,
            organization=cast.a,
            email="noor@example.org",
            role=Role.MEMBER,
            language="fr",
        )
        with pytest.raises(ValidationError):
            invite_member(
                amara,
                organization=cast.a,
                email="noor@example.org",
                role=Role.MEMBER,
                language="xx",
            )
    [mail] = mails()
    assert mail.to == "noor@example.org"
    assert "Harbour Visitors" in mail.subject
    assert token_in(mail)
    assert "Amara" not in mail.text
    assert "amara@" not in mail.text


def test_the_landing_page_learns_the_group_and_the_roles_and_nobodys_address(cast, noor):
    token = invite(cast.actor("amara"), cast.a, "noor@example.org", Role.EDITOR)
    offer = invitation_for(token)
    assert (offer.organization_name, offer.role, offer.inviter_role, offer.has_account) == (
        "Harbour Visitors",
        Role.EDITOR,
        Role.OWNER,
        True,
    )
    assert "@" not in str(offer)
    assert "Amara" not in str(offer)


def test_somebody_new_gets_an_account_with_the_address_that_was_invited(cast):
    token = invite(cast.actor("amara"), cast.a, "new@example.org", Role.MEMBER)
    assert invitation_for(token).has_account is False
    with acting(visitor()) as nobody:
        membership = accept_as_new(nobody, token=token, display_name=" Nuria ", **GOOD)
    with acting(OPERATOR):
        person = Person.objects.get(email="new@example.org")
        assert person.email_verified_at is not None
        assert person.check_password(GOOD["password"])
        assert (person.display_name, person.language) == ("Nuria", "fr")
        assert membership.person_id == person.pk
        assert not person.is_steward


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "two\nlines", "\u3164"])
def test_a_new_person_needs_a_name_to_show(cast, name):
    token = invite(cast.actor("amara"), cast.a, "new@example.org")
    with acting(visitor()) as nobody, pytest.raises(ValidationError) as refused:
        accept_as_new(nobody, token=token, display_name=name, **GOOD)
    assert set(refused.value.message_dict) == {"display_name"}
    with acting(OPERATOR):
        assert not Person.objects.filter(email="new@example.org").exists()


def test_who_has_an_account_cannot_make_another_by_the_link(cast, noor):
    token = invite(cast.actor("amara"), cast.a, "noor@example.org")
    with acting(visitor()) as nobody, pytest.raises(ValidationError) as refused:
        accept_as_new(nobody, token=token, display_name="Noor", **GOOD)
    assert refused.value.code == "account"


def test_who_belongs_already_keeps_the_role(cast):
    with acting(OPERATOR):
        Person.objects.filter(pk=cast.bilal.pk).update(email_verified_at="2026-01-01T00:00Z")
    token = invite(cast.actor("amara"), cast.a, "bilal@example.org", Role.COORDINATOR)
    assert accept(cast.bilal, token).role == Role.MEMBER
    assert of(cast.actor("bilal")).role == Role.MEMBER


def test_who_left_comes_back_by_an_invitation(cast, noor):
    amara = cast.actor("amara")
    accept(noor, invite(amara, cast.a, "noor@example.org"))
    with acting(OPERATOR) as operator:
        end_membership(operator, membership=of(member(noor.pk, cast.a.pk)))
    assert accept(noor, invite(amara, cast.a, "noor@example.org", Role.EDITOR)).role == Role.EDITOR


def test_open_invitations_are_those_of_the_own_group_and_name_their_author(cast):
    cora = join(cast.a, "cora", Role.COORDINATOR)
    other = join(cast.b, "beni", Role.OWNER)
    invite(other, cast.b, "foreign@example.org")
    invite(cora, cast.a, "own@example.org")
    invite(cast.actor("amara"), cast.a, "hers@example.org")
    with acting(cora):
        found = {row.email: is_own(cora, row) for row in invitations_of(cora)}
    assert found == {"own@example.org": True, "hers@example.org": False}


def test_an_invitation_of_another_group_is_not_revoked(cast):
    invite(cast.actor("amara"), cast.a, "noor@example.org")
    with acting(OPERATOR):
        foreign = Invitation.objects.select_related("organization").get()
    other = join(cast.b, "beni", Role.OWNER)
    with acting(other), pytest.raises(Refused):
        revoke_invitation(other, invitation=foreign)
    with acting(system(Purpose.SIGN_IN)):
        assert Invitation.objects.get().revoked_at is None
