"""Who holds a socket, and whether they still may: asked of live rows, for any number at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from messaging.queries.standing import grace_began, stands
from network.compiled import Compiled
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
    present = set(_present(holders))
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


def _present(holders: Collection[Holder]) -> Iterable[tuple[Any, ...]]:
    """Whose memberships carry messages at this moment. One query."""
    people = {one.person_id for one in holders}
    organizations = {one.organization_id for one in holders}
    if len(people) == len(organizations) == 1:
        # Whoever connects.
        (person,), (organization,) = people, organizations
        return _STANDING(person=person, organization=organization, grace=grace_began())
    return _standing(Q(person_id__in=people, organization_id__in=organizations))


def _standing(which: Q, grace: dt.datetime | None = None) -> QuerySet[Membership, tuple[Any, ...]]:
    rows = Membership.objects.beyond_scope().filter(stands("", grace), which)
    return rows.values_list("person_id", "organization_id")


_STANDING = Compiled(
    lambda person, organization, grace: _standing(
        Q(person_id=person, organization_id=organization), grace
    )
)


def _credential(one: Holder, sessions: dict[str, Live], tokens: dict[UUID, Live]) -> Live | None:
    if one.session is not None:
        return sessions.get(one.session)
    return tokens.get(one.token_id) if one.token_id is not None else None
