"""Who belongs to which coalition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from network.enums import OrganizationKind, OrganizationStatus
from network.models import CoalitionMembership, Organization
from network.tenancy import Actor

AGREED = Q(agreed_at__isnull=False, ended_at=None)
OPEN = Q(agreed_at=None, refused_at=None, ended_at=None)
_VERIFIED = Q(
    coalition__status=OrganizationStatus.VERIFIED,
    coalition__kind=OrganizationKind.COALITION,
    organization__status=OrganizationStatus.VERIFIED,
)


def coalition_memberships_of(actor: Actor) -> QuerySet[CoalitionMembership]:
    """What stands between the organization acted for and others now: asks and memberships.

    Both directions, the oldest first; what was refused or has ended is not in it. One query.
    """
    mine = Q(coalition_id=actor.acted_for) | Q(organization_id=actor.acted_for)
    return CoalitionMembership.objects.filter(mine, AGREED | OPEN)


def coalitions_of(organization_id: UUID) -> set[UUID]:
    """The ids of the coalitions that an organization belongs to, agreed by both. One query.

    For whoever may see its memberships: itself, a release on its behalf, the operator. Whether a
    coalition is public at present is not asked here.
    """
    rows = CoalitionMembership.objects.filter(AGREED, organization_id=organization_id)
    return set(rows.values_list("coalition_id", flat=True))


def members_of_coalition(coalition_id: UUID) -> set[UUID]:
    """The ids of the organizations that belong to a coalition. One query; seen as above."""
    rows = CoalitionMembership.objects.filter(AGREED, coalition_id=coalition_id)
    return set(rows.values_list("organization_id", flat=True))


def verified_coalitions() -> QuerySet[CoalitionMembership]:
    """The memberships of which both sides are verified now: those that are public.

    For the operator's eyes: nobody else sees the standing of both.
    """
    return CoalitionMembership.objects.filter(AGREED, _VERIFIED)


def coalition_slugs_of(organizations: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """Of each organization its own slug and those of the coalitions that it belongs to.

    Two organizations with a slug in common belong to one coalition, or one of them to the other.
    For the operator's eyes, whether anything of it is public or not. Two queries.
    """
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for pk, slug in Organization.objects.filter(pk__in=organizations).values_list("pk", "slug"):
        found[pk].add(slug)
    rows = CoalitionMembership.objects.filter(AGREED, organization_id__in=organizations)
    for pk, slug in rows.values_list("organization_id", "coalition__slug"):
        found[pk].add(slug)
    return {one: frozenset(found[one]) for one in organizations}
