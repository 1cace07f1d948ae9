"""Places of detention as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from directory.models import (
    Country,
    Facility,
    FacilityClaim,
    Listing,
    ListingFacility,
)
from directory.queries.boxes import Box, within
from directory.queries.cursor import Cursor, Page, page_of
from directory.queries.search import facilities_with

KIND = "facilities"
SHOWN_IN_COUNTRY = 8
VISITORS = 50


@dataclass(frozen=True, slots=True)
class FacilityFilter:
    """What a reader asks for; an empty field asks nothing. All values are checked already."""

    q: str = ""
    country: str = ""
    kind: str = ""
    status: str = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class FacilityPage:
    """A page of places, and how many match in all."""

    page: Page[Facility]
    total: int


def listed_facilities() -> QuerySet[Facility]:
    """Every place once: duplicates stand under what they were merged into. One query."""
    return Facility.objects.filter(merged_into__isnull=True).select_related("country")


def facilities_matching(wanted: FacilityFilter) -> QuerySet[Facility]:
    """All places that fulfil every part of a filter; each of its words is found in them."""
    found = listed_facilities().filter(facilities_with(wanted.q))
    asked = {
        "country__iso2": wanted.country,
        "kind": wanted.kind,
        "status": wanted.status,
    }
    found = found.filter(**{column: value for column, value in asked.items() if value})
    return found.filter(within(wanted.box)) if wanted.box else found


def facility_page(found: QuerySet[Facility], cursor: Cursor | None) -> FacilityPage:
    """A page of the places found, and their number. Two queries."""
    return FacilityPage(page_of(found, KIND, cursor), total=found.count())


def facility_by_slug(slug: str) -> Facility:
    """One place with its country and what it was merged into. One query.

    `has_programs` says whether any program is listed in its country.

    Raises:
        Facility.DoesNotExist: no place has this slug.
    """
    programs = Listing.objects.filter(country=OuterRef("country"))
    places = Facility.objects.annotate(has_programs=Exists(programs))
    return places.select_related("country", "merged_into").get(slug=slug)


def listings_visiting(facility: Facility) -> QuerySet[Listing]:
    """The programs that visit a place or one of its duplicates, by name, each once. One query."""
    here = Q(facility=facility) | Q(facility__merged_into=facility)
    visits = ListingFacility.objects.filter(here, listing=OuterRef("pk"))
    return Listing.objects.filter(Exists(visits)).order_by("name", "slug")[:VISITORS]


def claims_about(facility: Facility) -> QuerySet[FacilityClaim]:
    """What sources and organizations say about a place, without what was taken back. One query."""
    here = Q(facility=facility) | Q(facility__merged_into=facility)
    rows = FacilityClaim.objects.filter(here, withdrawn_at__isnull=True)
    return rows.order_by(F("as_of").desc(nulls_last=True), "source_url", "id")


def facilities_in(country: Country) -> QuerySet[Facility]:
    """The first places of a country, by name. One query."""
    rows = Facility.objects.filter(country=country, merged_into__isnull=True)
    return rows.order_by("name", "slug")[:SHOWN_IN_COUNTRY]


def facility_name(slug: str) -> str:
    """The name of the place with this slug; empty where there is none. One query."""
    return Facility.objects.filter(slug=slug).values_list("name", flat=True).first() or ""
