"""Exports that can be fetched."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from network.models import Export
from network.tenancy import Actor


def exports_of(actor: Actor) -> QuerySet[Export]:
    """The exports that the actor asked for and whose day is not over; none in a lock-down.

    Other owners have theirs: an export holds conversations as one person may read them.
    """
    return Export.objects.filter(
        organization_id=actor.acted_for,
        person_id=actor.someone,
        organization__locked_down_at=None,
        expires_at__gt=timezone.now(),
    ).select_related("organization")
