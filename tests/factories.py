"""Rows for tests: each function saves one row with sensible values and a slug of its own."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils import timezone

from directory.actions.documents import write_documents
from directory.actions.indexing import index_card, index_facilities, index_listings, places_of
from directory.enums import Claim, VisitorCategory
from directory.models import (
    AccessEvent,
    Country,
    CountryAccess,
    Facility,
    FacilityClaim,
    Listing,
    ListingFacility,
    ListingTag,
    OrganizationCard,
    VisitingRule,
)
from network.fields import PartialDate
from network.tenancy import Purpose, acting, system

_numbers = itertools.count(1)

NAMES = {
    "FR": ("France", "Francia", "Europe"),
    "GB": ("United Kingdom", "Reino Unido", "Europe"),
    "JP": ("Japan", "Japón", "Asia"),
    "PY": ("Paraguay", "Paraguay", "Americas"),
    "US": ("United States", "Estados Unidos", "Americas"),
}


P = ParamSpec("P")
R = TypeVar("R")


def _by_the_system(make: Callable[P, R]) -> Callable[P, R]:
    """What makes a public row that belongs to a group: row security lets only few write it."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        with acting(system(Purpose.OPERATOR)):
            return make(*args, **kwargs)

    return made


def make_country(iso2: str = "FR", **values: Any) -> Country:
    """The country of a code, made when it is first asked for."""
    english, spanish, region = NAMES.get(iso2, (f"Land {iso2}", f"País {iso2}", "Europe"))
    defaults = {"names": {"en": english, "es": spanish}, "region": region, "languages": ["en"]}
    country, _made = Country.objects.get_or_create(iso2=iso2, defaults={**defaults, **values})
    return country


@_by_the_system
def make_facility(**values: Any) -> Facility:
    """An open detention centre in a town of France, dated 2024, found by its words."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "slug": f"centre-{number}",
        "name": f"Centre {number}",
        "locality": f"Town {number}",
        "precision": "locality",
        "kind": "administrative",
        "setting": "dedicated_centre",
        "status": "open",
        "as_of": PartialDate(2024),
        "source_url": f"https://facility.example/{number}",
    }
    chosen = {**defaults, **values}
    country = chosen.pop("country", None) or make_country()
    place = Facility.objects.create(country=country, **chosen)
    index_facilities([place])
    return place


@_by_the_system
def make_listing(
    *,
    services: list[str] | None = None,
    languages: list[str] | None = None,
    coalitions: list[str] | None = None,
    facilities: list[Facility | str] | None = None,
    **values: Any,
) -> Listing:
    """An unclaimed listing in France with its tags, its places and the words it is found by."""
    number = next(_numbers)
    services = ["visits"] if services is None else services
    languages = ["fr"] if languages is None else languages
    defaults: dict[str, Any] = {
        "slug": f"visitors-{number}",
        "name": f"Visitors {number}",
        "claim": Claim.UNCLAIMED,
        "locality": f"Town {number}",
        "precision": "locality",
        "status": "active",
        "source_url": f"https://listing.example/{number}",
        "updated_at": timezone.now(),
    }
    chosen = {**defaults, **values}
    country = chosen.pop("country", None) or make_country()
    listing = Listing.objects.create(
        country=country,
        services=services,
        languages=languages,
        **chosen,
    )
    _add_tags(listing, service=services, language=languages, coalition=coalitions or [])
    for position, place in enumerate(facilities or ()):
        facility = place if isinstance(place, Facility) else None
        ListingFacility.objects.create(
            listing=listing, facility=facility, name=str(place), position=position
        )
    index_listings([listing], places_of([listing]))
    write_documents(Listing.objects.filter(pk=listing.pk))
    return listing


def _add_tags(listing: Listing, **kinds: list[str]) -> None:
    """The words by which a listing is filtered."""
    for kind, words in kinds.items():
        for word in words:
            ListingTag.objects.create(listing=listing, kind=kind, value=word)


@_by_the_system
def make_card(**values: Any) -> OrganizationCard:
    """The card of an organization in France that runs programs."""
    number = next(_numbers)
    defaults = {"slug": f"group-{number}", "name": f"Group {number}", "country": "FR"}
    card = OrganizationCard.objects.create(**{**defaults, **values})
    index_card(card)
    return card


@_by_the_system
def make_event(**values: Any) -> AccessEvent:
    """An entry of the ledger: volunteers suspended since March 2024, about everybody.

    Without a place a name that begins with "All" speaks for the whole country.
    """
    number = next(_numbers)
    facility = values.get("facility")
    defaults: dict[str, Any] = {
        "facility_name": facility.name if facility else f"Unlisted place {number}",
        "country": facility.country if facility else None,
        "visitor_category": VisitorCategory.VOLUNTEER_VISITOR,
        "status": "suspended",
        "effective_from": PartialDate(2024, 3),
        "statement": f"Statement {number}",
        "source_url": f"https://ledger.example/{number}",
    }
    chosen = {**defaults, **values}
    chosen["country"] = chosen["country"] or make_country()
    is_wide = facility is None and chosen["facility_name"].startswith("All ")
    chosen.setdefault("nationwide", is_wide)
    return AccessEvent.objects.create(**chosen)


@_by_the_system
def make_rule(**values: Any) -> VisitingRule:
    """The visiting hours of a place for family and friends, dated 2022."""
    number = next(_numbers)
    facility = values.get("facility")
    defaults: dict[str, Any] = {
        "facility_name": facility.name if facility else f"Unlisted place {number}",
        "country": facility.country if facility else None,
        "visitor_category": VisitorCategory.FAMILY_FRIEND,
        "days_hours": "Tue and Sat 14:00-16:00",
        "as_of": PartialDate(2022, 10, 13),
        "source_url": f"https://rule.example/{number}",
    }
    chosen = {**defaults, **values}
    chosen["country"] = chosen["country"] or make_country()
    return VisitingRule.objects.create(**chosen)


@_by_the_system
def make_claim(facility: Facility, **values: Any) -> FacilityClaim:
    """What one source says about a place."""
    number = next(_numbers)
    defaults = {
        "values": {"capacity": 100 + number},
        "source_url": f"https://claim.example/{number}",
    }
    return FacilityClaim.objects.create(facility=facility, **{**defaults, **values})


def make_access(jurisdiction: str = "FR", **values: Any) -> CountryAccess:
    """One source on volunteers: a right with conditions, up to the centre in practice."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "visitor_category": VisitorCategory.VOLUNTEER_VISITOR,
        "right_in_law": "conditional",
        "practice": "discretionary",
        "statement": f"Law statement {number}",
        "source_url": f"https://law.example/{number}",
    }
    return CountryAccess.objects.create(jurisdiction=jurisdiction, **{**defaults, **values})
