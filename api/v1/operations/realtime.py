"""What the document says of tickets of the socket."""

from __future__ import annotations

from api.v1.operations.conversations import CONVERSATIONS, READ
from api.v1.operations.described import answer
from api.v1.operations.tenant import opened
from api.v1.schemas import realtime

NEW_TICKET = opened(
    "newTicket",
    CONVERSATIONS,
    "Get a ticket for the socket",
    "A ticket opens one socket at `ws_url`, once and within `expires_in` seconds, for the person "
    "and organization of the token, from pages of this site. Whoever can send headers needs none: "
    "the socket takes the token itself. The pages of this site get theirs by the session and the "
    "token of their forms; it is the only address of the API that a session opens. The frames of "
    "the socket are described at `/docs/developers/socket/`.",
    scope=READ,
    method="POST",
    request=("NewTicket", realtime.NEW),
    answers=[answer("Ticket", realtime.TICKET)],
    is_tenant=False,
    others=[403, 404],
)
