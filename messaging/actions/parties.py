"""The organizations of a conversation: asking in, leaving, how long messages are kept."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from messaging.actions.adding import writing_in
from messaging.actions.asking import asked_organizations, request_of
from messaging.actions.log import append, hand, locked
from messaging.actions.making import add_party_row, note, seat_colleagues
from messaging.actions.people import end_party_row, give_handle, shortest_retention
from messaging.enums import RETENTION_DAYS, ConversationKind, EventKind, PartyState
from messaging.models import Conversation, Participant, Party
from messaging.queries.standing import participation_in
from messaging.validators import MAX_TOPIC, checked, checked_line
from network.permissions import Permission, Refused, require
from network.tenancy import Actor, acting


@transaction.atomic
def add_party(actor: Actor, *, conversation_id: UUID, slug: str) -> Party:
    """Bring another organization into a channel of one's own, or ask it where it is unknown.

    It reads what is said from then on. Twice is once.

    Raises:
        Refused: the actor may not write for the organization acted for, or that did not open it.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `left`, `requested`, `unanswered`.
        ValidationError: by field; `organizations` (`unknown`, `takes_none`), `kind` where it is
            no channel.
    """
    require(actor, Permission.MESSAGE_WRITE)
    own = writing_in(actor, conversation_id)
    _require_kind(own, ConversationKind.CHANNEL)
    if not own.party.is_host:
        raise Refused(Permission.MESSAGE_WRITE)
    present = Party.objects.beyond_scope().filter(
        conversation_id=conversation_id, slug=slug, left_seq=None
    )
    found = present.first()
    if found is not None:
        return found
    one = asked_organizations(actor, [slug])[0]
    with acting(hand(actor)):
        conversation = locked(conversation_id)
        seq = conversation.last_seq
        party = add_party_row(
            conversation, one.organization, is_asked=not one.is_known, joined_seq=seq
        )
        if not one.is_known:
            party.asked_seq = seq
            party.save(update_fields=["asked_seq"])
        if not one.is_blocked:
            if not one.is_known:
                request_of(conversation, party)
            seat_colleagues(conversation, party, seq)
    note(actor, "conversation.party_added", conversation, party=str(party.pk))
    return party


@transaction.atomic
def end_party(actor: Actor, *, conversation_id: UUID) -> None:
    """Let the whole organization acted for leave a conversation of organizations.

    Its organizers keep what they could read until now. Twice is once.

    Raises:
        Refused: the actor may not manage the messages of the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ValidationError: `kind` where it is no conversation of organizations.
    """
    require(actor, Permission.MESSAGE_MANAGE)
    own = participation_in(actor, conversation_id)
    if not ConversationKind(own.conversation.kind).is_of_organizations:
        raise ValidationError(_("Each person leaves this conversation alone."), code="kind")
    with acting(hand(actor)):
        conversation = locked(conversation_id)
        party = Party.objects.select_for_update().get(pk=own.party_id)
        if party.left_seq is not None or party.state == PartyState.ASKED:
            return
        end_party_row(conversation, party)
    note(actor, "conversation.party_left", conversation)


@transaction.atomic
def set_retention(actor: Actor, *, conversation_id: UUID, days: int) -> Conversation:
    """Say how long the organization acted for wants messages kept; the shortest wish counts.

    Raises:
        Refused: the actor may not manage the messages of the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `left`, `unanswered`.
        ValidationError: by field, `days`: 7, 30, 90 or 365.
    """
    require(actor, Permission.MESSAGE_MANAGE)
    own = writing_in(actor, conversation_id)
    if days not in RETENTION_DAYS:
        words = _("Choose 7, 30, 90 or 365 days.")
        raise ValidationError({"days": ValidationError(words, code="days")})
    with acting(hand(actor)):
        conversation = locked(conversation_id)
        party = Party.objects.select_for_update().get(pk=own.party_id)
        if party.retention_days != days:
            party.retention_days = days
            party.save(update_fields=["retention_days"])
            kept = shortest_retention(conversation)
            append(
                conversation,
                EventKind.RETENTION_SET,
                data={"party": str(party.pk), "days": days, "kept": kept},
                retention_days=kept,
            )
    note(actor, "conversation.retention_set", conversation, days=days)
    return conversation


@transaction.atomic
def rename_conversation(actor: Actor, *, conversation_id: UUID, topic: str) -> Conversation:
    """Call a conversation otherwise, by the organization that opened it.

    Raises:
        Refused: the actor may not write for the organization acted for, or that did not open it.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `left`, `unanswered`.
        ValidationError: by field, `topic`.
    """
    require(actor, Permission.MESSAGE_WRITE)
    own = writing_in(actor, conversation_id)
    if not own.party.is_host:
        raise Refused(Permission.MESSAGE_WRITE)
    line = checked(topic=lambda: checked_line(topic, MAX_TOPIC, is_wanted=True))["topic"]
    with acting(hand(actor)):
        conversation = locked(conversation_id)
        if conversation.topic != line:
            handle = give_handle(conversation, own)
            append(conversation, EventKind.RENAMED, handle=handle, body=line, topic=line)
    return conversation


def _require_kind(participant: Participant, kind: ConversationKind) -> None:
    if participant.conversation.kind != kind:
        raise ValidationError(_("Groups are added to a channel only."), code="kind")
