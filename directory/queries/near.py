"""Programs and places of detention by their distance from a point."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, QuerySet

from directory.enums import Precision
from directory.models import Facility, Listing
from directory.queries.points import HALF_WAY_KM, Point, arc_km, box_around

MOST = 200
FIRST_KM = 50.0
TIMES = 3.0
HALVINGS = 4
_NO_POINT = (Precision.COUNTRY, Precision.WITHHELD)
_ABOUT = frozenset((Precision.REGION, Precision.GRID))
# Closer than a metre is the same place: such rows stand in the order of their slugs.
METRE = 3
A_METRE = 0.001

_Found = TypeVar("_Found", Listing, Facility)


@dataclass(frozen=True, slots=True)
class Near:
    """A row and its distance: tenths of a kilometre below ten, whole ones from there.

    `is_about` says that the row's own point is coarse, so that the distance is not exact.
    """

    pk: UUID
    km: float
    is_about: bool


def listings_near(found: QuerySet[Listing], point: Point, radius_km: float | None) -> list[Near]:
    """The nearest of the listings found, at most 200, nearest first, then by slug.

    Within `radius_km`, its edge included, or however far where it is None. What has no point, or
    keeps it to itself, is never in it. `found` must not be sliced; its order does not matter. The
    same on every database: distances are computed here, not there. Two queries where there are
    fewer than 200; else four where these are close by, and at most thirteen, most of which count
    no farther than 200, where they lie across an ocean.

    Raises:
        ValueError: the radius is negative or no number.
    """
    return _near(found, point, radius_km)


def facilities_near(
    found: QuerySet[Facility], point: Point, radius_km: float | None
) -> list[Near]:
    """The nearest of the places found; all else as for `listings_near`.

    Raises:
        ValueError: the radius is negative or no number.
    """
    return _near(found, point, radius_km)


def _near(found: QuerySet[_Found], point: Point, radius_km: float | None) -> list[Near]:
    limit = HALF_WAY_KM if radius_km is None else min(radius_km, HALF_WAY_KM)
    if not (math.isfinite(limit) and limit >= 0):
        raise ValueError("a radius is a number of kilometres from 0 on")
    placed = found.filter(latitude__isnull=False, longitude__isnull=False)
    placed = placed.exclude(precision__in=_NO_POINT).order_by()
    reach = _reach(placed, point, limit)
    columns = ("pk", "slug", "latitude", "longitude", "precision")
    rows: Iterable[tuple[Any, ...]] = placed.filter(box_around(point, reach)).values_list(*columns)
    by_distance = []
    for pk, slug, latitude, longitude, precision in rows:
        km = arc_km(point.latitude, point.longitude, latitude, longitude)
        if km <= reach:
            by_distance.append((round(km, METRE), slug, pk, precision))
    return [
        Near(pk, _shown(km), precision in _ABOUT)
        for km, _slug, pk, precision in sorted(by_distance)[:MOST]
    ]


def _reach(placed: QuerySet[_Found], point: Point, limit: float) -> float:
    """How far it is to the last of the nearest rows; the limit where there are not so many."""
    if not _are_enough(placed, point, limit):
        return limit
    points = placed.filter(box_around(point, _box_with_enough(placed, point, limit)))
    distances = sorted(
        (arc_km(point.latitude, point.longitude, latitude, longitude), number)
        for latitude, longitude, number in points.values_list("latitude", "longitude").annotate(
            number=Count("pk")
        )
    )
    rows = 0
    for distance, number in distances:
        rows += number
        if rows >= MOST:
            # A metre more, for rows that count as the same distance.
            return min(distance + A_METRE, limit)
    return limit


def _box_with_enough(placed: QuerySet[_Found], point: Point, limit: float) -> float:
    """How wide a box holds enough rows and not very many more: over a coast there is a jump."""
    too_small, km = 0.0, min(FIRST_KM, limit)
    while km < limit and not _are_enough(placed, point, km):
        too_small, km = km, km * TIMES
    km = min(km, limit)
    for _ in range(HALVINGS if too_small else 0):
        middle = (too_small + km) / 2
        if _are_enough(placed, point, middle):
            km = middle
        else:
            too_small = middle
    return km


def _are_enough(placed: QuerySet[_Found], point: Point, km: float) -> bool:
    """Whether a box holds as many rows as are shown; no more of them are counted."""
    return placed.filter(box_around(point, km))[:MOST].count() == MOST


def _shown(km: float) -> float:
    return round(km, 1) if km < 10 else float(round(km))
