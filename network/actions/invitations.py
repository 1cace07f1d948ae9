"""Inviting people: a link by mail, which works once, for 7 days, while its author may send it."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.actions.approvals import present_owners
from network.actions.audit import record
from network.actions.invitation_mail import invitation_letter
from network.actions.mail import send_letter
from network.enums import Role
from network.links import hash_of
from network.models import AuditEntry, Invitation, Membership, Organization
from network.permissions import Permission, Refused, can_offer, require
from network.tenancy import Actor
from network.validators import normalise_email

OPEN_FOR = dt.timedelta(days=7)
TOKEN_BYTES = 32
SENT = ("invitation.sent", "invitation.resent")


@transaction.atomic
def invite_member(
    actor: Actor, *, organization: Organization, email: str, role: Role, language: str
) -> Invitation:
    """An open invitation to this role, whose link goes out by mail in this language.

    Only a hash of the link is kept: nobody can read it here again. An address with an open
    invitation is sent a new link; the old one is dead.

    Raises:
        Refused: the actor may not manage this organization's members, or the role offered, or
            offered before, stands above their own.
        ValidationError: `email`, `language`, `too_many` beyond the day's number, `second_owner`
            where the role is owner and there are several already.
    """
    require(actor, Permission.MEMBER_MANAGE, organization)
    if not can_offer(actor, role):
        raise Refused(Permission.MEMBER_MANAGE)
    address = _address(email)
    if language not in dict(settings.LANGUAGES):
        raise ValidationError(_("Choose a language from the list."), code="language")
    # One after the other within a group, so that two at once do not pass the cap together.
    Organization.objects.select_for_update().get(pk=organization.pk)
    _check_owners(organization, role)
    _check_cap(organization)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    open_one = _open(organization).filter(email=address).first()
    if open_one is not None and not can_offer(actor, Role(open_one.role)):
        raise Refused(Permission.MEMBER_MANAGE)
    invitation = open_one or Invitation(organization=organization, email=address)
    invitation.role = role
    invitation.language = language
    invitation.invited_by = _own(actor, organization)
    invitation.token_hash = hash_of(token)
    invitation.expires_at = timezone.now() + OPEN_FOR
    invitation.save()
    send_letter(
        actor,
        to=address,
        language=language,
        compose=lambda: invitation_letter(organization, role, token),
    )
    _record(actor, SENT[open_one is not None], invitation)
    return invitation


@transaction.atomic
def revoke_invitation(actor: Actor, *, invitation: Invitation) -> None:
    """End an open invitation; its link is dead. Doing it twice changes nothing.

    Raises:
        Refused: the actor may not manage this organization's members, or offer this role.
    """
    require(actor, Permission.MEMBER_MANAGE, invitation)
    if not can_offer(actor, Role(invitation.role)):
        raise Refused(Permission.MEMBER_MANAGE)
    revoked = (
        _open(invitation.organization).filter(pk=invitation.pk).update(revoked_at=timezone.now())
    )
    if revoked:
        _record(actor, "invitation.revoked", invitation)


def revoke_all(organization: Organization) -> None:
    """End every open invitation of an organization, in the transaction of what ends them."""
    _open(organization).update(revoked_at=timezone.now())


def _open(organization: Organization) -> QuerySet[Invitation]:
    return Invitation.objects.filter(organization=organization, accepted_at=None, revoked_at=None)


def _address(email: str) -> str:
    address = normalise_email(email)
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(
            _("Write a whole e-mail address, for example amara@example.org."), code="email"
        ) from error
    return address


def _check_owners(organization: Organization, role: Role) -> None:
    if role is Role.OWNER and len(present_owners(organization)) > 1:
        raise ValidationError(
            _(
                "Invite this person as coordinator. Once they belong to the group, ask to make "
                "them an owner: another owner must confirm that."
            ),
            code="second_owner",
        )


def _check_cap(organization: Organization) -> None:
    """Refuse what would be one mail too many; a day is the last 24 hours."""
    sent = AuditEntry.objects.filter(
        organization=organization,
        verb__in=SENT,
        created_at__gt=timezone.now() - dt.timedelta(days=1),
    ).count()
    if sent >= settings.INVITATIONS_A_DAY:
        raise ValidationError(
            _("A group can send %(limit)d invitations a day. Send this one tomorrow."),
            code="too_many",
            params={"limit": settings.INVITATIONS_A_DAY},
        )


def _own(actor: Actor, organization: Organization) -> Membership:
    return Membership.objects.get(
        organization=organization, person_id=actor.someone, ended_at=None
    )


def _record(actor: Actor, verb: str, invitation: Invitation) -> None:
    record(
        actor,
        verb,
        organization_id=invitation.organization_id,
        object_kind="invitation",
        object_id=invitation.pk,
        role=str(invitation.role),
    )
