"""Purging what hangs on memberships and has passed its time."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from network.models import (
    Approval,
    CoalitionMembership,
    Handover,
    Invitation,
    MemberName,
    Membership,
)
from network.tenancy import Actor, Purpose, acting, system

KEPT = dt.timedelta(days=7)
# After a no the side that asked waits as long before it asks again.
COALITIONS_KEPT = dt.timedelta(days=30)
NAMES_KEPT = dt.timedelta(days=365)


@transaction.atomic
def purge_members(actor: Actor) -> dict[str, int]:
    """Delete invitations, approvals and handovers 7 days after their end; how many of each.

    What was refused or ended between coalitions and groups goes after 30 days. The names of those
    who left go when the audit log no longer speaks of them. What was done stands in the log.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    oldest = timezone.now() - KEPT
    with acting(actor):
        over = Q(accepted_at__lt=oldest) | Q(revoked_at__lt=oldest) | Q(expires_at__lt=oldest)
        invitations = Invitation.objects.filter(over).delete()[0]
        ended = Q(done_at__lt=oldest) | Q(cancelled_at__lt=oldest)
        approvals = Approval.objects.filter(ended | Q(expires_at__lt=oldest)).delete()[0]
        handovers = Handover.objects.filter(ended).delete()[0]
        coalitions = _coalitions().delete()[0]
    # Memberships are for the operator's eyes; the purge reads none.
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        names = _names_of_the_gone().delete()[0]
    return {
        "invitations": invitations,
        "approvals": approvals,
        "handovers": handovers,
        "coalition_memberships": coalitions,
        "member_names": names,
    }


def _coalitions() -> QuerySet[CoalitionMembership]:
    oldest = timezone.now() - COALITIONS_KEPT
    return CoalitionMembership.objects.filter(Q(refused_at__lt=oldest) | Q(ended_at__lt=oldest))


def _names_of_the_gone() -> QuerySet[MemberName]:
    held = Membership.objects.filter(
        organization_id=OuterRef("organization_id"), person_id=OuterRef("person_id")
    )
    recent = held.filter(Q(ended_at=None) | Q(ended_at__gte=timezone.now() - NAMES_KEPT))
    return MemberName.objects.filter(~Exists(recent))
