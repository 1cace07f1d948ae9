"""Who belongs where, and as what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from django.db.models import F, QuerySet
from django.utils import timezone

from network.compiled import Compiled
from network.enums import OrganizationStatus, Role
from network.models import Membership, Organization, Person
from network.tenancy import Actor

GRACE = dt.timedelta(days=7)
OPEN = (OrganizationStatus.APPLIED, OrganizationStatus.VERIFIED)


class HoldsRole(Protocol):
    """What says which role was given, and when."""

    role: str
    role_since: dt.datetime


class HasSecondFactor(Protocol):
    """What says since when a person signs in with a second factor."""

    second_factor_since: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's role as it counts now, and how far the organization is open to its members."""

    role: Role
    is_open: bool
    is_locked: bool
    is_leaving: bool

    @property
    def open_role(self) -> Role | None:
        """The role in an organization that is open to its members; nothing where it rests."""
        return self.role if self.is_open else None


# Asked at every request of whoever is signed in.
_MEMBERSHIP = Compiled(
    lambda person, organization: (
        Membership.objects.beyond_scope()
        .filter(
            person_id=person,
            organization_id=organization,
            ended_at=None,
            person__is_active=True,
        )
        .select_related("organization", "person")
        .only(
            "role",
            "role_since",
            "organization__status",
            "organization__locked_down_at",
            "organization__deleted_at",
            "person__second_factor_since",
        )[:1]
    )
)

# What was read at the beginning of a page that is only read: for this very actor, until its end.
_known: ContextVar[tuple[Actor, Standing] | None] = ContextVar("standing", default=None)


@contextmanager
def standing_known(actor: Actor, standing: Standing) -> Iterator[None]:
    """Within it `standing_of` answers for this actor with what was just read, without a query.

    For one page that is only read, from its first question to its last: it shows one moment.
    Never around anything that is written, nor for longer. Another person, or another organization,
    is asked about as ever.
    """
    token = _known.set((actor, standing))
    try:
        yield
    finally:
        _known.reset(token)


def grace_ends(membership: HoldsRole, person: HasSecondFactor) -> dt.datetime | None:
    """Until when a role counts without a second factor; nothing where it counts for good.

    Every role above member wants one, and counts for 7 days from when it was given without. The
    moment may have passed: the role then counts as that of a member.
    """
    if person.second_factor_since is not None or membership.role == Role.MEMBER:
        return None
    return membership.role_since + GRACE


def role_of(actor: Actor) -> Role | None:
    """The actor's present role in the organization acted for; nothing for anybody else.

    The role as it counts, see `grace_ends`. One query, asked anew each time but within
    `standing_known`: a role that was taken away is gone at the next question. An inactive person
    has none, nor has anyone in an organization that is suspended, locked down or has left.
    """
    standing = standing_of(actor)
    return None if standing is None else standing.open_role


def resting_role_of(actor: Actor) -> Role | None:
    """The role the actor would have, were the organization not locked down or about to leave.

    Nothing in an organization that is open to its members. An owner may bring it back.
    """
    standing = standing_of(actor)
    if standing is None or not (standing.is_locked or standing.is_leaving):
        return None
    return standing.role


def standing_of(actor: Actor) -> Standing | None:
    """How an active person stands in the organization acted for; nothing without a membership.

    One query; none within `standing_known`.
    """
    if actor.person_id is None or actor.organization_id is None:
        return None
    known = _known.get()
    if known is not None and known[0] == actor:
        return known[1]
    membership = _MEMBERSHIP.first(person=actor.person_id, organization=actor.organization_id)
    return None if membership is None else _standing(membership, membership.person)


def _standing(membership: Membership, person: HasSecondFactor) -> Standing:
    organization = membership.organization
    end = grace_ends(membership, person)
    counts = end is None or timezone.now() < end
    is_locked = organization.status in OPEN and organization.locked_down_at is not None
    left = organization.status == OrganizationStatus.LEFT
    return Standing(
        role=Role(membership.role) if counts else Role.MEMBER,
        is_open=organization.status in OPEN and not is_locked,
        is_locked=is_locked,
        is_leaving=left and organization.deleted_at is not None,
    )


def is_steward(actor: Actor) -> bool:
    """Whether the actor's person looks after this node, at this moment.

    A steward needs a second factor from 7 days after the account was made. One query.
    """
    if actor.person_id is None:
        return False
    steward = (
        Person.objects.filter(pk=actor.person_id, is_active=True, is_steward=True)
        .only("created_at", "second_factor_since")
        .first()
    )
    if steward is None:
        return False
    return steward.second_factor_since is not None or timezone.now() < steward.created_at + GRACE


def organization_of(actor: Actor, slug: str) -> Organization | None:
    """The organization with this slug, if the actor's person belongs to it at present."""
    return (
        Organization.objects.beyond_scope()
        .filter(
            slug=slug, memberships__person_id=actor.someone, memberships__ended_at__isnull=True
        )
        .first()
    )


def seat_of(actor: Actor, slug: str) -> tuple[Organization, Standing] | None:
    """The organization with this slug and how the actor's person stands in it, as `standing_of`.

    Nothing without a present membership of an active person. One query.
    """
    found = (
        Membership.objects.beyond_scope()
        .filter(
            organization__slug=slug,
            person_id=actor.someone,
            ended_at=None,
            person__is_active=True,
        )
        .select_related("organization")
        .annotate(second_factor_since=F("person__second_factor_since"))
    )
    for membership in found:
        return membership.organization, _standing(membership, membership)
    return None


def organizations_of(actor: Actor) -> list[tuple[Organization, Role]]:
    """The organizations to which the actor's person belongs, with the role that counts, by name.

    Those that are open to their members. One query.
    """
    return [
        (one.organization, standing.role)
        for one in _memberships_of(actor)
        if (standing := _standing(one, one.person)).is_open
    ]


def resting_organizations_of(actor: Actor) -> list[Organization]:
    """The organizations that the actor's person can bring back as an owner, by name. One query."""
    return [
        one.organization
        for one in _memberships_of(actor)
        if (standing := _standing(one, one.person)).role is Role.OWNER
        and (standing.is_locked or standing.is_leaving)
    ]


def _memberships_of(actor: Actor) -> QuerySet[Membership]:
    return (
        Membership.objects.beyond_scope()
        .filter(person_id=actor.someone, person__is_active=True, ended_at=None)
        .select_related("organization", "person")
        .order_by("organization__name", "organization_id")
    )


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody was given in an organization, and the one that counts at present."""

    organization: Organization
    role: Role
    effective_role: Role | None


def memberships_of(actor: Actor) -> list[HeldRole]:
    """Every present role of the actor's person, by the name of the organization. One query."""
    found = [(one, _standing(one, one.person)) for one in _memberships_of(actor)]
    return [
        HeldRole(one.organization, Role(one.role), standing.role if standing.is_open else None)
        for one, standing in found
    ]
