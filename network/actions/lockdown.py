"""Lock-down: one switch freezes an organization."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from network.actions.approvals import ask_or_do, register_deed
from network.actions.audit import record_organization
from network.actions.invitations import revoke_all
from network.actions.tokens import revoke_tokens_in
from network.enums import ApprovalKind
from network.erasures import Erased, erase, take_back
from network.events import OrganizationLocked, OrganizationUnlocked, publish
from network.models import Approval, Organization
from network.permissions import Permission, require, require_bring_back
from network.tenancy import Actor


@transaction.atomic
def lock_organization(actor: Actor, *, organization: Organization) -> None:
    """Freeze an organization at once: from the commit on nobody has a role in it.

    Invitations and tokens are revoked for good; whatever else gives a way in, such as an export,
    is ended by those who subscribe to `OrganizationLocked`. What is public stays public. Only an
    owner can end it.

    Raises:
        Refused: the actor may not lock this organization, or it is locked already.
    """
    require(actor, Permission.ORGANIZATION_LOCK, organization)
    revoke_all(organization)
    revoke_tokens_in(actor, organization=organization)
    record_organization(actor, "organization.locked", organization)
    Organization.objects.filter(pk=organization.pk).update(locked_down_at=timezone.now())
    erase(Erased.ORGANIZATION_LOCKED, organization.pk)
    publish(OrganizationLocked(organization.pk))


@transaction.atomic
def unlock_organization(actor: Actor, *, organization: Organization) -> Approval | None:
    """End the lock-down; where there are several owners, what now waits for a second one.

    Raises:
        Refused: the actor is no owner, or the organization is not locked.
    """
    require_bring_back(actor, organization)
    return ask_or_do(actor, organization=organization, kind=ApprovalKind.UNLOCK)


def _do(actor: Actor, organization: Organization, details: dict[str, Any]) -> None:
    require_bring_back(actor, organization)
    unlocked = Organization.objects.filter(
        pk=organization.pk, locked_down_at__isnull=False
    ).update(locked_down_at=None)
    if unlocked:
        # Time in which nobody could change it back does not count.
        Organization.objects.filter(pk=organization.pk, website_changed_at__isnull=False).update(
            website_changed_at=timezone.now()
        )
        record_organization(actor, "organization.unlocked", organization)
        take_back(Erased.ORGANIZATION_LOCKED, organization.pk)
        publish(OrganizationUnlocked(organization.pk))


register_deed(ApprovalKind.UNLOCK, _do)
