"""Reports of messages."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.conversations import CLIENT_ID, EVENT_ID
from api.v1.schemas.shapes import Schema, array, closed, or_null, text
from api.v1.shell import confirming
from messaging.actions.reporting import MAX_NOTE
from messaging.enums import ReportKind, ReportState
from messaging.queries.reports import OFFERED

_KIND = text(
    "Why: a threat, somebody in detention can be recognised, advertising, they are not who they "
    "say, or something else.",
    enum=list(ReportKind.values),
)
SCHEMAS: dict[str, Schema] = {
    "NewMessageReport": closed(
        "Messages of one other organization, to be copied for the stewards.",
        {
            "client_id": text("An id of your own, a UUID.", format="uuid"),
            "messages": array(
                text(format="uuid"),
                "Messages and topics, by the id of their event.",
                maxItems=OFFERED,
            ),
            "kind": _KIND,
            "note": text("What the stewards should know.", maxLength=MAX_NOTE),
            **confirming.FIELD,
        },
        optional=("note", confirming.NAME),
    ),
    "MessageReport": closed(
        "What your organization sees of a report.",
        {
            "id": common.UUID,
            "kind": _KIND,
            "state": text("What became of it.", enum=list(ReportState.values)),
            "created_at": common.MOMENT,
            "decided_at": or_null(text("When it was decided.", format="date-time")),
        },
    ),
}

NEW: dict[str, Any] = {
    "client_id": CLIENT_ID,
    "messages": [EVENT_ID],
    "kind": str(ReportKind.THREAT),
    "note": "They write this to everybody.",
}
REPORT: dict[str, Any] = {
    "id": "6a1d2c3b-4e5f-4a6b-8c7d-9e0f1a2b3c44",
    "kind": str(ReportKind.THREAT),
    "state": str(ReportState.WAITING),
    "created_at": common.WHEN,
    "decided_at": None,
}
