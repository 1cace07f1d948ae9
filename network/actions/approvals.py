"""Grave steps: one owner asks, a second one confirms where there is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.actions.audit import record
from network.actions.letters import Letter, isolated
from network.actions.notices import settings_address, tell_members
from network.enums import ApprovalKind, Role
from network.models import Approval, Membership, Organization
from network.permissions import Permission, Refused, require, require_bring_back
from network.queries.memberships import role_of
from network.tenancy import Actor

OPEN_FOR = dt.timedelta(days=7)

Deed = Callable[[Actor, Organization, dict[str, Any]], None]
_deeds: dict[ApprovalKind, Deed] = {}

_PERMISSIONS = {
    ApprovalKind.EXPORT: Permission.ORGANIZATION_EXPORT,
    ApprovalKind.DELETION: Permission.ORGANIZATION_DELETE,
    ApprovalKind.OWNER_ROLE: Permission.MEMBER_MANAGE,
}


def register_deed(kind: ApprovalKind, deed: Deed) -> None:
    """Say what is done once a step of this kind is confirmed, when the module is loaded.

    The deed runs in the transaction of whoever confirms, as that actor, with the organization
    and the details that were asked for. It checks permissions again and may refuse.
    """
    _deeds[kind] = deed


@transaction.atomic
def ask_or_do(
    actor: Actor,
    *,
    organization: Organization,
    kind: ApprovalKind,
    details: dict[str, Any] | None = None,
) -> Approval | None:
    """What now waits for a second owner; nothing where it was done at once.

    It is done at once where the actor is the only owner, or the system. Asking for the same twice
    gives what waits already. The other owners are told by mail.

    Raises:
        Refused: the actor is no owner of this organization.
        ValidationError: what the deed refuses.
    """
    _require_owner(actor, organization, kind)
    asked = details or {}
    owners = present_owners(organization)
    if actor.person_id is None or len(owners) <= 1:
        _deeds[kind](actor, organization, asked)
        return None
    waiting = open_approvals(organization).filter(kind=kind, details=asked).first()
    if waiting is not None:
        return waiting
    approval = Approval.objects.create(
        organization=organization,
        kind=kind,
        details=asked,
        asked_by=_own(actor, organization),
        expires_at=timezone.now() + OPEN_FOR,
    )
    _record(actor, "approval.asked", approval)
    tell_members(
        actor,
        organization_id=organization.pk,
        roles=(Role.OWNER,),
        compose=lambda: _letter(organization, approval),
    )
    return approval


@transaction.atomic
def confirm_approval(actor: Actor, *, approval: Approval) -> None:
    """Confirm as a second owner; it is done in the same moment, or nothing has changed.

    Raises:
        Refused: the actor is no owner of this organization.
        ValidationError: `own` where the actor asked for it, `closed` where it no longer waits or
            whoever asked is no owner any more; or what the deed refuses.
    """
    organization = approval.organization
    kind = ApprovalKind(approval.kind)
    _require_owner(actor, organization, kind)
    own = _own(actor, organization)
    waiting = open_approvals(organization).select_for_update().filter(pk=approval.pk).first()
    if waiting is None or not _is_owner(waiting.asked_by_id):
        raise ValidationError(_("This no longer waits for anybody. Ask anew."), code="closed")
    if waiting.asked_by_id == own.pk:
        raise ValidationError(
            _("You asked for this yourself. Another owner must confirm it."), code="own"
        )
    Approval.objects.filter(pk=waiting.pk).update(confirmed_by=own, done_at=timezone.now())
    _record(actor, "approval.confirmed", waiting)
    _deeds[kind](actor, organization, waiting.details)


@transaction.atomic
def cancel_approval(actor: Actor, *, approval: Approval) -> None:
    """Call off what waits, as any owner. Doing it twice changes nothing.

    Raises:
        Refused: the actor is no owner of this organization.
    """
    _require_owner(actor, approval.organization, ApprovalKind(approval.kind))
    cancelled = (
        open_approvals(approval.organization)
        .filter(pk=approval.pk)
        .update(cancelled_at=timezone.now())
    )
    if cancelled:
        _record(actor, "approval.cancelled", approval)


def open_approvals(organization: Organization) -> QuerySet[Approval]:
    """What waits for a second owner of this organization and has not passed its time."""
    return Approval.objects.filter(
        organization=organization,
        done_at=None,
        cancelled_at=None,
        expires_at__gt=timezone.now(),
    )


def present_owners(organization: Organization) -> list[Membership]:
    """The owners of an organization, locked, so that two who act at once see each other."""
    return list(
        Membership.objects.select_for_update()
        .filter(organization=organization, role=Role.OWNER, ended_at=None)
        .order_by("id")
    )


def _require_owner(actor: Actor, organization: Organization, kind: ApprovalKind) -> None:
    """Pass for an owner, as the role counts, and for the system where it may.

    Raises:
        Refused: everybody else.
    """
    if kind is ApprovalKind.UNLOCK:
        require_bring_back(actor, organization)
        return
    require(actor, _PERMISSIONS[kind], organization)
    if actor.person_id is not None and role_of(actor) is not Role.OWNER:
        raise Refused(_PERMISSIONS[kind])


def _own(actor: Actor, organization: Organization) -> Membership:
    return Membership.objects.get(
        organization=organization, person_id=actor.someone, ended_at=None
    )


def _is_owner(membership_id: UUID) -> bool:
    return Membership.objects.filter(pk=membership_id, role=Role.OWNER, ended_at=None).exists()


def _letter(organization: Organization, approval: Approval) -> Letter:
    words = isolated({"group": organization.name, "step": approval.get_kind_display()})
    return Letter(
        subject=gettext("%(group)s: a second owner must confirm") % words,
        paragraphs=(
            gettext("An owner of %(group)s asks for this: %(step)s.") % words,
            gettext("It is done once another owner confirms it, within 7 days."),
        ),
        link=settings_address(organization),
        label=gettext("Look at it, then confirm it or call it off"),
    )


def _record(actor: Actor, verb: str, approval: Approval) -> None:
    record(
        actor,
        verb,
        organization_id=approval.organization_id,
        object_kind="approval",
        object_id=approval.pk,
        kind=str(approval.kind),
    )
