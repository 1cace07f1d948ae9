"""How far one has read, and how loud a conversation is."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from messaging.hints import hint_read
from messaging.models import Participant
from messaging.queries.standing import participation_in
from network.permissions import Permission, require
from network.tenancy import Actor


@transaction.atomic
def mark_read(actor: Actor, *, conversation_id: UUID, seq: int) -> int:
    """Up to where the actor has read, after reading up to `seq`; it never goes back.

    Nobody else learns of it; the person's other devices do.

    Raises:
        Refused: the actor may not read the messages of the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
    """
    require(actor, Permission.MESSAGE_READ)
    participant = participation_in(actor, conversation_id)
    head = participant.conversation.last_seq
    if participant.left_seq is not None:
        head = min(head, participant.left_seq)
    reached = min(max(seq, 0), head)
    rows = Participant.objects.filter(pk=participant.pk, read_seq__lt=reached)
    if rows.update(read_seq=reached):
        hint_read(conversation_id, actor.someone, actor.acted_for, reached)
        return reached
    return max(participant.read_seq, reached)


@transaction.atomic
def mute(actor: Actor, *, conversation_id: UUID, is_muted: bool) -> None:
    """Let a conversation count and tell nothing, or let it again.

    Raises:
        Refused: the actor may not read the messages of the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
    """
    require(actor, Permission.MESSAGE_READ)
    participant = participation_in(actor, conversation_id)
    Participant.objects.filter(pk=participant.pk).update(is_muted=is_muted)
