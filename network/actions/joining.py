"""Accepting an invitation, with an account or with a new one."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.actions.accounts import create_person
from network.actions.audit import record
from network.actions.member_names import bring_name
from network.events import MembershipGranted, publish
from network.models import Invitation, Membership, Person
from network.queries.invitations import is_for, living_invitation
from network.tenancy import Actor, Purpose, acting, member, system


class DeadInvitationError(Exception):
    """The link leads to no invitation that can be accepted: unknown, used, over or revoked."""


@transaction.atomic
def accept_invitation(actor: Actor, *, token: str) -> Membership:
    """The membership that the link gives the actor; the link works no more.

    Whoever belongs to the organization already keeps the role that they have.

    Raises:
        ValueError: the actor is no person.
        DeadInvitationError: the link does not work, for whatever reason.
        ValidationError: `other_address` where the account has another address than the one that
            was invited, or has not confirmed it.
    """
    if actor.person_id is None:
        raise ValueError("a person accepts")
    with acting(system(Purpose.SIGN_IN, via=actor.via)):
        invitation = _take(token)
        person = Person.objects.get(pk=actor.person_id)
        if not is_for(invitation, person):
            raise ValidationError(
                _(
                    "This invitation was sent to another address than that of your account. "
                    "Ask for one to the address with which you sign in."
                ),
                code="other_address",
            )
        return _join(actor, invitation, person)


@transaction.atomic
def accept_as_new(
    actor: Actor, *, token: str, display_name: str, password: str, language: str, time_zone: str
) -> Membership:
    """The membership of a new account with the address that was invited.

    The address counts as verified: the link came by it.

    Raises:
        DeadInvitationError: the link does not work, for whatever reason.
        ValidationError: by field; `account` where there is one with this address already.
    """
    with acting(system(Purpose.SIGN_IN, via=actor.via)):
        invitation = _take(token)
        if Person.objects.filter(email=invitation.email).exists():
            raise ValidationError(
                _("There is an account with this address. Sign in, then accept."), code="account"
            )
        person = create_person(
            system(Purpose.SIGN_IN, via=actor.via),
            email=invitation.email,
            display_name=display_name,
            language=language,
            time_zone=time_zone,
            password=password,
        )
        return _join(actor, invitation, person)


def _take(token: str) -> Invitation:
    invitation = living_invitation(token, is_locked=True)
    if invitation is None:
        raise DeadInvitationError
    return invitation


def _join(actor: Actor, invitation: Invitation, person: Person) -> Membership:
    """The membership, in the transaction and the scope of the sign-in."""
    organization_id = invitation.organization_id
    Invitation.objects.beyond_scope().filter(pk=invitation.pk).update(accepted_at=timezone.now())
    present = _present(organization_id, person)
    membership = present or Membership.objects.create(
        organization_id=organization_id, person=person, role=invitation.role
    )
    bring_name(actor, organization_id=organization_id, person=person)
    with acting(member(person.pk, organization_id, via=actor.via)) as joined:
        record(
            joined,
            "invitation.accepted",
            object_kind="membership",
            object_id=membership.pk,
            role=str(membership.role),
        )
    if present is None:
        publish(MembershipGranted(organization_id, person.pk, membership.role))
    return membership


def _present(organization_id: UUID, person: Person) -> Membership | None:
    return (
        Membership.objects.beyond_scope()
        .filter(organization_id=organization_id, person=person, ended_at=None)
        .first()
    )
