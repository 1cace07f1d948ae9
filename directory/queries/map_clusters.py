"""Clusters: what stands close together on the map is one symbol with a number.

Pure reckoning over spots, so that both databases and every surface draw the same map.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.enums import Precision
from directory.queries.boxes import Box
from directory.queries.map_spots import Spot

# Web Mercator as maps on the web use it: 256 pixels at zoom 0, cut where the world is square.
TILE = 256
EDGE = 85.051129
CELLS_A_TILE = 4
# Symbols as they are drawn: their radius in pixels grows with the root of the count.
RADIUS, GROWTH, LARGEST = 12.0, 1.1, 26.0
LEAST_ZOOM, GREATEST_ZOOM = 0, 18


@dataclass(frozen=True, slots=True)
class Cluster:
    """Spots that share a symbol: where it stands, what it covers, how many are listed there.

    `locality` is the town that most of them name, `country` their country where it is one. With
    the precision `country` it holds what is only known to be somewhere in a country.
    """

    latitude: float
    longitude: float
    count: int
    slug: str
    locality: str
    country: str
    precision: str
    box: Box

    @property
    def is_one_point(self) -> bool:
        """Whether nothing is gained by looking closer."""
        return self.box.west == self.box.east and self.box.south == self.box.north


def pixel(latitude: float, longitude: float, zoom: float) -> tuple[float, float]:
    """The place of a point on the map of a zoom, in pixels from its upper left corner."""
    size = TILE * 2**zoom
    sine = math.sin(math.radians(max(-EDGE, min(EDGE, latitude))))
    x = (longitude + 180) / 360
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return x * size, min(max(y, 0.0), 1.0) * size


def clusters_of(spots: Iterable[Spot], zoom: int) -> list[Cluster]:
    """The clusters of a zoom: one for each cell of a fixed grid of 64 pixels that holds a spot.

    What is only known to be somewhere in a country stays apart, one cluster a country. In the
    order of cells, from west to east and north to south.
    """
    cells: dict[tuple[int, int, str], list[Cluster]] = defaultdict(list)
    side = TILE / CELLS_A_TILE
    for spot in spots:
        x, y = pixel(spot.latitude, spot.longitude, zoom)
        own = spot.country if _is_vague(spot) else ""
        cells[int(x // side), int(y // side), own].append(_alone(spot))
    return [joined(cells[key]) for key in sorted(cells)]


def apart(
    clusters: Iterable[Cluster], zoom: int, pixels: float, *, mixed: bool = False
) -> list[Cluster]:
    """The same with those joined that would overlap on the map of a zoom.

    The largest takes in what is nearer to it than `pixels`, or than the radii of both symbols,
    which grow with what they count. What has a town never joins what only has a country, and
    countries join each other only where that is asked for.
    """
    done: list[tuple[Cluster, tuple[float, float]]] = []
    for cluster in sorted(clusters, key=lambda one: (-one.count, one.slug)):
        here = pixel(cluster.latitude, cluster.longitude, zoom)
        near = next(
            (
                index
                for index, (other, there) in enumerate(done)
                if _joins(cluster, other, mixed=mixed)
                and math.dist(here, there) < _room(cluster, other, pixels)
            ),
            None,
        )
        if near is None:
            done.append((cluster, here))
        else:
            one = joined([done[near][0], cluster])
            done[near] = one, pixel(one.latitude, one.longitude, zoom)
    return [cluster for cluster, _place in done]


def joined(parts: Sequence[Cluster]) -> Cluster:
    """One symbol for all: in their middle, weighed by how much is listed at each."""
    if len(parts) == 1:
        return parts[0]
    count = sum(part.count for part in parts)
    precisions = {part.precision for part in parts}
    boxes = [part.box for part in parts]
    return Cluster(
        latitude=sum(part.latitude * part.count for part in parts) / count,
        longitude=sum(part.longitude * part.count for part in parts) / count,
        count=count,
        slug=min(part.slug for part in parts),
        locality=_most_named(parts),
        country=_shared(part.country for part in parts),
        precision=precisions.pop() if len(precisions) == 1 else Precision.REGION.value,
        box=Box(
            min(box.west for box in boxes),
            min(box.south for box in boxes),
            max(box.east for box in boxes),
            max(box.north for box in boxes),
        ),
    )


def _alone(spot: Spot) -> Cluster:
    box = Box(spot.longitude, spot.latitude, spot.longitude, spot.latitude)
    return Cluster(
        spot.latitude,
        spot.longitude,
        spot.count,
        spot.slug,
        spot.locality,
        spot.country,
        spot.precision,
        box,
    )


def _joins(one: Cluster, other: Cluster, *, mixed: bool) -> bool:
    if _is_vague(one) and _is_vague(other):
        return mixed or one.country == other.country
    return _is_vague(one) == _is_vague(other)


def _room(one: Cluster, other: Cluster, pixels: float) -> float:
    """How far apart the middles of two symbols have to be, in pixels."""
    radii = (min(RADIUS + GROWTH * math.sqrt(each.count), LARGEST) for each in (one, other))
    return max(pixels, sum(radii))


def _is_vague(one: Spot | Cluster) -> bool:
    """Whether it only means "somewhere in this country"."""
    return one.precision == Precision.COUNTRY


def _most_named(parts: Sequence[Cluster]) -> str:
    """The town that most of what is listed here names; the first by name of several."""
    named: dict[str, int] = defaultdict(int)
    for part in parts:
        if part.locality:
            named[part.locality] += part.count
    return min(named, key=lambda town: (-named[town], town), default="")


def _shared(countries: Iterable[str]) -> str:
    """The country of all, empty where they are several."""
    found = set(countries)
    return found.pop() if len(found) == 1 else ""
