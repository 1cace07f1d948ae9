"""Tokens: whose one is, and which there are."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from network.compiled import Compiled
from network.enums import OrganizationStatus
from network.links import hash_of
from network.models import ApiToken
from network.tenancy import Actor, Purpose

_IN_USE = Compiled(
    lambda key, now: (
        ApiToken.objects.beyond_scope()
        .filter(
            token_hash=key,
            revoked_at=None,
            expires_at__gt=now,
            membership__ended_at=None,
            person__is_active=True,
            organization__locked_down_at=None,
            organization__status__in=(OrganizationStatus.APPLIED, OrganizationStatus.VERIFIED),
        )
        .select_related("person", "organization")[:1]
    )
)


def token_in_use(actor: Actor, text: str) -> ApiToken | None:
    """The token that this text is, with its person and organization, where it may be used now.

    Nothing for one that is unknown, expired or revoked, whose person no longer belongs to the
    organization or was suspended, or whose organization was suspended, has left or is locked
    down: the same nothing. One query, inside the scope of the sign-in, which alone may ask.

    Raises:
        ValueError: the actor is not the sign-in.
    """
    if actor.purpose is not Purpose.SIGN_IN:
        raise ValueError("only the sign-in looks tokens up")
    return _IN_USE.first(key=hash_of(text), now=timezone.now())


def tokens_of(actor: Actor) -> QuerySet[ApiToken]:
    """The actor's own tokens in the organization acted for, newest first."""
    if actor.person_id is None:
        return ApiToken.objects.none()
    return ApiToken.objects.filter(person_id=actor.person_id)


def tokens_in(actor: Actor) -> QuerySet[ApiToken]:
    """Every token of the organization acted for, newest first; for who manages them."""
    if actor.organization_id is None:
        return ApiToken.objects.none()
    return ApiToken.objects.filter(organization_id=actor.organization_id)
