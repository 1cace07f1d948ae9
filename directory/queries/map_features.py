"""What a view of the map shows: clusters, and single programs or places with their names."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from directory.models import Facility, Listing
from directory.queries.boxes import Box
from directory.queries.freshness import freshness_of
from directory.queries.map_clusters import LEAST_ZOOM, Cluster, apart
from directory.queries.map_pyramid import Layer, Pyramid

MOST = 100
# Symbols of 24 pixels with a little air between them.
APART = 30
# How often what counts as near is widened until it has doubled, which is one zoom less.
STEPS = 2
# Doubled this often on the smallest map, everything is near everything.
WIDEST = 4
# More cells than this many times what may be shown are not even compared with each other.
CROWD = 4


@dataclass(frozen=True, slots=True)
class Single:
    """One program or place that stands alone on the map.

    `freshness` is empty for a place.
    """

    cluster: Cluster
    slug: str
    name: str
    language: str
    status: str
    freshness: str


@dataclass(frozen=True, slots=True)
class View:
    """What a part of the map shows: symbols with several, symbols with one, sorted by place."""

    clusters: tuple[Cluster, ...]
    singles: tuple[Single, ...]

    def __len__(self) -> int:
        """How many symbols there are."""
        return len(self.clusters) + len(self.singles)


def view_of(
    pyramid: Pyramid, layer: Layer, box: Box, zoom: int, today: dt.date, most: int = MOST
) -> View:
    """The symbols in a box at a zoom, at most `most` (2 to 100). One query, for names.

    Where there would be more, what is near each other is drawn together, step by step.
    """
    found = sorted(
        _symbols(pyramid, box, zoom, most),
        key=lambda one: (-one.latitude, one.longitude, one.slug),
    )
    alone = {one.slug: one for one in found if one.count == 1}
    named = _programs if layer == Layer.PROGRAMS else _places
    return View(
        clusters=tuple(one for one in found if one.count > 1),
        singles=tuple(named(alone, today)),
    )


def _symbols(pyramid: Pyramid, box: Box, zoom: int, most: int) -> list[Cluster]:
    """The clusters of the finest step at which no more than `most` stand in the box."""
    cells: list[Cluster] = []
    for step in range(STEPS * (zoom - LEAST_ZOOM + WIDEST) + 1):
        level = max(zoom - step // STEPS, LEAST_ZOOM)
        cells = pyramid.within(box, level)
        if len(cells) > CROWD * most and level > LEAST_ZOOM:
            continue
        found = apart(cells, zoom, APART * 2 ** (step / STEPS))
        if len(found) <= most:
            return found
    # So many countries of which only the country is known: they share a symbol after all.
    return apart(cells, zoom, math.inf, mixed=True)[:most]


def _programs(alone: Mapping[str, Cluster], today: dt.date) -> Iterator[Single]:
    rows = {row.slug: row for row in Listing.objects.filter(slug__in=alone).order_by()}
    for slug, cluster in alone.items():
        if row := rows.get(slug):
            age = freshness_of(row, today).value
            yield Single(cluster, slug, row.name, row.name_language, row.status, age)


def _places(alone: Mapping[str, Cluster], today: dt.date) -> Iterator[Single]:
    rows = {row.slug: row for row in Facility.objects.filter(slug__in=alone).order_by()}
    for slug, cluster in alone.items():
        if row := rows.get(slug):
            yield Single(cluster, slug, row.name, "", row.status, "")
