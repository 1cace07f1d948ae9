"""The outlines of the world: countries as polygons of shared arcs, in degrees.

Read once a process from `data/countries-50m.topo.json` (Natural Earth, public domain; see
`data/README.md`). Antarctica is left out.

Nothing is cut at 180 degrees: an arc that crosses it goes on, with longitudes past 180 or below
-180, comes back within itself, and is drawn again a turn to the west and to the east. The few
edges along 180 degrees that are left in the file divide Fiji's islands in two; they are known as
seams and never drawn.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

OUTLINES = Path(__file__).parent / "data" / "countries-50m.topo.json"
TURN = 99_999  # 360 degrees in the units of the file

Box = tuple[float, float, float, float]
# Numbers of arcs, end to end; ~number where the arc runs backwards, as in the file.
Ring = tuple[int, ...]

# Natural Earth's class of it is "Indeterminate"; the file has no mark and no code for it.
UNDETERMINED = ("Siachen Glacier",)
# Whose border with a disputed shape is the disputed one, where the code does not tell.
CLAIMED_BY = {"XK": ("RS",), "": ("IN", "PK", "CN")}


@dataclass(frozen=True, slots=True)
class Arc:
    """A line between two knots in units of the file, and the shapes on its sides."""

    xs: array[int]
    ys: array[int]
    owners: tuple[int, ...]
    dashed: bool


@dataclass(frozen=True, slots=True)
class Polygon:
    """One outer ring, its holes, and west, south, east, north in degrees."""

    rings: tuple[Ring, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Shape:
    """A country or a part of one. `iso2` is empty where the file knows no code."""

    name: str
    iso2: str
    disputed: bool
    polygons: tuple[Polygon, ...]


class Basemap:
    """Arcs and shapes, and how units of the file become degrees."""

    def __init__(self, topology: dict[str, Any]) -> None:
        (self.step_x, self.step_y) = topology["transform"]["scale"]
        (self.west, self.south) = topology["transform"]["translate"]
        geometries = [
            one
            for one in topology["objects"]["countries"]["geometries"]
            if one["properties"]["iso2"] != "AQ"
        ]
        lines = [_decoded(deltas) for deltas in topology["arcs"]]
        owners = _owners(geometries)
        dashed = _dashed(geometries, owners)
        self.arcs = [
            Arc(xs, ys, owners.get(i, ()), i in dashed) for i, (xs, ys) in enumerate(lines)
        ]
        self.shapes = tuple(self._shape(one) for one in geometries)

    def lon(self, x: int) -> float:
        """Degrees of a horizontal unit of the file."""
        return float(x * self.step_x + self.west)

    def lat(self, y: int) -> float:
        """Degrees of a vertical unit of the file."""
        return float(y * self.step_y + self.south)

    def points(self, ring: Ring) -> Iterator[tuple[float, float]]:
        """The ring as longitudes and latitudes, unbroken; knots come twice."""
        for number in ring:
            arc = self.arcs[max(number, ~number)]
            pairs = list(zip(arc.xs, arc.ys, strict=True))
            for x, y in pairs if number >= 0 else reversed(pairs):
                yield self.lon(x), self.lat(y)

    def polygons_of(self, iso2: str) -> list[list[list[tuple[float, float]]]]:
        """Polygons of a country, each a list of rings, the outer one first; empty if unknown."""
        return [
            [list(self.points(ring)) for ring in polygon.rings]
            for shape in self.by_code.get(iso2, ())
            for polygon in shape.polygons
        ]

    @cached_property
    def by_code(self) -> dict[str, tuple[Shape, ...]]:
        """The shapes of each country by its two letters."""
        found: dict[str, tuple[Shape, ...]] = {}
        for shape in self.shapes:
            if shape.iso2:
                found[shape.iso2] = (*found.get(shape.iso2, ()), shape)
        return found

    def _shape(self, geometry: dict[str, Any]) -> Shape:
        named = geometry["properties"]
        return Shape(
            name=named["name"],
            iso2=named["iso2"] or "",
            disputed=bool(named.get("disputed")) or named["name"] in UNDETERMINED,
            polygons=tuple(self._polygon(rings) for rings in _polygons(geometry)),
        )

    def _polygon(self, rings: Sequence[Sequence[int]]) -> Polygon:
        outer = [self.arcs[max(number, ~number)] for number in rings[0]]
        box = (
            self.lon(min(min(arc.xs) for arc in outer)),
            self.lat(min(min(arc.ys) for arc in outer)),
            self.lon(max(max(arc.xs) for arc in outer)),
            self.lat(max(max(arc.ys) for arc in outer)),
        )
        return Polygon(tuple(tuple(ring) for ring in rings), box)


def _decoded(deltas: Sequence[Sequence[int]]) -> tuple[array[int], array[int]]:
    """Coordinates of an arc of the file; a jump across 180 degrees becomes a step."""
    xs, ys = array("i"), array("i")
    x = y = 0
    for i, (dx, dy) in enumerate(deltas):
        if i and abs(dx) > TURN / 2:
            dx -= round(dx / TURN) * TURN  # noqa: PLW2901 - the same step, the short way round
        x, y = x + dx, y + dy
        xs.append(x)
        ys.append(y)
    return xs, ys


def _polygons(geometry: dict[str, Any]) -> Sequence[Sequence[Sequence[int]]]:
    found: Any = geometry["arcs"]
    return [found] if geometry["type"] == "Polygon" else found


def _owners(geometries: Sequence[dict[str, Any]]) -> dict[int, tuple[int, ...]]:
    """For each arc the shapes that it bounds: one along a coast, two along a border."""
    owners: dict[int, tuple[int, ...]] = {}
    for number, geometry in enumerate(geometries):
        for rings in _polygons(geometry):
            for index in (max(i, ~i) for ring in rings for i in ring):
                if number not in owners.get(index, ()):
                    owners[index] = (*owners.get(index, ()), number)
    return owners


def _dashed(
    geometries: Sequence[dict[str, Any]], owners: dict[int, tuple[int, ...]]
) -> frozenset[int]:
    """The arcs between a disputed shape and the state that disputes it."""

    def is_disputed(one: dict[str, Any], other: dict[str, Any]) -> bool:
        mine, theirs = one["properties"], other["properties"]
        if not mine.get("disputed") and mine["name"] not in UNDETERMINED:
            return False
        code = mine["iso2"] or ""
        return theirs["iso2"] in CLAIMED_BY.get(code, (code,))

    return frozenset(
        index
        for index, sides in owners.items()
        if len(sides) == 2
        and any(
            is_disputed(geometries[a], geometries[b]) for a, b in (sides, tuple(reversed(sides)))
        )
    )


_lock = Lock()
_read: list[Basemap] = []


def basemap() -> Basemap:
    """The outlines, read at the first call of the process and kept (7 MB, arrays and objects)."""
    with _lock:
        if not _read:
            _read.append(Basemap(json.loads(OUTLINES.read_bytes())))
        return _read[0]


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """The first twelve hexadecimal digits of the outlines' sha256."""
    return sha256(OUTLINES.read_bytes()).hexdigest()[:12]
