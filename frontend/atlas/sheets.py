"""The outlines laid out for one scale: whole numbers of a quarter pixel, thinned for that scale.

Everything is drawn four times too large and then reduced; a sheet holds the large coordinates.
They are whole numbers of one grid for the whole world, so that two tiles that meet draw the same
line the same way.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import floor
from threading import Lock

from frontend.atlas.basemap import Arc, Basemap, Polygon, Ring, Shape, basemap
from frontend.atlas.projections import (
    CENTRE,
    MAX_ZOOM,
    NORTH,
    SOUTH,
    mercator,
    patterson,
    world_size,
)
from frontend.atlas.simplify import first_zooms

OVER = 4
# How far a line may be moved to save points, in pixels of the picture.
TOLERANCE = 0.3

Area = tuple[int, int, int, int]
# In quarter pixels: a smaller island is left out, on tiles and on the world atlas.
SPECK, SPECK_WORLD = 5, 7
# The zoom whose lines the world atlas shows.
WORLD_DETAIL = 1
TINY = 10  # quarter pixels: a country whose largest part is smaller gets a dot
EMPTY: Area = (0, 0, -1, -1)


@dataclass(frozen=True, slots=True)
class Line:
    """An arc on a sheet. `seams` are the numbers of points after which no line is drawn."""

    xs: array[int]
    ys: array[int]
    area: Area
    seams: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A ring on a sheet, the polygon it is of, and whether it is a hole."""

    ring: Ring
    area: Area
    polygon: Polygon
    is_hole: bool


def extent(area: Area) -> int:
    """The longer side of an area."""
    return max(area[2] - area[0], area[3] - area[1])


@dataclass(frozen=True)
class Sheet:
    """The lines of all arcs on one scale.

    `turn` is 360 degrees on it, 0 where it cannot turn. Islands under `speck` are left out.
    """

    lines: tuple[Line, ...]
    turn: int
    speck: int

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """The rings that are large enough to be drawn."""
        found = (
            Outline(ring, self.ring_area(ring), polygon, number > 0)
            for shape in basemap().shapes
            for polygon in shape.polygons
            for number, ring in enumerate(polygon.rings)
        )
        return tuple(one for one in found if extent(one.area) >= self.speck)

    @cached_property
    def drawn(self) -> tuple[int, ...]:
        """The numbers of the lines to draw: those of its rings, each once."""
        return tuple(sorted({max(n, ~n) for one in self.outlines for n in one.ring}))

    @cached_property
    def dots(self) -> tuple[tuple[int, int], ...]:
        """The middles of the countries that are too small to see, see `is_tiny`."""
        areas = [self.ring_area(ring) for ring in map(self._too_small, basemap().shapes) if ring]
        return tuple(((a[0] + a[2]) // 2, (a[1] + a[3]) // 2) for a in areas)

    def is_tiny(self, iso2: str) -> bool:
        """Whether a country is drawn as a dot: on the sea, and under two and a half pixels.

        Countries with a border on land are found by it, save those under a degree with a coast
        (Hong Kong, Monaco).
        """
        return any(self._too_small(shape) for shape in basemap().by_code.get(iso2, ()))

    def _too_small(self, shape: Shape) -> Ring | None:
        rings = [polygon.rings[0] for polygon in shape.polygons]
        largest = max(rings, key=lambda ring: extent(self.ring_area(ring)))
        if extent(self.ring_area(largest)) >= TINY:
            return None
        arcs = basemap().arcs
        sides = [len(arcs[max(n, ~n)].owners) for ring in rings for n in ring]
        west, south, east, north = shape.polygons[rings.index(largest)].box
        is_small = max(east - west, north - south) < 1 and min(sides) == 1
        return largest if max(sides) == 1 or is_small else None

    def ring_area(self, ring: Ring) -> Area:
        """Left, top, right, bottom of a ring."""
        areas = [self.lines[max(number, ~number)].area for number in ring]
        return (
            min(a[0] for a in areas),
            min(a[1] for a in areas),
            max(a[2] for a in areas),
            max(a[3] for a in areas),
        )

    def ring_points(self, ring: Ring, dx: int, dy: int) -> list[int]:
        """The ring as x, y, x, y, ..., moved by `dx`, `dy`."""
        flat: list[int] = []
        for number in ring:
            line = self.lines[max(number, ~number)]
            part = flat_points(line.xs, line.ys, dx, dy)
            if number < 0:
                part.reverse()
                part[0::2], part[1::2] = part[1::2], part[0::2]
            flat += part
        return flat


def flat_points(xs: Sequence[int], ys: Sequence[int], dx: int, dy: int) -> list[int]:
    """Coordinates as x, y, x, y, ..., moved by `dx`, `dy`."""
    flat = [0] * (2 * len(xs))
    flat[0::2] = [x + dx for x in xs]
    flat[1::2] = [y + dy for y in ys]
    return flat


def meets(area: Area, other: Area) -> bool:
    """Whether two areas have a point in common."""
    return (
        area[0] <= other[2] and other[0] <= area[2] and area[1] <= other[3] and other[1] <= area[3]
    )


def quarter(value: float) -> int:
    """The number of the quarter pixel in which a coordinate lies."""
    return floor(value * OVER)


def _line(xs: list[int], ys: list[int], edge: list[bool]) -> Line:
    """The line without points that fall on the one before, and its seams."""
    keep = [0]
    for i in range(1, len(xs)):
        if xs[i] != xs[keep[-1]] or ys[i] != ys[keep[-1]] or (edge[i] != edge[keep[-1]]):
            keep.append(i)
    seams = tuple(n for n in range(len(keep) - 1) if edge[keep[n]] and edge[keep[n + 1]])
    px, py = array("i", [xs[i] for i in keep]), array("i", [ys[i] for i in keep])
    return Line(px, py, (min(px), min(py), max(px), max(py)), seams)


def _on_the_edge(world: Basemap, x: int) -> bool:
    """Whether a point of the file lies on the 180th meridian."""
    return bool(abs(abs(world.lon(x)) - 180) < world.step_x / 2)


@lru_cache(maxsize=1)
def _zooms() -> tuple[bytes, ...]:
    """For each arc and point the zoom from which it is drawn; points on 180 degrees always."""
    world = basemap()
    found = []
    for arc in world.arcs:
        places = [mercator(world.lon(x), world.lat(y), MAX_ZOOM) for x, y in _pairs(arc)]
        levels = bytearray(
            first_zooms(
                [quarter(x) for x, _y in places],
                [quarter(y) for _x, y in places],
                TOLERANCE * OVER,
                MAX_ZOOM,
            )
        )
        for i, x in enumerate(arc.xs):
            if _on_the_edge(world, x):
                levels[i] = 0
        found.append(bytes(levels))
    return tuple(found)


def _pairs(arc: Arc) -> zip[tuple[int, int]]:
    return zip(arc.xs, arc.ys, strict=True)


def _laid_out(zoom: int, place: Callable[[float, float], tuple[float, float]]) -> tuple[Line, ...]:
    """The points of all arcs that matter at `zoom`, put where `place` puts them."""
    world = basemap()
    lines = []
    for arc, levels in zip(world.arcs, _zooms(), strict=True):
        if not arc.owners:
            lines.append(Line(array("i"), array("i"), EMPTY, ()))
            continue
        chosen = [pair for pair, level in zip(_pairs(arc), levels, strict=True) if level <= zoom]
        places = [place(world.lon(x), world.lat(y)) for x, y in chosen]
        lines.append(
            _line(
                [quarter(x) for x, _y in places],
                [quarter(y) for _x, y in places],
                [_on_the_edge(world, x) for x, _y in chosen],
            )
        )
    return tuple(lines)


_lock = Lock()
_sheets: dict[int, Sheet] = {}


def mercator_sheet(z: int) -> Sheet:
    """The Mercator world at zoom `z`, made at the first call of the process and kept."""
    with _lock:
        if z not in _sheets:
            lines = _laid_out(z, lambda lon, lat: mercator(lon, lat, z))
            _sheets[z] = Sheet(lines, world_size(z) * OVER, SPECK)
        return _sheets[z]


# The picture is as wide as the equator; the window is NORTH to SOUTH.
EQUATOR = patterson(180, 0)[0]
TOP, BOTTOM = patterson(0, NORTH)[1], patterson(0, SOUTH)[1]


def world_height(width: int) -> int:
    """The height of the world atlas at a width, in pixels."""
    return round(width * (TOP - BOTTOM) / (2 * EQUATOR))


def world_place(lon: float, lat: float, width: int) -> tuple[float, float]:
    """Pixels of a place on the world atlas; `lon` counts on past the edges of the world."""
    x, y = patterson(lon - CENTRE, lat)
    scale = width / (2 * EQUATOR)
    return width / 2 + x * scale, (TOP - y) * scale


def world_sheet(width: int, turns: int) -> Sheet:
    """Patterson's world, moved by whole turns. Not kept: its picture is."""
    lines = _laid_out(WORLD_DETAIL, lambda lon, lat: world_place(lon + turns * 360, lat, width))
    return Sheet(lines, 0, SPECK_WORLD)


def memory() -> int:
    """Bytes held by the outlines and the sheets made so far."""
    arcs = sum(2 * len(arc.xs) * arc.xs.itemsize for arc in basemap().arcs)
    with _lock:
        kept = [line for sheet in _sheets.values() for line in sheet.lines]
    sheets = sum(2 * len(line.xs) * line.xs.itemsize for line in kept)
    return arcs + sheets + sum(len(levels) for levels in _zooms())
