"""Conversations as the API tells them."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from messaging.actions.sending import Sent
from messaging.models import Attachment, Block, Event, Handle, MessageReport
from messaging.queries.events import MessageRow
from messaging.queries.inbox import InboxRow
from messaging.queries.readers import Readers


def conversation_document(row: InboxRow) -> dict[str, Any]:
    """One conversation as one person sees it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "topic": row.topic,
        "state": row.state,
        "incoming": row.incoming,
        "home": row.home,
        "parties": [
            {"slug": one.slug, "name": one.name, "joined": one.is_joined} for one in row.parties
        ],
        "my_handle": row.my_handle_id,
        "opened_by_us": row.is_host,
        "last_seq": row.last_seq,
        "floor_seq": row.floor_seq,
        "read_seq": row.read_seq,
        "unread": row.unread,
        "mentions": row.mentions,
        "muted": row.is_muted,
        "retention_days": row.retention_days,
        "updated_at": row.updated_at,
    }


def event_document(event: Event, files: Iterable[Attachment] = ()) -> dict[str, Any]:
    """One entry of the log with its files; who wrote it by handle, never by person."""
    handle = event.handle
    party = handle.party if handle is not None else None
    return {
        "id": event.pk,
        "seq": event.seq,
        "state": event.state,
        "kind": event.kind,
        "handle": event.handle_id,
        "organization": party.slug if party is not None else "",
        "client_id": event.client_id,
        "thread_root": event.thread_root,
        "target": event.target,
        "body": event.body,
        "language": event.language,
        "attachments": [attachment_document(one) for one in files],
        "data": event.data,
        "created_at": event.created_at,
    }


def attachment_document(file: Attachment, content: bytes | None = None) -> dict[str, Any]:
    """A file of a message; with its bytes where they are given."""
    told = {
        "id": file.pk,
        "name": file.name,
        "media_type": file.media_type,
        "bytes": file.bytes,
        "url": reverse("api:conversation_attachment", args=[file.conversation_id, file.pk]),
    }
    if content is not None:
        told["content"] = base64.b64encode(content).decode()
    return told


def found_document(message: MessageRow) -> dict[str, Any]:
    """A message that was found, as it stands."""
    return {
        "conversation": message.conversation_id,
        "id": message.id,
        "seq": message.seq,
        "kind": message.kind,
        "handle": message.handle_id,
        "organization": message.organization_slug,
        "thread_root": message.thread_root,
        "body": message.body,
        "language": message.language,
        "edited": message.is_edited,
        "created_at": message.created_at,
    }


def sent_document(sent: Sent) -> dict[str, Any]:
    """What became of something that was sent."""
    return {"id": sent.id, "seq": sent.seq, "state": sent.state}


def participants_document(
    handles: list[Handle],
    row: InboxRow,
    people: dict[UUID, UUID],
    names: dict[UUID, str],
    readers: Readers | None,
) -> dict[str, Any]:
    """Who takes part, and who can read; colleagues by name too, nobody else.

    `people` are the persons behind handles of the own organization, `names` theirs by person.
    """
    return {
        "results": [_participant(one, row, people.get(one.pk), names) for one in handles],
        "readers": readers
        and {"organizations": list(readers.organizations), "nodes": list(readers.nodes)},
    }


def block_document(block: Block) -> dict[str, Any]:
    """One organization of which nothing is heard."""
    return {"id": block.blocked_id, "name": block.blocked_name, "created_at": block.created_at}


def report_document(report: MessageReport) -> dict[str, Any]:
    """What a group sees of what it reported: none of the words."""
    return {
        "id": report.pk,
        "kind": report.kind,
        "state": report.state,
        "created_at": report.created_at,
        "decided_at": report.decided_at,
    }


def _participant(
    handle: Handle, row: InboxRow, person: UUID | None, names: dict[UUID, str]
) -> dict[str, Any]:
    left = handle.left_seq
    return {
        "handle": handle.pk,
        "number": handle.number,
        "organization": {"slug": handle.party.slug, "name": handle.party.name},
        "name": handle.shown_name,
        "me": handle.pk == row.my_handle_id,
        # Who went after the viewer did is still there for them.
        "left": left is not None and left <= row.last_seq,
        "person": None if person is None else {"id": person, "name": names.get(person, "")},
    }
