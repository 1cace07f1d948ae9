"""Writing the audit log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from network.models import AuditEntry, Organization
from network.tenancy import Actor


def record(
    actor: Actor,
    verb: str,
    *,
    organization_id: UUID | None = None,
    object_kind: str = "",
    object_id: UUID | None = None,
    **details: Any,
) -> AuditEntry:
    """Add one entry for what this actor has just done, in the present transaction.

    It belongs to the organization acted for unless another is named. `details` are small facts;
    never an address, a secret or the text of a message.
    """
    return AuditEntry.objects.create(
        organization_id=organization_id or actor.organization_id,
        person_id=actor.person_id,
        purpose=actor.purpose or "",
        via=actor.via,
        verb=verb,
        object_kind=object_kind,
        object_id=object_id,
        details=details,
    )


def record_organization(
    actor: Actor, verb: str, organization: Organization, **details: Any
) -> AuditEntry:
    """Add one entry on an organization to its own log."""
    return record(
        actor,
        verb,
        organization_id=organization.pk,
        object_kind="organization",
        object_id=organization.pk,
        **details,
    )


def record_twice(actor: Actor, verb: str, organization: Organization, **details: Any) -> None:
    """Add what a steward did to a group to the group's own log and to the node's.

    Neither side learns of it from the other, and no steward can keep it from the group.
    """
    record_organization(actor, verb, organization, **details)
    record(actor, verb, object_kind="organization", object_id=organization.pk, **details)
