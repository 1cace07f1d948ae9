"""Which window of the Mercator world a plate shows, and where places lie on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from frontend.atlas.basemap import Box
from frontend.atlas.parts import frame_of
from frontend.atlas.projections import MAX_ZOOM, from_mercator, mercator, world_size, wrapped


@dataclass(frozen=True, slots=True)
class View:
    """A plate's zoom, the world pixels of its upper left corner, and its size."""

    z: int
    x0: int
    y0: int
    width: int
    height: int

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Pixels of a place on the plate; of its copies round the world the nearest."""
        return plate_point(lon, lat, self.z, self.x0, self.y0, self.width)

    def holds(self, points: Sequence[tuple[float, float]]) -> bool:
        """Whether all places lie on the plate."""
        places = [self.point(lon, lat) for lon, lat in points]
        return all(0 <= x < self.width and 0 <= y < self.height for x, y in places)

    @property
    def bbox(self) -> Box:
        """West, south, east, north in degrees; the east may lie past 180."""
        west, north = from_mercator(self.x0, self.y0, self.z)
        east, south = from_mercator(self.x0 + self.width, self.y0 + self.height, self.z)
        return west, south, east, north


def plate_point(
    lon: float, lat: float, z: int, x0: float, y0: float, width: float
) -> tuple[float, float]:
    """Pixels of a place on a plate, in the copy of the world that is nearest to its middle."""
    x, y = mercator(lon, lat, z)
    turns = round((x0 + width / 2 - x) / world_size(z))
    return x + turns * world_size(z) - x0, y - y0


def fitted(
    frame: Box, width: int, height: int, *, margin: int = 24, closest: int = MAX_ZOOM
) -> View:
    """The plate of a size that shows a frame whole and as large as the zooms allow.

    `frame` is west, south, east, north in degrees, see `parts.frame_of`; `margin` is in pixels,
    `closest` the largest zoom.
    A frame too large for zoom 0 is shown at zoom 0 around its middle.
    """
    west, south, east, north = frame
    for z in range(closest, -1, -1):
        left, top = mercator(west, north, z)
        right, bottom = mercator(east, south, z)
        if z == 0 or (right - left <= width - 2 * margin and bottom - top <= height - 2 * margin):
            break
    x0 = round((left + right - width) / 2)
    y0 = round((top + bottom - height) / 2)
    most = world_size(z) - height
    return View(z, x0, min(max(y0, 0), most) if most > 0 else most // 2, width, height)


def frame_around(points: Sequence[tuple[float, float]], *, least: float = 1.0) -> Box | None:
    """The smallest frame that holds all places (longitude, latitude); None for no place.

    It may pass the 180th meridian: then its east is past 180. At least `least` degrees a side.
    """
    if not points:
        return None
    lons = sorted(wrapped(lon) for lon, _lat in points)
    # The widest stretch without a place is left out.
    gaps = [(after - before, after) for before, after in pairwise([*lons, lons[0] + 360])]
    gap, west = max(gaps)
    west = wrapped(west)
    east = west + 360 - gap
    south, north = min(lat for _lon, lat in points), max(lat for _lon, lat in points)
    more_x, more_y = max(0.0, least - (east - west)) / 2, max(0.0, least - (north - south)) / 2
    return west - more_x, south - more_y, east + more_x, north + more_y


def view_of(
    iso2: str, points: Sequence[tuple[float, float]], width: int, height: int
) -> View | None:
    """The plate for a country and its places: the country, or closer where the places allow.

    The whole country is shown where that costs no zoom, otherwise the part with the places, one
    zoom closer at most (Great Britain without Shetland). Places far from its main part widen the
    plate (the Canaries). None for a country without an outline and without places.
    """
    frame, around = frame_of(iso2), frame_around(points)
    if frame is None or around is None:
        only = frame or around
        return fitted(only, width, height) if only else None
    near = fitted(around, width, height, margin=40)
    whole = fitted(frame, width, height)
    if whole.holds(points) and near.z > whole.z + 1:
        near = fitted(around, width, height, margin=40, closest=whole.z + 1)
    if whole.z == near.z and whole.holds(points):
        return whole
    return _towards(near, frame, around)


def _towards(view: View, frame: Box, around: Box, margin: int = 40) -> View:
    """The view moved to show as much of a frame as it can while it holds another with a margin."""
    left, top, right, bottom = _pixels(around, view)
    middle = _pixels(frame, view)
    x0 = round((middle[0] + middle[2] - view.width) / 2)
    y0 = round((middle[1] + middle[3] - view.height) / 2)
    return replace(
        view,
        x0=_within(x0, right + margin - view.width, left - margin, view.x0),
        y0=_within(y0, bottom + margin - view.height, top - margin, view.y0),
    )


def _pixels(frame: Box, view: View) -> Box:
    """Left, top, right, bottom of a frame in world pixels, in the copy nearest to a view."""
    left, top = mercator(frame[0], frame[3], view.z)
    right, bottom = mercator(frame[2], frame[1], view.z)
    size = world_size(view.z)
    shift = round((view.x0 + view.width / 2 - (left + right) / 2) / size) * size
    return left + shift, top, right + shift, bottom


def _within(value: int, low: float, high: float, otherwise: int) -> int:
    """The value brought between two bounds; another where the bounds leave no room."""
    return round(min(max(value, low), high)) if low <= high else otherwise
