"""What the groups of a coalition do together: its public page."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce

from directory.models import (
    Country,
    Facility,
    Listing,
    ListingFacility,
    ListingTag,
    OrganizationCard,
)
from directory.queries.listings import public_listings

SHOWN = 12
MOST = 500


@dataclass(frozen=True, slots=True)
class CountryCount:
    """A country, and how many programs of the coalition it has."""

    country: Country
    programs: int


@dataclass(frozen=True, slots=True)
class Rollup:
    """Counts of all, and lists that may be shorter than what they count."""

    programs: int
    listings: list[Listing]
    organizations: int
    members: list[OrganizationCard]
    facilities: int
    places: list[Facility]
    countries: list[CountryCount]


def rollup_of(card: OrganizationCard, *, whole: str = "") -> Rollup:
    """What the page of a coalition shows, lists of at most `SHOWN` each. Nine queries.

    `whole` names one list, `facilities` or `organizations`, that goes on to `MOST`.

    Countries are all named, those with the most programs first. A facility that a group withholds
    is in no count.
    """
    listed = _listings(card)
    places = _facilities(listed)
    named = places.select_related("country").order_by("name", "slug")
    members = members_shown(card)
    programs = public_listings(listed).order_by("name", "slug")
    return Rollup(
        programs=listed.count(),
        listings=list(programs[:SHOWN]),
        organizations=members.count(),
        members=list(members[: MOST if whole == "organizations" else SHOWN]),
        facilities=places.count(),
        places=list(named[: MOST if whole == "facilities" else SHOWN]),
        countries=_countries(listed),
    )


def members_shown(card: OrganizationCard) -> QuerySet[OrganizationCard]:
    """The public cards that name this coalition, by name. One query."""
    # In JSON as text: a quotation mark within a name is written with a stroke before it.
    named = f'"id": "{UUID(str(card.pk))}"'
    cards = OrganizationCard.objects.annotate(_said=Cast("coalitions", TextField()))
    return cards.filter(_said__contains=named).order_by("name", "slug")


def coalition_listings(card: OrganizationCard) -> Q:
    """Whether a listing is a coalition's own or one of a group that belongs to it."""
    tags = ListingTag.objects.filter(
        kind=ListingTag.Kind.COALITION, value=card.slug, listing=OuterRef("pk")
    )
    return Q(organization=card) | Q(Exists(tags))


def _listings(card: OrganizationCard) -> QuerySet[Listing]:
    return Listing.objects.filter(coalition_listings(card)).order_by()


def _facilities(listed: QuerySet[Listing]) -> QuerySet[Facility]:
    visits = ListingFacility.objects.filter(listing__in=listed, facility__isnull=False)
    merged = Coalesce("facility__merged_into_id", "facility_id")
    return Facility.objects.filter(pk__in=visits.values_list(merged, flat=True))


def _countries(listed: QuerySet[Listing]) -> list[CountryCount]:
    counts = dict(listed.values_list("country_id").annotate(number=Count("pk")))
    found = Country.objects.filter(pk__in=counts)
    rows = [CountryCount(country, counts[country.pk]) for country in found]
    return sorted(rows, key=lambda row: (-row.programs, row.country.iso2))
