"""Hearing a group again that was blocked: what only the two share goes on from now."""

from __future__ import annotations

from uuid import UUID

from messaging.actions.log import locked
from messaging.actions.people import bring_in, end_participant, standing_members
from messaging.actions.silencing import is_silent
from messaging.enums import ConversationKind, Ending, ParticipantState
from messaging.models import Conversation, Participant, Party
from network.models import Membership


def hear_again(own: UUID) -> None:
    """Let an organization take part again in what fell silent, as far as nothing else is blocked.

    What was written meanwhile is never shown to it. Its people keep their handles, and nobody
    else learns of it. As messenger.
    """
    present = {one.pk: one for one in standing_members(own)}
    rows = Participant.objects.beyond_scope().filter(organization_id=own, ended_as=Ending.BLOCKED)
    parties = set(rows.values_list("conversation_id", "party_id"))
    for conversation_id, party_id in sorted(parties):
        conversation = locked(conversation_id)
        party = Party.objects.beyond_scope().get(pk=party_id)
        if party.left_seq is None and not is_silent(party):
            _restore(conversation, party, present)


def _restore(conversation: Conversation, party: Party, present: dict[UUID, Membership]) -> None:
    rows = Participant.objects.beyond_scope().filter(party=party)
    for one in rows.filter(ended_as=Ending.BLOCKED).select_related("handle"):
        if one.membership_id not in present:
            end_participant(conversation, one, Ending.STANDING)
        elif one.state == ParticipantState.INVITED:
            one.ended_as, one.ended_at, one.ended_topic = "", None, ""
            one.save(update_fields=["ended_as", "ended_at", "ended_topic"])
        else:
            _go_on(conversation, one)
    if ConversationKind(conversation.kind).is_of_organizations:
        known = set(rows.values_list("membership_id", flat=True))
        missing = [one for key, one in present.items() if key not in known]
        bring_in(conversation, party, missing, conversation.last_seq)


def _go_on(conversation: Conversation, one: Participant) -> None:
    """Another row from now on, with the handle; the old one keeps what could be read before."""
    handle, one.handle = one.handle, None
    one.ended_as = Ending.ANSWERED
    one.save(update_fields=["handle", "ended_as"])
    Participant.objects.create(
        conversation=conversation,
        party_id=one.party_id,
        organization_id=one.organization_id,
        person_id=one.person_id,
        membership_id=one.membership_id,
        state=one.state,
        joined_seq=conversation.last_seq,
        read_seq=one.read_seq,
        notify=one.notify,
        is_muted=one.is_muted,
        handle=handle,
    )
