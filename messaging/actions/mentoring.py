"""The conversation of two groups of which one helps the other to begin."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from messaging.actions.log import require_messenger
from messaging.actions.making import add_party_row, begin, seat_colleagues
from messaging.actions.silencing import has_blocked
from messaging.enums import ConversationKind
from messaging.models import Conversation
from network.enums import OrganizationStatus
from network.models import Organization
from network.tenancy import Actor, acting


@transaction.atomic
def open_mentoring(
    actor: Actor, *, organization_id: UUID, mentor_id: UUID, request_id: UUID
) -> Conversation | None:
    """The conversation for a request for help that was accepted; the same one when asked again.

    All organizers of both take part. Nothing where one of the two may not write at present, or
    has blocked the other.

    Raises:
        ValueError: the actor is not the system acting as messenger.
    """
    require_messenger(actor)
    with acting(actor):
        before = Conversation.objects.filter(origin=request_id).first()
        if before is not None:
            return before
        rows = Organization.objects.beyond_scope().filter(
            pk__in=(organization_id, mentor_id),
            status=OrganizationStatus.VERIFIED,
            locked_down_at=None,
        )
        both = {one.pk: one for one in rows}
        if has_blocked(organization_id, mentor_id) or has_blocked(mentor_id, organization_id):
            return None
        if len(both) < len({organization_id, mentor_id}) or organization_id == mentor_id:
            return None
        conversation = begin(ConversationKind.MENTORING, origin=request_id)
        parties = [
            add_party_row(conversation, both[pk], is_host=pk == mentor_id)
            for pk in (mentor_id, organization_id)
        ]
        for party in parties:
            seat_colleagues(conversation, party, 0)
    return conversation
