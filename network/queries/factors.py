"""What a person has beside the password, and whether their role asks for it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from network.enums import FactorKind, Role
from network.models import Membership, Person, RecoveryCode, SecondFactor
from network.queries.memberships import OPEN
from network.tenancy import Actor

RECOVERY = "recovery"
WAITING = dt.timedelta(hours=1)
# Everybody who writes for a group or reads its messages, see trust in the design.
ROLES_THAT_NEED_ONE = frozenset(Role) - {Role.MEMBER}


def factors_of(actor: Actor) -> QuerySet[SecondFactor]:
    """The actor's own second factors that count, oldest first; none for the system."""
    if actor.person_id is None:
        return SecondFactor.objects.none()
    return SecondFactor.objects.filter(person_id=actor.person_id, confirmed_at__isnull=False)


def waiting_totp(actor: Actor) -> SecondFactor | None:
    """The actor's code app that has not shown its first code yet; it waits for an hour."""
    if actor.person_id is None:
        return None
    return SecondFactor.objects.filter(
        person_id=actor.person_id,
        kind=FactorKind.TOTP,
        confirmed_at=None,
        created_at__gt=timezone.now() - WAITING,
    ).first()


def recovery_codes_left(person_id: UUID) -> int:
    """How many recovery codes the person can still use."""
    return RecoveryCode.objects.filter(person_id=person_id, used_at=None).count()


def kinds_of(person_id: UUID) -> frozenset[str]:
    """By what the person can pass the second step: of `totp`, `passkey` and `recovery`.

    Empty for who signs in with a password alone. Asked in the person's own scope or the sign-in's.
    """
    kinds = set(
        SecondFactor.objects.filter(person_id=person_id, confirmed_at__isnull=False)
        .order_by()
        .values_list("kind", flat=True)
        .distinct()
    )
    if kinds and recovery_codes_left(person_id):
        kinds.add(RECOVERY)
    return frozenset(kinds)


def needs_second_factor(person: Person) -> bool:
    """Whether a role of the person, or being a steward, asks for a second factor."""
    return person.is_steward or (
        Membership.objects.beyond_scope()
        .filter(
            person_id=person.pk,
            ended_at=None,
            role__in=ROLES_THAT_NEED_ONE,
            organization__status__in=OPEN,
        )
        .exists()
    )


def organization_ids_of(person_id: UUID) -> list[UUID]:
    """Where the person belongs at present."""
    return list(
        Membership.objects.beyond_scope()
        .filter(person_id=person_id, ended_at=None)
        .order_by("organization_id")
        .values_list("organization_id", flat=True)
    )
