"""Messages that were found, and a conversation as a file."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.attachments import ATTACHMENT
from api.v1.schemas.conversations import EVENT_ID, HANDLE, ID, LANGUAGE, SEQ
from api.v1.schemas.shapes import Schema, closed, or_null, ref, text, truth
from messaging.enums import ConversationKind, EventKind, SeenState

_PAGE = common.page("FoundMessagePage", "FoundMessage", "A page of messages, the newest first.")

SCHEMAS: dict[str, Schema] = {
    "FoundMessage": closed(
        "A message or topic as it stands.",
        {
            "conversation": text("Where it was said.", format="uuid"),
            "id": common.UUID,
            "seq": {**SEQ, "description": "Its number."},
            "kind": ref("EventKind"),
            "handle": or_null(text("Who said it.", format="uuid")),
            "organization": text("The slug of their organization; empty where it is gone."),
            "thread_root": or_null(text("The message that it answers.", format="uuid")),
            "body": text("What it says now."),
            "language": LANGUAGE,
            "edited": truth("Whether it was changed."),
            "created_at": common.MOMENT,
        },
    ),
    "FoundMessagePage": {
        **_PAGE,
        "properties": {
            **_PAGE["properties"],
            "too_many": truth("Whether the words stand in too many messages to look through."),
        },
        "required": [*_PAGE["required"], "too_many"],
    },
    "ConversationExport": text(
        "Lines of JSON, each with a `row`: `conversation` with what it is called and who takes "
        "part, `event` for each entry of the log, with the names of its files, `end` with the "
        "number of events. A file is fetched at `conversations/{id}/attachments/{attachment}/`."
    ),
}

FOUND: dict[str, Any] = {
    "conversation": ID,
    "id": EVENT_ID,
    "seq": 7,
    "kind": str(EventKind.MESSAGE),
    "handle": HANDLE,
    "organization": "harbour-visitors",
    "thread_root": None,
    "body": "We visit on Tuesdays.",
    "language": "en",
    "edited": False,
    "created_at": common.WHEN,
}
PAGE: dict[str, Any] = {"next": None, "previous": None, "results": [FOUND], "too_many": False}
EXPORT: list[dict[str, Any]] = [
    {
        "row": "conversation",
        "format": "visitation-network-conversation",
        "version": 1,
        "id": ID,
        "kind": str(ConversationKind.CHANNEL),
        "topic": "Visits in spring",
        "state": str(SeenState.OPEN),
        "parties": [{"slug": "harbour-visitors", "name": "Harbour Visitors"}],
        "my_handle": HANDLE,
        "floor_seq": 6,
        "last_seq": 7,
        "retention_days": 90,
        "exported_at": common.WHEN,
    },
    {
        "row": "event",
        "id": EVENT_ID,
        "seq": 7,
        "kind": str(EventKind.MESSAGE),
        "created_at": common.WHEN,
        "by": {
            "handle": HANDLE,
            "organization": "harbour-visitors",
            "organization_name": "Harbour Visitors",
            "number": 1,
            "name": "",
        },
        "thread_root": None,
        "target": None,
        "language": "en",
        "body": "We visit on Tuesdays.",
        "attachments": [{name: told for name, told in ATTACHMENT.items() if name != "url"}],
        "data": {"files": 1},
    },
    {"row": "end", "through": 7, "events": 1},
]
