"""Support sessions: who may look at which desk at this moment."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from network.models import Organization, SupportSession
from network.queries.memberships import OPEN
from network.tenancy import Actor


def support_session_of(actor: Actor) -> SupportSession | None:
    """The session in which the actor's person may look at the group acted for now. One query."""
    if actor.person_id is None or actor.organization_id is None:
        return None
    return (
        _live(SupportSession.objects.beyond_scope())
        .filter(
            steward_id=actor.person_id,
            organization_id=actor.organization_id,
            organization__status__in=OPEN,
            organization__locked_down_at=None,
        )
        .first()
    )


def supported_organization(actor: Actor, slug: str) -> Organization | None:
    """The group with this slug, where the actor, a steward, may look at its desk. One query."""
    live = _live(SupportSession.objects.beyond_scope()).filter(
        steward_id=actor.someone, organization__slug=slug
    )
    found = live.select_related("organization").first()
    return found.organization if found else None


def support_of_group(actor: Actor) -> SupportSession | None:
    """What a steward asked for, or the session that lasts, in the group acted for. One query."""
    return open_support(SupportSession.objects.filter(organization_id=actor.acted_for)).first()


def support_asked_by(actor: Actor) -> QuerySet[SupportSession]:
    """What the actor, a steward, asked for and what lasts, newest first. One query."""
    return open_support(
        SupportSession.objects.beyond_scope().filter(steward_id=actor.someone)
    ).select_related("organization")


def open_support(rows: QuerySet[SupportSession]) -> QuerySet[SupportSession]:
    """Those that wait for an answer or last."""
    now = timezone.now()
    waits = Q(answered_at=None, expires_at__gt=now)
    return rows.filter(waits | Q(ends_at__gt=now), ended_at=None)


def _live(rows: QuerySet[SupportSession]) -> QuerySet[SupportSession]:
    return rows.filter(ended_at=None, ends_at__gt=timezone.now())
