"""The town by which a spot on the map is best called."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from directory.models import GazetteerPlace
from directory.queries.gazetteer import loaded_stamp
from directory.queries.place_lookup import name_in
from directory.queries.points import Point, arc_km

FARTHEST_KM = 100.0
MOST_POINTS = 100
# A town counts for half of its weight at this distance, and for less the farther it is.
HALF_KM = 12.0
_CELL_KM = 111.0
_DEGREES_OF_HALF = _CELL_KM / HALF_KM


@dataclass(slots=True)
class _Towns:
    """All towns, in cells of a degree, the weightiest first in each: about 2 MB.

    `names` holds the name and the names by language of those that were shown before.
    """

    keys: array[int] = field(default_factory=lambda: array("l"))
    latitudes: array[float] = field(default_factory=lambda: array("d"))
    longitudes: array[float] = field(default_factory=lambda: array("d"))
    weights: array[float] = field(default_factory=lambda: array("d"))
    cells: dict[tuple[int, int], range] = field(default_factory=dict)
    names: dict[int, tuple[str, dict[str, str]]] = field(default_factory=dict)


_last: tuple[str, _Towns] = ("", _Towns())


def places_nearest(points: Sequence[Point], language: str) -> list[str]:
    """For each of up to 100 points the name of a town within 100 km; empty where there is none.

    A large town farther off may stand for a small one close by: the root of the population
    counts, halved at 12 km and less from there, so that a point in Villeurbanne is near Lyon and
    one in Crawley is near Crawley, not London. One query where all were shown before, else two;
    one more after towns were loaded.

    Raises:
        ValueError: more points.
    """
    if len(points) > MOST_POINTS:
        raise ValueError(f"at most {MOST_POINTS} points at a time")
    towns = _towns()
    chosen = [_best(towns, point) for point in points]
    missing = {key for key in chosen if key} - towns.names.keys()
    if missing:
        rows = GazetteerPlace.objects.filter(pk__in=missing)
        for key, name, names in rows.values_list("pk", "name", "names"):
            towns.names[key] = (name, names)
    shown = {key: towns.names[key] for key in chosen if key in towns.names}
    texts = {key: name_in(names, language) or name for key, (name, names) in shown.items()}
    return [texts.get(key, "") for key in chosen]


def _towns() -> _Towns:
    global _last  # noqa: PLW0603 - replaced whole, so that a reader beside sees the old or the new
    stamp = loaded_stamp()
    last = _last
    if last[0] != stamp:
        last = _last = (stamp, _read())
    return last[1]


def _read() -> _Towns:
    columns = ("pk", "latitude", "longitude", "population")
    rows = GazetteerPlace.objects.order_by("-population", "pk").values_list(*columns)
    by_cell: dict[tuple[int, int], list[tuple[int, float, float, int]]] = {}
    for row in rows.iterator(chunk_size=2000):
        by_cell.setdefault((math.floor(row[1]), _column(math.floor(row[2]))), []).append(row)
    towns = _Towns()
    for cell, members in by_cell.items():
        start = len(towns.keys)
        for key, latitude, longitude, population in members:
            towns.keys.append(key)
            towns.latitudes.append(latitude)
            towns.longitudes.append(longitude)
            towns.weights.append(math.sqrt(population))
        towns.cells[cell] = range(start, len(towns.keys))
    return towns


def _best(towns: _Towns, point: Point) -> int:
    """The key of the town that counts most at a point; 0 where none is near enough.

    Asked a hundred times for each map: what cannot win is passed over before it is measured.
    """
    best, chosen = 0.0, 0
    latitude, longitude = point.latitude, point.longitude
    latitudes, weights = towns.latitudes, towns.weights
    row, column = math.floor(latitude), math.floor(longitude)
    for rows, columns in _steps_around(row):
        for index in towns.cells.get((row + rows, _column(column + columns)), ()):
            weight = weights[index]
            if weight <= best:
                # Nothing farther down in this cell can count for more.
                break
            # Not even if it lay straight north or south, which is quick to ask.
            if weight <= best * (1 + ((latitudes[index] - latitude) * _DEGREES_OF_HALF) ** 2):
                continue
            km = arc_km(latitude, longitude, latitudes[index], towns.longitudes[index])
            counted = weight / (1 + (km / HALF_KM) ** 2)
            if km <= FARTHEST_KM and counted > best:
                best, chosen = counted, towns.keys[index]
    return chosen


@lru_cache(maxsize=256)
def _steps_around(row: int) -> tuple[tuple[int, int], ...]:
    """How many rows and columns off the cells within reach are, the closest first."""
    wide = min(180, math.ceil(FARTHEST_KM / _CELL_KM / max(_narrowest(row), 1e-3)))
    steps = [(rows, columns) for columns in range(-wide, wide + 1) for rows in (-1, 0, 1)]
    return tuple(sorted(steps, key=lambda step: (abs(step[1]), abs(step[0]))))


def _narrowest(row: int) -> float:
    """How wide a degree of longitude is at the far edge of the rows around, of one at 0."""
    edge = min(90.0, max(abs(row - 1), abs(row + 2)))
    return math.cos(math.radians(edge))


def _column(degree: int) -> int:
    """The same column however often one has gone round."""
    return (degree + 180) % 360 - 180
