"""Who holds a socket, and whether they still may: asked of live rows, for any number at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from messaging.queries.standing import stands
from network.models import Membership
from network.queries.credentials import Live, live_sessions, live_tokens
from network.tenancy import Actor


@dataclass(frozen=True, slots=True)
class Holder:
    """A person for one organization, and the session or the token by which they came.

    `session` is the hash of the session's key.
    """

    person_id: UUID
    organization_id: UUID
    session: str | None = None
    token_id: UUID | None = None


class Lost(StrEnum):
    """Why somebody may hold a socket no more.

    `UNAUTHENTICATED`: session, token or person are over. `REVOKED`: the membership has ended, its
    role carries no messages, or the organization is suspended or locked down.
    """

    UNAUTHENTICATED = "unauthenticated"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Held:
    """That somebody may hold a socket, until when at the latest, and what a token is for."""

    until: dt.datetime
    scopes: tuple[str, ...] | None


def standing_of_holders(actor: Actor, holders: Collection[Holder]) -> dict[Holder, Held | Lost]:
    """How each of them stands at this moment. Two queries; three where some came by a token.

    Inside the scope of the sign-in, which alone may ask.

    Raises:
        ValueError: the actor is not the sign-in.
    """
    sessions = live_sessions(actor, {one.session for one in holders if one.session})
    tokens = live_tokens(actor, {one.token_id for one in holders if one.token_id})
    rows = Membership.objects.beyond_scope().filter(
        stands(""),
        person_id__in={one.person_id for one in holders},
        organization_id__in={one.organization_id for one in holders},
    )
    present = set(rows.values_list("person_id", "organization_id"))
    found: dict[Holder, Held | Lost] = {}
    for one in holders:
        live = _credential(one, sessions, tokens)
        if live is None or live.person_id != one.person_id:
            found[one] = Lost.UNAUTHENTICATED
        elif (one.person_id, one.organization_id) not in present:
            found[one] = Lost.REVOKED
        else:
            found[one] = Held(live.until, live.scopes)
    return found


def _credential(one: Holder, sessions: dict[str, Live], tokens: dict[UUID, Live]) -> Live | None:
    if one.session is not None:
        return sessions.get(one.session)
    return tokens.get(one.token_id) if one.token_id is not None else None
