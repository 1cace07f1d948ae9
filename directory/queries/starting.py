"""What the directory itself tells somebody who wants to begin, for one country or one place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from directory.enums import VisitorCategory
from directory.models import (
    AccessEvent,
    Country,
    CountryAccess,
    Facility,
    Listing,
    ListingFacility,
)
from directory.queries.access_ledger import entries, entries_of
from directory.queries.countries import access_rules
from directory.queries.facilities import listed_facilities, listings_visiting
from directory.queries.visiting_rules import RulesFor, by_visitor, rules_of

# Those as whom a beginner comes: the others have rights of their own.
BEGINNERS = frozenset(
    {
        VisitorCategory.VOLUNTEER_VISITOR,
        VisitorCategory.NGO_MONITOR,
        VisitorCategory.RELIGIOUS,
        VisitorCategory.FAMILY_FRIEND,
    }
)
SHOWN = 8
PLACES = 200


@dataclass(frozen=True, slots=True)
class Authority:
    """Who holds people in a country, and in how many listed places."""

    name: str
    places: int


@dataclass(frozen=True, slots=True)
class Guide:
    """What a beginner needs to know of one country, and of one place in it where one is named.

    `visitors` are programs that visit the place, or without one those of the country; `alike` are
    programs elsewhere that know the same authority or the same company. `rights` are statements
    for those as whom a beginner comes, of the country and of the Union.
    """

    country: Country
    place: Facility | None
    rights: tuple[CountryAccess, ...]
    rules: tuple[RulesFor, ...]
    events: tuple[AccessEvent, ...]
    visitors: tuple[Listing, ...]
    alike: tuple[Listing, ...]
    authorities: tuple[Authority, ...]
    languages: tuple[str, ...]

    @property
    def setting(self) -> str:
        """What kind of place it is; empty where no place is named."""
        return self.place.setting if self.place else ""


def guide_for(country: Country, place: Facility | None, today: dt.date) -> Guide:
    """The guide for a country and, where one is named, one of its places. At most 8 queries."""
    access = access_rules(country)
    rights = [row for row in (*access.own, *access.union) if row.visitor_category in BEGINNERS]
    visitors = tuple(_visitors(country, place)[:SHOWN])
    return Guide(
        country=country,
        place=place,
        rights=tuple(rights),
        rules=tuple(_rules(place, today)),
        events=tuple(_events(country, place)),
        visitors=visitors,
        alike=tuple(_alike(place)) if place else (),
        authorities=tuple(_authorities(country)) if place is None else (),
        languages=tuple(sorted({code for one in visitors for code in one.languages})),
    )


def places_to_choose(country: Country) -> QuerySet[Facility]:
    """The places of a country, for a choice; at most 200. One query."""
    return listed_facilities().filter(country=country).order_by("name", "slug")[:PLACES]


def place_to_start_at(slug: str) -> Facility | None:
    """The place with this slug, or the one that it was merged into. One query."""
    place = Facility.objects.select_related("country", "merged_into__country").filter(slug=slug)
    found = place.first()
    return found.merged_into or found if found else None


def _visitors(country: Country, place: Facility | None) -> QuerySet[Listing]:
    if place is not None:
        return listings_visiting(place).select_related("country")
    rows = Listing.objects.filter(country=country).select_related("country")
    return rows.order_by("name", "slug")


def _rules(place: Facility | None, today: dt.date) -> list[RulesFor]:
    if place is None:
        return []
    return [one for one in by_visitor(rules_of(place), today) if one.category in BEGINNERS]


def _events(country: Country, place: Facility | None) -> list[AccessEvent]:
    """The newest entries about those as whom a beginner comes."""
    if place is not None:
        found = [one for one in entries_of(place) if one.visitor_category in BEGINNERS]
        return found[:SHOWN]
    return list(entries().filter(country=country, visitor_category__in=BEGINNERS)[:SHOWN])


def _alike(place: Facility) -> QuerySet[Listing]:
    """Programs that visit other places of the same authority or the same company, by name."""
    same = Q(pk__in=())
    if place.custodial_authority:
        same |= Q(facility__custodial_authority__iexact=place.custodial_authority)
    if place.operator:
        same |= Q(facility__operator__iexact=place.operator)
    known = ListingFacility.objects.filter(same, listing=OuterRef("pk"))
    here = ListingFacility.objects.filter(facility=place, listing=OuterRef("pk"))
    rows = Listing.objects.filter(Exists(known)).exclude(Exists(here))
    return rows.select_related("country").order_by("name", "slug")[:SHOWN]


def _authorities(country: Country) -> list[Authority]:
    """Those who hold people in a country, whoever holds most first. One query."""
    rows = (
        listed_facilities()
        .filter(country=country)
        .exclude(custodial_authority="")
        .order_by()
        .values("custodial_authority")
        .annotate(places=Count("pk"))
        .order_by("-places", "custodial_authority")
    )
    return [Authority(one["custodial_authority"], one["places"]) for one in rows[:SHOWN]]
