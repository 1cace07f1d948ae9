"""Tickets: what opens one socket, once, within half a minute.

Nothing of a ticket is kept: it is sealed, and used by counting its number once for all processes.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID, uuid4

import msgspec

from messaging.queries.holding import Holder
from network.actions.limits import take
from network.sealing import Unreadable, seal, unseal

SECONDS = 30
PURPOSE = "ticket of a socket"
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who may open a socket. `origin` is from which pages; empty: from those of this site."""

    holder: Holder
    origin: str


class _Sealed(msgspec.Struct, array_like=True):
    id: UUID
    person: UUID
    organization: UUID
    session: str | None
    token: UUID | None
    origin: str
    until: float


def new_ticket(ticket: Ticket) -> str:
    """A ticket as text, which any page may name as a protocol of its socket."""
    holder = ticket.holder
    content = _Sealed(
        id=uuid4(),
        person=holder.person_id,
        organization=holder.organization_id,
        session=holder.session,
        token=holder.token_id,
        origin=ticket.origin,
        until=time.time() + SECONDS,
    )
    # A protocol is a token of HTTP, in which no "=" stands.
    return seal(msgspec.msgpack.encode(content), purpose=PURPOSE).rstrip("=")


def use_ticket(text: str, origin: str) -> Ticket | None:
    """What a ticket says, for the first who shows it in time and from its origin; else nothing.

    No transaction may be open.
    """
    if len(text) > LONGEST or "=" in text:
        return None
    try:
        raw = unseal(text + "=" * (-len(text) % 4), purpose=PURPOSE)
        content = msgspec.msgpack.decode(raw, type=_Sealed)
    except (Unreadable, msgspec.DecodeError):
        return None
    if content.until < time.time() or content.origin not in ("", origin):
        return None
    if not take("socket.ticket", str(content.id), 1, 2 * SECONDS).allowed:
        return None
    holder = Holder(content.person, content.organization, content.session, content.token)
    return Ticket(holder, content.origin)
