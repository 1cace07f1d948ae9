"""The audit log of an organization, as its own people read it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from network.models import AuditEntry
from network.tenancy import Actor


def audit_of(
    actor: Actor, *, verb: str = "", person_id: UUID | None = None
) -> QuerySet[AuditEntry]:
    """What was done in the organization acted for, newest first; of one verb or person on request.

    For readers whom `audit.read` was asked of. Names stand in `names_of`.
    """
    entries = AuditEntry.objects.filter(organization_id=actor.acted_for)
    if verb:
        entries = entries.filter(verb=verb)
    if person_id is not None:
        entries = entries.filter(person_id=person_id)
    return entries.order_by("-created_at", "-id")


def verbs_of(actor: Actor) -> list[str]:
    """Which verbs the log of the organization acted for holds, in their order."""
    entries = AuditEntry.objects.filter(organization_id=actor.acted_for)
    return list(entries.order_by("verb").values_list("verb", flat=True).distinct())
