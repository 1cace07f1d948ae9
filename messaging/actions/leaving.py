"""Leaving, being taken out, being invited."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from messaging.actions.adding import writing_in
from messaging.actions.asking import asked_people, colleagues, invite_people
from messaging.actions.log import append, hand, locked
from messaging.actions.making import note
from messaging.actions.people import SEEN_THERE, end_participant, give_handle
from messaging.enums import ConversationKind, Ending, EventKind, ParticipantState
from messaging.errors import ConversationClosed
from messaging.models import Handle, Participant
from messaging.queries.standing import participation_in
from messaging.validators import MAX_NAME, checked, checked_line
from network.permissions import Permission, Refused, require
from network.tenancy import Actor, acting


@transaction.atomic
def leave_conversation(actor: Actor, *, conversation_id: UUID) -> None:
    """Take part no more; what one could read until now stays readable. Twice is once.

    In a conversation of organizations the others of one's own stay.

    Raises:
        Refused: the actor may not read the messages of the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `unanswered`: refuse it instead.
    """
    require(actor, Permission.MESSAGE_READ)
    participant = participation_in(actor, conversation_id)
    if participant.ended_as:
        return
    if participant.state == ParticipantState.INVITED:
        raise ConversationClosed("unanswered")
    with acting(hand(actor)):
        end_participant(locked(conversation_id), participant, Ending.LEFT)
    note(actor, "conversation.left", participant.conversation)


@transaction.atomic
def invite(
    actor: Actor,
    *,
    conversation_id: UUID,
    members: Sequence[UUID] = (),
    handles: Sequence[tuple[UUID, UUID]] = (),
) -> None:
    """Invite people into a group, as `open_group` does; whoever is in or invited stays so.

    Raises:
        Refused: the actor may not write for the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `left`, `unanswered`.
        ValidationError: by field; `members` and `handles` (`unknown`), `kind` where it is no
            group.
    """
    require(actor, Permission.MESSAGE_WRITE)
    _writing_in_group(actor, conversation_id)
    people = [*colleagues(actor, members), *asked_people(actor, handles)]
    with acting(hand(actor)):
        invite_people(locked(conversation_id), people)


@transaction.atomic
def remove_participant(actor: Actor, *, conversation_id: UUID, handle_id: UUID) -> None:
    """Take a person out of a group: one of the own organization, or any by who opened it.

    Raises:
        Refused: the actor may not write for the organization acted for, or not take this one out.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        Handle.DoesNotExist: nobody of this handle takes part.
        ConversationClosed: `left`, `unanswered`.
        ValidationError: `kind` where it is no group.
    """
    require(actor, Permission.MESSAGE_WRITE)
    own = _writing_in_group(actor, conversation_id)
    with acting(hand(actor)):
        conversation = locked(conversation_id)
        found = (
            Participant.objects.filter(
                conversation=conversation, handle_id=handle_id, ended_as__in=SEEN_THERE
            )
            .exclude(handle=None)
            .select_related("handle")
            .first()
        )
        if found is None:
            raise Handle.DoesNotExist
        if not own.party.is_host and found.organization_id != actor.acted_for:
            raise Refused(Permission.MESSAGE_WRITE)
        end_participant(conversation, found, Ending.REMOVED)
    note(actor, "conversation.participant_removed", conversation, handle=str(handle_id))


@transaction.atomic
def show_name(actor: Actor, *, conversation_id: UUID, name: str) -> None:
    """Show a name beside one's handle in this conversation, or none any more.

    Raises:
        Refused: the actor may not write for the organization acted for.
        Conversation.DoesNotExist: missing, or the actor has no part in it.
        ConversationClosed: `left`, `unanswered`.
        ValidationError: by field, `name`.
    """
    require(actor, Permission.MESSAGE_WRITE)
    own = writing_in(actor, conversation_id)
    shown = checked(name=lambda: checked_line(name, MAX_NAME))["name"]
    with acting(hand(actor)):
        conversation = locked(conversation_id)
        handle = give_handle(conversation, own)
        if handle.shown_name != shown:
            handle.shown_name = shown
            handle.save(update_fields=["shown_name"])
            append(conversation, EventKind.HANDLE_NAMED, handle=handle, body=shown)


def _writing_in_group(actor: Actor, conversation_id: UUID) -> Participant:
    found = writing_in(actor, conversation_id)
    if found.conversation.kind != ConversationKind.GROUP:
        raise ValidationError(_("Only people of a group conversation are invited."), code="kind")
    return found
