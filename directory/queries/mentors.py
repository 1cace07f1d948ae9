"""Who offers help to beginners, who fits, and what two groups asked of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from directory.enums import MentorState
from directory.models import (
    Facility,
    Listing,
    ListingFacility,
    MentorOffer,
    MentorRequest,
    OrganizationCard,
)
from network.enums import OrganizationStatus
from network.models import Organization
from network.tenancy import Actor

SHOWN = 100
# What two groups have in common, by how much it helps: `(reason, weight)`.
WEIGHTS = {"place": 16, "authority": 8, "operator": 6, "country": 3, "language": 2}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where and how a group wants to begin; an empty field says nothing."""

    country: str = ""
    facility: Facility | None = None
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Common:
    """One thing that two groups have in common: which, and its name or code."""

    reason: str
    value: str


@dataclass(frozen=True, slots=True)
class Match:
    """A group that offers help, what it has in common with who looks, and their open request."""

    card: OrganizationCard
    offer: MentorOffer
    common: tuple[Common, ...]
    request: MentorRequest | None

    @property
    def weight(self) -> int:
        """How much they have in common."""
        return sum(WEIGHTS[one.reason] for one in self.common)


def own_offer(actor: Actor) -> MentorOffer | None:
    """The offer of the organization acted for. One query."""
    return MentorOffer.objects.filter(organization_id=actor.acted_for).first()


def open_offer(actor: Actor, mentor_id: UUID) -> MentorOffer:
    """What another group offers at present, as the organization acted for may read it. One query.

    Raises:
        MentorOffer.DoesNotExist: it offers nothing, or nothing of it is public.
    """
    offer = _open_offers(actor).filter(organization_id=mentor_id).first()
    if offer is None:
        raise MentorOffer.DoesNotExist
    return offer


def mentors_for(actor: Actor, wanted: Wanted) -> list[Match]:
    """Who offers help, those who have most in common with it first. Five queries.

    Read by verified groups only: others see no offer but their own. At most 100.
    """
    offers = {one.organization_id: one for one in _open_offers(actor)[:SHOWN]}
    cards = OrganizationCard.objects.filter(pk__in=offers).order_by("name", "slug")
    listings = list(Listing.objects.filter(organization__in=offers).select_related("country"))
    places = _places_of(listings)
    asked = {
        one.mentor_id: one
        for one in MentorRequest.objects.filter(
            mentor_id__in=offers, state__in=(MentorState.ASKED, MentorState.ACCEPTED)
        )
    }
    of_group: dict[UUID, list[Listing]] = defaultdict(list)
    for listing in listings:
        if listing.organization_id is not None:
            of_group[listing.organization_id].append(listing)
    found = [
        Match(
            card=card,
            offer=offers[card.pk],
            common=tuple(_common(wanted, card, offers[card.pk], of_group[card.pk], places)),
            request=asked.get(card.pk),
        )
        for card in cards
    ]
    # Sorting is stable: groups with as much in common stand by their names.
    return sorted(found, key=lambda match: -match.weight)


def requests_from(actor: Actor) -> QuerySet[MentorRequest]:
    """What the organization acted for asked of others, newest first."""
    return MentorRequest.objects.select_related("facility")


def requests_to(actor: Actor) -> QuerySet[MentorRequest]:
    """What others asked of the organization acted for, newest first."""
    rows = MentorRequest.objects.beyond_scope().filter(mentor_id=actor.acted_for)
    return rows.select_related("facility").order_by("-created_at", "-id")


def mentoring_of(actor: Actor) -> QuerySet[MentorRequest]:
    """Requests of which the organization acted for is either side."""
    side = Q(organization_id=actor.acted_for) | Q(mentor_id=actor.acted_for)
    return MentorRequest.objects.beyond_scope().filter(side)


def cards_of(ids: Iterable[UUID]) -> dict[UUID, OrganizationCard]:
    """The public cards of these groups; a group that is public no more has none. One query."""
    return OrganizationCard.objects.in_bulk(list(ids))


def _open_offers(actor: Actor) -> QuerySet[MentorOffer]:
    """Open offers of others with a public card, for a verified group; none for anybody else."""
    own = Organization.objects.filter(pk=actor.acted_for, status=OrganizationStatus.VERIFIED)
    card = OrganizationCard.objects.filter(pk=OuterRef("organization_id"), origin=None)
    rows = MentorOffer.objects.beyond_scope().filter(Exists(card), is_open=True)
    return rows.filter(Exists(own)).exclude(organization_id=actor.acted_for).order_by("created_at")


def _places_of(listings: Iterable[Listing]) -> dict[UUID, list[Facility]]:
    """The places that each listing visits, by the listing. One query."""
    rows = ListingFacility.objects.filter(
        listing__in=list(listings), facility__isnull=False
    ).select_related("facility")
    found: dict[UUID, list[Facility]] = defaultdict(list)
    for row in rows:
        if row.facility is not None:
            found[row.listing_id].append(row.facility)
    return found


def _common(
    wanted: Wanted,
    card: OrganizationCard,
    offer: MentorOffer,
    listings: list[Listing],
    places: dict[UUID, list[Facility]],
) -> Iterable[Common]:
    visited = [place for listing in listings for place in places.get(listing.pk, ())]
    if wanted.facility is not None:
        yield from _of_place(wanted.facility, visited)
    countries = {card.country, *(listing.country.iso2 for listing in listings)}
    if wanted.country and wanted.country in countries:
        yield Common("country", wanted.country)
    spoken = {*offer.languages, *card.languages, *(c for one in listings for c in one.languages)}
    for code in sorted(spoken & wanted.languages):
        yield Common("language", code)


def _of_place(wanted: Facility, visited: list[Facility]) -> Iterable[Common]:
    if any(place.pk == wanted.pk for place in visited):
        yield Common("place", wanted.name)
    for reason, column in (("authority", "custodial_authority"), ("operator", "operator")):
        name = getattr(wanted, column)
        if name and any(_same(getattr(place, column), name) for place in visited):
            yield Common(reason, name)


def _same(one: str, other: str) -> bool:
    """Whether two names of an authority or a company are the same, however capitalised."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
