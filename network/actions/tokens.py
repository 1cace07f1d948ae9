"""Making and revoking tokens."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.actions.audit import record
from network.enums import Scope
from network.events import TokensRevoked, publish
from network.links import hash_of
from network.models import ApiToken, KeptAnswer, Membership, Organization, Person
from network.permissions import Permission, Refused, can, require
from network.tenancy import Actor, Purpose, acting, member
from network.validators import validate_plain_text, validate_visible

MARK = "vnt_"
DAYS, MOST_DAYS = 90, 365
MOST_TOKENS = 20
# What has ended is shown for so long, and what was answered is repeated for so long.
SHOWN_DAYS, REPEATED = 30, dt.timedelta(hours=24)


@transaction.atomic
def create_token(
    actor: Actor,
    *,
    membership: Membership,
    name: str,
    scopes: Sequence[str],
    days: int = DAYS,
    token_id: UUID | None = None,
) -> tuple[ApiToken, str]:
    """A token of the actor's own membership, and its text, which nobody can read again.

    Any scope may be named, whatever the role: a scope is an upper bound, and what the token may do
    is asked of the role at each request. A form that is sent twice says with `token_id` that it is
    the same, and makes one.

    Raises:
        Refused: it is not the actor's own membership, or has ended; the operator may for anybody.
        ValidationError: name, scopes or days cannot be used, there are too many tokens already, or
            `made`, where this one was made before.
    """
    require(actor, Permission.TOKEN_MAKE, membership)
    is_own = actor.person_id == membership.person_id
    if membership.ended_at is not None or not (is_own or actor.purpose is Purpose.OPERATOR):
        raise Refused(Permission.TOKEN_MAKE)
    _check(name, scopes, days)
    now = timezone.now()
    live = ApiToken.objects.filter(membership=membership, revoked_at=None, expires_at__gt=now)
    if live.count() >= MOST_TOKENS:
        raise ValidationError(
            _("You have %(limit)d tokens here. Revoke one that you no longer use."),
            code="many",
            params={"limit": MOST_TOKENS},
        )
    secret = secrets.token_urlsafe(32)
    token = ApiToken(
        pk=token_id or uuid4(),
        organization_id=membership.organization_id,
        person_id=membership.person_id,
        membership=membership,
        name=name.strip(),
        token_hash=hash_of(MARK + secret),
        prefix=secret[:6],
        scopes=[scope.value for scope in Scope if scope in set(scopes)],
        expires_at=now + dt.timedelta(days=days),
    )
    _add(token)
    _record(actor, "token.created", token, scopes=token.scopes, days=days)
    return token, MARK + secret


@transaction.atomic
def revoke_token(actor: Actor, *, token: ApiToken) -> None:
    """End a token from this moment. Ending it twice changes nothing.

    Raises:
        Refused: it is neither the actor's own nor theirs to manage.
    """
    is_own = actor.person_id == token.person_id and can(actor, Permission.TOKEN_MAKE, token)
    if not is_own:
        require(actor, Permission.TOKEN_MANAGE, token)
    if _revoked([token.pk]):
        _record(actor, "token.revoked", token)
        publish(TokensRevoked(token.person_id, token.organization_id))


@transaction.atomic
def revoke_tokens_of(actor: Actor, *, person: Person) -> int:
    """End every token of a person, in every organization; how many there were.

    For a person's own panic sign-out, whatever they act for, and for who suspends them. Each
    organization reads it in its log.

    Raises:
        Refused: the actor is neither that person nor a purpose that manages tokens.
    """
    is_system = actor.purpose is not None and can(actor, Permission.TOKEN_MANAGE)
    if actor.person_id != person.pk and not is_system:
        raise Refused(Permission.TOKEN_MANAGE)
    open_ = ApiToken.objects.beyond_scope().filter(person=person, revoked_at=None)
    found = list(open_.order_by("id").select_for_update())
    revoked = _revoked([token.pk for token in found])
    for token in found:
        if actor.purpose is Purpose.OPERATOR:
            _record(actor, "token.revoked", token)
            continue
        # Written in the person's name: each organization's log takes its members' entries only.
        with acting(member(person.pk, token.organization_id, via=actor.via)) as owner:
            _record(owner, "token.revoked", token)
    if revoked:
        publish(TokensRevoked(person.pk))
    return revoked


@transaction.atomic
def revoke_tokens_in(actor: Actor, *, organization: Organization) -> int:
    """End every token of an organization, in the transaction of what ends them; how many.

    For a lock-down and for leaving: opened again, none of them works.

    Raises:
        Refused: the actor does not manage the tokens of this organization.
    """
    require(actor, Permission.TOKEN_MANAGE, organization)
    open_ = ApiToken.objects.filter(organization=organization, revoked_at=None)
    number = open_.update(revoked_at=timezone.now())
    if number:
        record(
            actor,
            "tokens.revoked",
            organization_id=organization.pk,
            object_kind="token",
            all=number,
        )
        publish(TokensRevoked(organization_id=organization.pk))
    return number


@transaction.atomic
def note_use(actor: Actor, *, token: ApiToken) -> None:
    """Write down that a token was used today, once a day.

    Raises:
        Refused: the actor is not the sign-in.
    """
    if actor.purpose is not Purpose.SIGN_IN:
        raise Refused(Permission.TOKEN_MANAGE)
    ApiToken.objects.filter(pk=token.pk).update(used_on=timezone.localdate())


@transaction.atomic
def purge_tokens(actor: Actor) -> dict[str, int]:
    """Delete tokens a month after their end, and kept answers after a day; how many there were.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    now = timezone.now()
    oldest = now - dt.timedelta(days=SHOWN_DAYS)
    tokens = ApiToken.objects.filter(expires_at__lt=oldest) | ApiToken.objects.filter(
        revoked_at__lt=oldest
    )
    answers = KeptAnswer.objects.filter(created_at__lt=now - REPEATED)
    return {"tokens": tokens.delete()[0], "kept_answers": answers.delete()[0]}


def _check(name: str, scopes: Sequence[str], days: int) -> None:
    """Refuse what no token can have.

    Raises:
        ValidationError: by the names `name`, `scopes` and `days`.
    """
    errors: dict[str, object] = {}
    try:
        validate_plain_text(name, lines=False)
        validate_visible(name)
        if not 0 < len(name.strip()) <= 80:
            raise ValidationError(_("Write a name of 1 to 80 characters."), code="name")
    except ValidationError as error:
        errors["name"] = error
    if not scopes or set(scopes) - set(Scope.values):
        known = ", ".join(Scope.values)
        errors["scopes"] = ValidationError(
            _("Name at least one of %(known)s."), code="scopes", params={"known": known}
        )
    if not 1 <= days <= MOST_DAYS:
        errors["days"] = ValidationError(
            _("Write a number of days from 1 to %(most)d."),
            code="days",
            params={"most": MOST_DAYS},
        )
    if errors:
        raise ValidationError(errors)


def _add(token: ApiToken) -> None:
    """Write a new token down.

    Raises:
        ValidationError: `made`, it is there already; of two at once, the second.
    """
    ApiToken.objects.bulk_create([token], ignore_conflicts=True)
    if not ApiToken.objects.filter(token_hash=token.token_hash).exists():
        raise ValidationError(
            _("This token was made already, and its text is shown only once. Make another one."),
            code="made",
        )


def _revoked(keys: Sequence[UUID]) -> int:
    """End these tokens; how many were not ended before."""
    open_ = ApiToken.objects.beyond_scope().filter(pk__in=keys, revoked_at=None)
    return open_.update(revoked_at=timezone.now())


def _record(actor: Actor, verb: str, token: ApiToken, **details: object) -> None:
    record(
        actor,
        verb,
        organization_id=token.organization_id,
        object_kind="token",
        object_id=token.pk,
        **details,
    )
