"""Vouches: who asks whom, and which of those given count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from directory.enums import IndependenceReason, VouchState
from directory.models import Application, ListingTag, OrganizationCard, Vouch
from network.enums import OrganizationStatus
from network.models import Membership, Organization
from network.queries.coalitions import coalition_slugs_of
from network.queries.memberships import is_steward
from network.tenancy import Actor, Purpose, acting, system

WANTED = 2
MOST_ASKED = 5
VERIFIED_FOR = dt.timedelta(days=30)
MUTUAL_WITHIN = dt.timedelta(days=90)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Independence:
    """A vouch that was given, by whom, and why it does not count; it does without a reason."""

    vouch_id: UUID
    organization_id: UUID
    name: str
    reasons: tuple[IndependenceReason, ...]

    @property
    def counts(self) -> bool:
        """Whether it is one of the two that are wanted."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rules look at, by organization; it never leaves this module."""

    members: dict[UUID, frozenset[UUID]]
    coalitions: dict[UUID, frozenset[str]]
    mutual: frozenset[frozenset[UUID]]


def vouches_asked_of(actor: Actor) -> QuerySet[Vouch]:
    """What the organization acted for was asked, newest first, each with its application."""
    rows = Vouch.objects.filter(organization_id=actor.acted_for)
    return rows.select_related("application").order_by("-created_at", "id")


def vouches_for(actor: Actor, application: Application) -> list[tuple[Vouch, str]]:
    """The vouches that the organization acted for has asked for, with the names of the groups."""
    rows = list(
        Vouch.objects.beyond_scope().filter(
            applicant_id=actor.acted_for, application_id=application.pk
        )
    )
    cards = OrganizationCard.objects.filter(pk__in=[one.organization_id for one in rows])
    names = dict(cards.values_list("pk", "name"))
    return [(one, names.get(one.organization_id, "")) for one in rows]


def cards_to_ask(actor: Actor, words: str) -> QuerySet[OrganizationCard]:
    """Verified groups of this node whose name holds these words; all where there are none."""
    cards = OrganizationCard.objects.filter(origin=None, verified_since__isnull=False)
    if words:
        cards = cards.filter(name__icontains=words)
    return cards.exclude(pk=actor.acted_for).order_by("name", "slug")[:SHOWN]


def independence(viewer: Actor, application: Application) -> list[Independence]:
    """Of each vouch that was given whether it counts, and why not. No person is named.

    Memberships, standings and vouches of all who take part are compared with the operator's eyes;
    only the reasons come out. Memberships that ended since the application was begun count, too.

    Raises:
        Application.DoesNotExist: the viewer is neither a steward nor of the group that applies.
    """
    if viewer.organization_id != application.organization_id and not is_steward(viewer):
        raise Application.DoesNotExist
    with acting(system(Purpose.OPERATOR, via=viewer.via), is_reading=True):
        given = list(
            Vouch.objects.filter(application_id=application.pk, state=VouchState.GIVEN)
            .select_related("organization")
            .order_by("given_at", "id")
        )
        facts = _facts(application, [one.organization_id for one in given])
        return [
            Independence(
                one.pk, one.organization_id, one.organization.name, _reasons(one, given, facts)
            )
            for one in given
        ]


def _reasons(vouch: Vouch, given: list[Vouch], facts: _Facts) -> tuple[IndependenceReason, ...]:
    found = _standing(vouch.organization)
    applicant, own = vouch.applicant_id, vouch.organization_id
    others = [one.organization_id for one in given if one.organization_id != own]
    if facts.members[own] & facts.members[applicant]:
        found.append(IndependenceReason.MEMBER_OF_APPLICANT)
    if any(facts.members[own] & facts.members[other] for other in others):
        found.append(IndependenceReason.MEMBER_OF_OTHER)
    if any(facts.coalitions[own] & facts.coalitions[one] for one in (applicant, *others)):
        found.append(IndependenceReason.COALITION)
    if any(frozenset({own, one}) in facts.mutual for one in (applicant, *others)):
        found.append(IndependenceReason.MUTUAL)
    return tuple(found)


def _standing(organization: Organization) -> list[IndependenceReason]:
    is_verified = organization.status == OrganizationStatus.VERIFIED
    if not is_verified or organization.locked_down_at is not None:
        return [IndependenceReason.NOT_VERIFIED]
    oldest = timezone.localdate() - VERIFIED_FOR
    if organization.verified_on is None or organization.verified_on > oldest:
        return [IndependenceReason.YOUNG]
    return []


def _facts(application: Application, vouchers: list[UUID]) -> _Facts:
    everybody = [application.organization_id, *vouchers]
    members: dict[UUID, set[UUID]] = {one: set() for one in everybody}
    current = Q(ended_at=None) | Q(ended_at__gte=application.created_at)
    rows = Membership.objects.filter(current, organization_id__in=everybody)
    for organization_id, person_id in rows.values_list("organization_id", "person_id"):
        members.setdefault(organization_id, set()).add(person_id)
    return _Facts(
        {one: frozenset(people) for one, people in members.items()},
        _coalitions(application, everybody),
        _mutual(everybody),
    )


def _coalitions(application: Application, everybody: list[UUID]) -> dict[UUID, frozenset[str]]:
    """Slugs of the coalitions of each; a coalition is in itself, and of an entry its own count."""
    found = coalition_slugs_of(everybody)
    if application.listing_slug:
        tags = ListingTag.objects.filter(
            kind=ListingTag.Kind.COALITION, listing__slug=application.listing_slug
        )
        found[application.organization_id] |= set(tags.values_list("value", flat=True))
    return found


def _mutual(everybody: Iterable[UUID]) -> frozenset[frozenset[UUID]]:
    """The pairs that vouched for each other, both within 90 days."""
    among = list(everybody)
    rows = Vouch.objects.filter(
        organization_id__in=among,
        applicant_id__in=among,
        given_at__gte=timezone.now() - MUTUAL_WITHIN,
    )
    pairs = set(rows.values_list("organization_id", "applicant_id"))
    return frozenset(frozenset(pair) for pair in pairs if (pair[1], pair[0]) in pairs)
