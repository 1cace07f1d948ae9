"""What waits for an owner."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from network.enums import Role
from network.models import Approval, Handover
from network.tenancy import Actor


def approvals_waiting(actor: Actor) -> QuerySet[Approval]:
    """What waits for a second owner of the organization acted for, oldest first. One query.

    What was asked by somebody who is no owner any more waits for nobody.
    """
    return Approval.objects.filter(
        organization_id=actor.acted_for,
        done_at=None,
        cancelled_at=None,
        expires_at__gt=timezone.now(),
        asked_by__ended_at=None,
        asked_by__role=Role.OWNER,
    ).select_related("asked_by", "organization")


def handover_announced(actor: Actor) -> Handover | None:
    """The handover of the organization acted for that is announced, if there is one."""
    return (
        Handover.objects.filter(organization_id=actor.acted_for, done_at=None, cancelled_at=None)
        .select_related("membership", "organization")
        .first()
    )
