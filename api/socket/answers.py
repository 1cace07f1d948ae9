"""What frames ask for, done in a thread: each in the scope of its actor, which ends with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import DatabaseError
from django.db.utils import InterfaceError

from api.socket import frames
from api.socket.codes import Code
from api.v1.serializers.conversations import event_document
from messaging.actions.rates import take_send
from messaging.actions.reading import mark_read
from messaging.actions.sending import (
    Sent,
    delete_message,
    edit_message,
    send_message,
    translate_message,
)
from messaging.enums import EventKind
from messaging.errors import ConversationClosed
from messaging.hub_reading import told_of
from messaging.models import Attachment, Event
from messaging.queries.attachments import attachments_of
from messaging.queries.resuming import Part, missed, newest_parts, parts_of
from messaging.sockets import Told
from network.enums import Scope
from network.permissions import Refused
from network.serialization import json_bytes
from network.tenancy import Actor, acting

RETRY_MS = 1000
_WRITE = Scope.MESSAGES_WRITE
_OF_TARGET: dict[EventKind, Callable[..., Sent]] = {
    EventKind.EDIT: edit_message,
    EventKind.DELETION: delete_message,
    EventKind.TRANSLATION: translate_message,
}


class TooFast(Exception):  # noqa: N818 - an answer, not a fault
    """More was sent than a person may; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        """Keep how long."""
        super().__init__()
        self.seconds = seconds


class NotForThis(Exception):  # noqa: N818 - an answer, not a fault
    """The token is not for writing."""


@dataclass(frozen=True, slots=True)
class Missed:
    """What somebody who is behind gets: where each conversation stands, and some events.

    `is_cut`: there are more.
    """

    parts: dict[UUID, Part]
    events: list[tuple[UUID, Told]]
    is_cut: bool


def event_text(event: Event, files: Iterable[Attachment] = ()) -> str:
    """An event as its frame: what HTTP says of it, the same for whoever may see it."""
    document = event_document(event, files)
    told = {"type": "event", "conversation": event.conversation_id, **document}
    return json_bytes(told).decode()


def standing_parts(actor: Actor, wanted: Collection[UUID]) -> dict[UUID, Part]:
    """The newest parts of a person, and those in `wanted`. One query, or two."""
    with acting(actor, is_reading=True):
        found = newest_parts(actor)
        rest = [one for one in wanted if one not in found]
        if rest:
            found |= parts_of(actor, rest)
        return found


def some_parts(actor: Actor, wanted: Collection[UUID]) -> dict[UUID, Part]:
    """Those in `wanted`. One query."""
    with acting(actor, is_reading=True):
        return parts_of(actor, wanted)


def what_is_missed(actor: Actor, after: Mapping[UUID, int], limit: int, gap: int) -> Missed:
    """Events after a number in each conversation, `limit` in all, as far as the actor sees them.

    Of a conversation that is more than `gap` ahead no events: they are paged over HTTP.
    """
    with acting(actor, is_reading=True):
        parts = parts_of(actor, after)
        near = {
            key: max(seq, parts[key].start)
            for key, seq in after.items()
            if key in parts and 0 < parts[key].head - max(seq, parts[key].start) <= gap
        }
        events = missed(actor, near, limit)
        files = attachments_of(actor, [one.pk for one in events if one.data.get("files")])
    told = [
        (one.conversation_id, told_of(event_text, one, files.get(one.pk, ()))) for one in events
    ]
    return Missed(parts, told, is_cut=len(events) >= limit)


def sent(actor: Actor, frame: frames.Send) -> Sent:
    """What became of what was sent.

    Raises:
        TooFast: the person writes too fast.
        Exception: what the actions raise, see `refused`.
    """
    taken = take_send(actor)
    if not taken.allowed:
        raise TooFast(taken.reset_seconds)
    kind = EventKind(frame.kind)
    values: dict[str, Any] = {
        "conversation_id": frame.conversation,
        "client_id": frame.client_id,
        "body": frame.body,
        "language": frame.language,
    }
    act: Callable[..., Sent] = _OF_TARGET.get(kind, send_message)
    if act is send_message:
        values |= {"kind": kind, "thread_root": frame.thread}
    else:
        values["target"] = _target_of(frame)
        if kind is EventKind.DELETION:
            del values["body"], values["language"]
    with acting(actor):
        return act(actor, **values)


def marked_read(actor: Actor, frame: frames.Read) -> int:
    """Up to where the person has read.

    Raises:
        Exception: what the action raises, see `refused`.
    """
    with acting(actor):
        return mark_read(actor, conversation_id=frame.conversation, seq=frame.seq)


def refused(error: Exception) -> dict[str, Any] | None:
    """What a refusal says to an exception; nothing for one that is a fault of ours."""
    if isinstance(error, ObjectDoesNotExist | Refused):
        return {"code": Code.NOT_FOUND}
    if isinstance(error, NotForThis):
        return {"code": Code.UNSUPPORTED, "detail": f"This token has no scope {_WRITE}."}
    if isinstance(error, ConversationClosed):
        return {"code": Code.CLOSED, "detail": error.code}
    if isinstance(error, TooFast):
        return {"code": Code.RATE, "retry_ms": error.seconds * 1000}
    if isinstance(error, ValidationError):
        return {"code": Code.BAD_FRAME, "errors": _by_field(error)}
    if isinstance(error, DatabaseError | InterfaceError):
        return {"code": Code.RETRY, "retry_ms": RETRY_MS}
    return None


def _target_of(frame: frames.Send) -> UUID:
    if frame.target is None:
        raise ValidationError({"target": ["Write this: this kind needs it."]})
    return frame.target


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return {name.strip("_"): words for name, words in error.message_dict.items()}
    return {NON_FIELD_ERRORS.strip("_"): error.messages}
