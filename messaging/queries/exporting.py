"""A conversation to take along: its log within somebody's visible range, page by page.

Who somebody is stands in it as the others see it: a number at a group, and a name where one is
shown. No person is in it. Files of messages are named in it; their bytes are fetched one by one,
by `messaging.queries.attachments.attachment_for`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from messaging.enums import SAID
from messaging.models import Attachment, Event
from messaging.queries.attachments import attachments_of
from messaging.queries.events import (
    MessageRow,
    as_they_stand,
    events_after,
    visible_events,
    with_author,
)
from messaging.queries.inbox import InboxRow, conversation_for, inbox_parts
from messaging.queries.standing import participation_in
from network.tenancy import Actor, acting

AT_ONCE = 200
FORMAT = "visitation-network-conversation"
VERSION = 1
Row = dict[str, Any]
Said = tuple[Event, tuple[Attachment, ...]]


def export_rows(actor: Actor, conversation: InboxRow) -> Iterator[list[Row]]:
    """A head, every event in order that the actor may read now, and an end, in portions.

    Each portion is read in a scope of its own, and the right to read is asked for anew. An export
    without its end was cut off. Memory holds one portion.

    Raises:
        Conversation.DoesNotExist: the actor has lost their part meanwhile.
    """
    through = _newest(actor, conversation.id)
    yield [_head(conversation)]
    count = 0
    for events in _log(actor, conversation.id, through):
        count += len(events)
        yield [_event(one, files) for one, files in events]
    yield [{"row": "end", "through": through, "events": count}]


def export_messages(
    actor: Actor, conversation: InboxRow
) -> Iterator[list[tuple[MessageRow, tuple[Attachment, ...]]]]:
    """The messages that the actor may read now as they stand, with their files, in portions.

    Raises:
        Conversation.DoesNotExist: the actor has lost their part meanwhile.
    """
    after, through = 0, _newest(actor, conversation.id)
    while True:
        with acting(actor, is_reading=True):
            participation_in(actor, conversation.id)
            rows = visible_events(actor).filter(
                conversation_id=conversation.id,
                kind__in=SAID,
                seq__gt=after,
                seq__lte=through,
            )
            page = as_they_stand(actor, list(with_author(actor, rows).order_by("seq")[:AT_ONCE]))
            files = attachments_of(actor, [one.id for one in page if one.files])
        if not page:
            return
        after = page[-1].seq or 0
        yield [(one, files.get(one.id, ())) for one in page]


def export_of_all(actor: Actor) -> Iterator[Row]:
    """The same rows of every conversation in which the actor has a part, one after the other.

    For the archive of an organization: what colleagues say without the actor is not in it.
    """
    with acting(actor, is_reading=True):
        parts = inbox_parts(actor).order_by("created_at", "id")
        keys = list(parts.values_list("conversation_id", flat=True))
    for key in keys:
        with acting(actor, is_reading=True):
            found = conversation_for(actor, key)
        for rows in export_rows(actor, found):
            yield from ({**row, "conversation": key} for row in rows)


def _newest(actor: Actor, conversation_id: UUID) -> int:
    """The newest number in any range of the actor; what is said from now on is not exported.

    Not the conversation's: who left and was asked back reads up to where they left.
    """
    with acting(actor, is_reading=True):
        rows = visible_events(actor).filter(conversation_id=conversation_id)
        return rows.aggregate(newest=Max("seq"))["newest"] or 0


def _log(actor: Actor, conversation_id: UUID, through: int) -> Iterator[list[Said]]:
    """The events up to a number and the files of each, in portions."""
    after = 0
    while after < through:
        with acting(actor, is_reading=True):
            participation_in(actor, conversation_id)
            found = events_after(
                actor, conversation_id=conversation_id, after=after, limit=AT_ONCE
            )
            page = [one for one in found if (one.seq or 0) <= through]
            files = attachments_of(actor, [one.pk for one in page if one.data.get("files")])
        if not page:
            return
        after = page[-1].seq or through
        yield [(one, files.get(one.pk, ())) for one in page]


def _head(row: InboxRow) -> Row:
    return {
        "row": "conversation",
        "format": FORMAT,
        "version": VERSION,
        "id": row.id,
        "kind": row.kind,
        "topic": row.topic,
        "state": row.state,
        "parties": [{"slug": one.slug, "name": one.name} for one in row.parties],
        "my_handle": row.my_handle_id,
        "floor_seq": row.floor_seq,
        "last_seq": row.last_seq,
        "retention_days": row.retention_days,
        "exported_at": timezone.now(),
    }


def _event(event: Event, files: tuple[Attachment, ...]) -> Row:
    """One entry of the log as it stands in a file."""
    handle = event.handle
    return {
        "row": "event",
        "id": event.pk,
        "seq": event.seq,
        "kind": event.kind,
        "created_at": event.created_at,
        "by": None
        if handle is None
        else {
            "handle": handle.pk,
            "organization": handle.party.slug,
            "organization_name": handle.party.name,
            "number": handle.number,
            "name": handle.shown_name,
        },
        "thread_root": event.thread_root,
        "target": event.target,
        "language": event.language,
        "body": event.body,
        "attachments": [
            {"id": one.pk, "name": one.name, "media_type": one.media_type, "bytes": one.bytes}
            for one in files
        ],
        "data": event.data,
    }
