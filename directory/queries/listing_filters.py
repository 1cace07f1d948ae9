"""Listings by what a reader asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from directory.enums import Freshness
from directory.models import Listing, ListingFacility, ListingTag
from directory.queries.boxes import Box, within
from directory.queries.freshness import listings_that_are
from directory.queries.search import listings_with


@dataclass(frozen=True, slots=True)
class ListingFilter:
    """What a reader asks for; an empty field asks nothing. All values are checked already.

    `country` is an upper-case ISO code; `facility`, `organization` and `coalition` are slugs. A
    listing without a point is in no box.
    """

    q: str = ""
    country: str = ""
    language: str = ""
    service: str = ""
    facility: str = ""
    organization: str = ""
    coalition: str = ""
    status: str = ""
    freshness: str = ""
    claim: str = ""
    box: Box | None = None


def listings_matching(wanted: ListingFilter, today: dt.date) -> QuerySet[Listing]:
    """All listings that fulfil every part of a filter, each once, in no order of their own."""
    columns = {
        "country__iso2": wanted.country,
        "organization__slug": wanted.organization,
        "status": wanted.status,
        "claim": wanted.claim,
    }
    asked = {column: value for column, value in columns.items() if value}
    found = Listing.objects.filter(_words(wanted.q), **asked).order_by()
    if wanted.box:
        found = found.filter(within(wanted.box))
    if wanted.freshness:
        found = found.filter(listings_that_are(Freshness(wanted.freshness), today))
    for kind in (ListingTag.Kind.LANGUAGE, ListingTag.Kind.SERVICE, ListingTag.Kind.COALITION):
        if value := getattr(wanted, kind.value):
            found = found.filter(_tagged(kind, value))
    return found.filter(visiting(wanted.facility)) if wanted.facility else found


def visiting(slug: str) -> Exists:
    """Whether a listing visits a facility, or a duplicate that was merged into it."""
    place = Q(facility__slug=slug) | Q(facility__merged_into__slug=slug)
    return Exists(ListingFacility.objects.filter(place, listing=OuterRef("pk")))


def _words(q: str) -> Q:
    """Every word of the question is found in the listing, see `listings_with`."""
    return listings_with(q)


def _tagged(kind: ListingTag.Kind, value: str) -> Exists:
    """Whether a listing carries a word of one kind; a language is found in any of its forms."""
    same = Q(value=value)
    if kind == ListingTag.Kind.LANGUAGE:
        same |= Q(value__startswith=f"{value}-")
    return Exists(ListingTag.objects.filter(same, kind=kind, listing=OuterRef("pk")))
