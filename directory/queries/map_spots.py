"""The points of the map: every place at which something is listed, and how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, QuerySet

from directory.enums import Precision
from directory.models import Facility, Listing


@dataclass(frozen=True, slots=True)
class Spot:
    """What is listed at one point: how many, near which town, in which country (ISO code).

    `slug` names the one that is there, or the first of several. `precision` says how exactly the
    point is meant; a spot of precision `country` stands at the middle of a country and means
    "somewhere in it".
    """

    latitude: float
    longitude: float
    count: int
    slug: str
    locality: str
    country: str
    precision: str


def listing_spots(found: QuerySet[Listing]) -> list[Spot]:
    """The points of listings, and one for each country with listings that name no town.

    What is withheld is at no point, and not among those of its country either. Two queries.
    """
    nowhere = found.filter(latitude__isnull=True, precision=Precision.COUNTRY)
    return [*_points(found), *_middles(nowhere)]


def facility_spots(found: QuerySet[Facility]) -> list[Spot]:
    """The points of places of detention, and one for each country with places without. Two."""
    nowhere = found.filter(latitude__isnull=True).exclude(precision=Precision.WITHHELD)
    return [*_points(found), *_middles(nowhere)]


def _points(found: QuerySet[Any]) -> Iterable[Spot]:
    rows = (
        found.filter(latitude__isnull=False)
        .exclude(precision__in=(Precision.COUNTRY, Precision.WITHHELD))
        .order_by()
        .values_list("latitude", "longitude", "locality", F("country__iso2"), "precision")
        .annotate(number=Count("pk", distinct=True), first=Min("slug"))
    )
    return (
        Spot(latitude, longitude, number, first, locality, country, precision)
        for latitude, longitude, locality, country, precision, number, first in rows
    )


def _middles(found: QuerySet[Any]) -> Iterable[Spot]:
    rows = (
        found.filter(country__latitude__isnull=False)
        .order_by()
        .values_list(F("country__latitude"), F("country__longitude"), F("country__iso2"))
        .annotate(number=Count("pk", distinct=True), first=Min("slug"))
    )
    return (
        Spot(latitude, longitude, number, first, "", country, Precision.COUNTRY)
        for latitude, longitude, country, number, first in rows
    )
