"""Whether sessions and tokens that were shown once may still be used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from network.compiled import Compiled
from network.models import ApiToken, Session
from network.sessions import LONGEST
from network.tenancy import Actor, Purpose


@dataclass(frozen=True, slots=True)
class Live:
    """A session or token that may be used now: whose it is, until when, and what a token is for.

    A session has no scopes: it is for everything that its person may do.
    """

    person_id: UUID
    until: dt.datetime
    scopes: tuple[str, ...] | None = None


def live_sessions(actor: Actor, hashes: Collection[str]) -> dict[str, Live]:
    """Of sessions, by the hash of their key, those by which an active person is signed in now.

    One query, none for none; inside the scope of the sign-in, which alone may ask.

    Raises:
        ValueError: the actor is not the sign-in.
    """
    _require_sign_in(actor)
    if not hashes:
        return {}
    now = timezone.now()
    moments = {"now": now, "since": now - LONGEST}
    found: Iterable[tuple[Any, ...]]
    if len(hashes) == 1:
        # Whoever connects.
        (key_hash,) = hashes
        found = _SESSION(key_hash=key_hash, **moments)
    else:
        found = _sessions(Q(key_hash__in=list(hashes)), **moments)
    return {
        key: Live(person, min(expires_at, created_at + LONGEST))
        for key, person, expires_at, created_at in found
    }


def _sessions(
    which: Q, now: dt.datetime, since: dt.datetime
) -> QuerySet[Session, tuple[Any, ...]]:
    """Of these, those that were begun since then and are not over."""
    rows = Session.objects.filter(
        which, is_waiting=False, expires_at__gt=now, created_at__gt=since, person__is_active=True
    )
    return rows.values_list("key_hash", "person_id", "expires_at", "created_at")


_SESSION = Compiled(lambda key_hash, now, since: _sessions(Q(key_hash=key_hash), now, since))


def live_tokens(actor: Actor, keys: Collection[UUID]) -> dict[UUID, Live]:
    """Of tokens, by their id, those that may be used now as far as they and their person go.

    One query, none for none; inside the scope of the sign-in, which alone may ask.

    Raises:
        ValueError: the actor is not the sign-in.
    """
    _require_sign_in(actor)
    if not keys:
        return {}
    rows = ApiToken.objects.beyond_scope().filter(
        pk__in=list(keys),
        revoked_at=None,
        expires_at__gt=timezone.now(),
        person__is_active=True,
    )
    found = rows.values_list("pk", "person_id", "expires_at", "scopes")
    return {pk: Live(person, until, tuple(scopes)) for pk, person, until, scopes in found}


def _require_sign_in(actor: Actor) -> None:
    if actor.purpose is not Purpose.SIGN_IN:
        raise ValueError("only the sign-in looks credentials up")
