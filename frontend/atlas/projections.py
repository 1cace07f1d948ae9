"""Two ways to flatten the globe: Web Mercator for tiles and plates, Patterson for the atlas.

Longitudes and latitudes are degrees, east and north positive. World pixels of Web Mercator count
from the upper left corner of the world, 256 times two to the zoom on a side.
"""

from __future__ import annotations

from math import atan, degrees, exp, log, pi, radians, tan

TILE = 256
MAX_ZOOM = 6
# Where the square world of Web Mercator ends: arctan(sinh(pi)).
MAX_LATITUDE = 85.0511287798066

# The meridian in the middle of the world atlas: its edge, 169 W, runs through the Bering Strait.
CENTRE = 11.0
NORTH, SOUTH = 75.0, -55.0
# Its squares: eight columns of this many degrees, four rows.
COLUMN, ROWS = 45.0, 4

# T. Patterson, B. Savric, B. Jenny: Introducing the Patterson Cylindrical Projection, Cartographic
# Perspectives 78 (2014) 77-81, doi 10.14714/CP78.1270, the polynomial of equation 1.
C1, C2, C3, C4 = 1.0148, 0.23185, -0.14499, 0.02406


def world_size(z: int) -> int:
    """The side of the Mercator world at zoom `z`, in pixels."""
    return TILE << z


def mercator(lon: float, lat: float, z: int) -> tuple[float, float]:
    """World pixels of a place; latitudes beyond 85.0511 degrees are put on the edge."""
    size = world_size(z)
    angle = radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, lat)))
    return (lon + 180) / 360 * size, (1 - log(tan(pi / 4 + angle / 2)) / pi) / 2 * size


def from_mercator(x: float, y: float, z: int) -> tuple[float, float]:
    """Longitude and latitude of world pixels; the inverse of `mercator`."""
    size = world_size(z)
    return x / size * 360 - 180, degrees(2 * atan(exp(pi * (1 - 2 * y / size))) - pi / 2)


def _slope(angle: float) -> float:
    return C1 + 5 * C2 * angle**4 + 7 * C3 * angle**6 + 9 * C4 * angle**8


def _height(angle: float) -> float:
    return angle * (C1 + C2 * angle**4 + C3 * angle**6 + C4 * angle**8)


def patterson(lon: float, lat: float) -> tuple[float, float]:
    """Patterson's cylinder on a globe of radius 1, north up; `lon` counts from the middle."""
    return radians(lon), _height(radians(lat))


def from_patterson(x: float, y: float) -> tuple[float, float]:
    """Longitude from the middle and latitude; the inverse of `patterson`.

    Newton's method: the slope is nowhere near nought, twelve steps are past double precision.
    """
    angle = y / C1
    for _step in range(12):
        angle -= (_height(angle) - y) / _slope(angle)
    return degrees(x), degrees(angle)


def wrapped(lon: float, west: float = -180.0) -> float:
    """The same meridian, named within the 360 degrees that begin at `west`."""
    return (lon - west) % 360 + west
