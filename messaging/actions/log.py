"""The log itself: the hand that writes it, the lock that orders it, the next event."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from messaging.enums import EventKind
from messaging.hints import hint, hint_look
from messaging.models import Conversation, Event, Handle
from network.tenancy import Actor, Purpose, system


def hand(actor: Actor) -> Actor:
    """The system as messenger, by the way in of who acts: it changes who takes part.

    Only after the actor was asked for their right: it sees conversations of everybody.
    """
    return system(Purpose.MESSENGER, via=actor.via)


def require_messenger(actor: Actor) -> None:
    """Pass where the system acts as messenger.

    Raises:
        ValueError: it does not.
    """
    if actor.purpose is not Purpose.MESSENGER:
        raise ValueError("only the messenger does this")


def locked(conversation_id: UUID) -> Conversation:
    """The conversation, under the lock that orders all its events. As messenger.

    Raises:
        Conversation.DoesNotExist: there is none.
    """
    rows = Conversation.objects.beyond_scope()
    return rows.select_for_update(of=("self",)).get(pk=conversation_id)


def append(
    conversation: Conversation,
    kind: EventKind,
    *,
    handle: Handle | None = None,
    body: str = "",
    language: str = "",
    client_id: UUID | None = None,
    target: UUID | None = None,
    data: dict[str, Any] | None = None,
    is_counted: bool = False,
    **changes: Any,
) -> Event:
    """The next event, of a conversation that is locked or new in this transaction. As messenger.

    `changes` are fields of the conversation that change with it; it holds them afterwards, and
    its new `last_seq`. Who takes part changes with every kind of it: the epoch grows. Hubs are
    told after the commit. `is_counted` says that the number was taken already, for this event.
    """
    now = timezone.now()
    step = 0 if is_counted else 1
    seq = conversation.last_seq + step
    epoch = conversation.membership_epoch + 1
    Conversation.objects.beyond_scope().filter(pk=conversation.pk).update(
        last_seq=F("last_seq") + step, membership_epoch=epoch, updated_at=now, **changes
    )
    for name, value in {
        "last_seq": seq,
        "membership_epoch": epoch,
        "updated_at": now,
        **changes,
    }.items():
        setattr(conversation, name, value)
    event = Event(
        conversation=conversation,
        seq=seq,
        kind=kind,
        handle=handle,
        client_id=client_id,
        target=target,
        language=language,
        body=body,
        data=data or {},
    )
    event.save(force_insert=True)
    hint(conversation.pk, seq)
    return event


def grow_epoch(conversation: Conversation) -> None:
    """Who takes part has changed where no event says so. As messenger, under lock."""
    conversation.membership_epoch += 1
    Conversation.objects.beyond_scope().filter(pk=conversation.pk).update(
        membership_epoch=conversation.membership_epoch
    )
    hint_look(conversation.pk)
