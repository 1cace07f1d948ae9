"""Tickets of the socket."""

from __future__ import annotations

from typing import Any

from api.socket.tickets import SECONDS
from api.v1.schemas.shapes import Schema, closed, text, whole

SCHEMAS: dict[str, Schema] = {
    "NewTicket": closed(
        "For which organization a socket is to be opened.",
        {"organization": text("Its slug. A token may leave it out: it has one.")},
        optional=("organization",),
    ),
    "Ticket": closed(
        "What opens one socket, once.",
        {
            "ticket": text("Show it as the protocol `t.` and the ticket, beside `nv1`."),
            "expires_in": whole("In so many seconds it opens nothing any more.", minimum=1),
            "ws_url": text("Where the socket is."),
        },
    ),
}

NEW: dict[str, Any] = {"organization": "bern-visitors"}
TICKET: dict[str, Any] = {
    "ticket": "gAAAAABqG-ticket",
    "expires_in": SECONDS,
    "ws_url": "wss://example.org/ws/v1/",
}
