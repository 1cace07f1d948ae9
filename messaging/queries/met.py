"""Whom somebody has met: handles of others that may be asked to another conversation."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, QuerySet

from messaging.models import Handle
from messaging.queries.standing import newest, participations_of, writes
from network.tenancy import Actor


def handles_met(actor: Actor) -> QuerySet[Handle]:
    """Handles of other organizations where the actor takes part, newest conversation first.

    The same person is another handle in each conversation, and nothing says so. With party and
    conversation. No query by itself.
    """
    mine = newest(participations_of(actor)).filter(
        writes(), conversation_id=OuterRef("conversation_id")
    )
    rows = Handle.objects.beyond_scope().filter(Exists(mine), left_seq=None)
    return (
        rows.exclude(organization=None)
        .exclude(organization_id=actor.acted_for)
        .select_related("party", "conversation")
        .order_by(F("conversation__updated_at").desc(), "conversation_id", "number", "id")
    )
