"""Who opens a socket: by a ticket, or with a token; the same refusal for everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import parse_cookie

from api.socket.codes import PROTOCOL
from api.socket.origins import own_origins
from api.socket.tickets import use_ticket
from api.v1.shell.bearer import LONGEST
from messaging.queries.holding import Held, Holder, standing_of_holders
from network.enums import Scope
from network.queries.tokens import token_in_use
from network.sessions import hash_of
from network.tenancy import Actor, Purpose, Via, acting, system

Message = dict[str, Any]
TICKET = "t."


@dataclass(frozen=True, slots=True)
class Offered:
    """What a client shows in its handshake."""

    host: str
    origin: str | None
    protocols: tuple[str, ...]
    bearer: str
    session: str | None

    @property
    def is_of_this_site(self) -> bool:
        """Whether the page that opens the socket is one of this site's."""
        return self.origin is not None and self.origin in own_origins(self.host)

    @property
    def ticket(self) -> str:
        """The ticket that it shows; empty for none."""
        found = [one[len(TICKET) :] for one in self.protocols if one.startswith(TICKET)]
        return found[0] if len(found) == 1 else ""

    @property
    def protocol(self) -> str | None:
        """What is spoken, said back to who asked for it."""
        return PROTOCOL if PROTOCOL in self.protocols else None


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who may open it."""

    holder: Holder
    held: Held


def offered(scope: Message) -> Offered:
    """What the headers of a handshake say; of several that may stand once, none counts."""
    found: dict[bytes, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name, []).append(value.decode("latin-1"))

    def once(name: bytes) -> str | None:
        values = found.get(name, [])
        return values[0] if len(values) == 1 else None

    scheme, _space, text = (once(b"authorization") or "").partition(" ")
    cookies = parse_cookie("; ".join(found.get(b"cookie", [])))
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    has_origin = b"origin" in found
    return Offered(
        host=once(b"host") or "",
        # Two of them are none of this site's.
        origin=(once(b"origin") or "null") if has_origin else None,
        protocols=tuple(scope.get("subprotocols", ())),
        bearer=text.strip() if scheme.lower() == "bearer" else "",
        session=hash_of(key) if key else None,
    )


def admit(offer: Offered) -> Admitted | None:
    """Who opens the socket, where they may. To be called in a thread, with no transaction open.

    A page is of this site, or nothing is looked at. Without an origin only a token counts, since
    every page has one. A ticket of a session is refused with the cookie of another.
    """
    if offer.origin is not None and not offer.is_of_this_site:
        return None
    # A ticket is used up in a transaction of its own, whatever comes of it.
    holder = None if offer.bearer else _by_ticket(offer)
    if holder is None and not 0 < len(offer.bearer) <= LONGEST:
        # Nothing that could be looked up: no connection to the database is taken for it.
        return None
    sign_in = system(Purpose.SIGN_IN, via=Via.SOCKET)
    with acting(sign_in, is_reading=True):
        holder = holder or _by_token(sign_in, offer.bearer)
        if holder is None:
            return None
        held = standing_of_holders(sign_in, [holder])[holder]
    return Admitted(holder, held) if isinstance(held, Held) and may_read(held) else None


def may_read(held: Held) -> bool:
    """Whether what they came with is for reading messages."""
    return held.scopes is None or Scope.MESSAGES_READ in held.scopes


def may_write(held: Held) -> bool:
    """The same for writing."""
    return held.scopes is None or Scope.MESSAGES_WRITE in held.scopes


def _by_ticket(offer: Offered) -> Holder | None:
    if offer.origin is None or offer.protocol is None or not offer.ticket:
        return None
    ticket = use_ticket(offer.ticket, offer.origin)
    if ticket is None:
        return None
    is_foreign = offer.session is not None and offer.session != ticket.holder.session
    return None if is_foreign and ticket.holder.session is not None else ticket.holder


def _by_token(sign_in: Actor, text: str) -> Holder | None:
    token = token_in_use(sign_in, text)
    if token is None:
        return None
    return Holder(token.person_id, token.organization_id, token_id=token.pk)
