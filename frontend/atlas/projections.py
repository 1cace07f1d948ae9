"""Two ways to flatten the globe: Web Mercator for tiles and plates, Equal Earth for the atlas.

Longitudes and latitudes are degrees, east and north positive. World pixels of Web Mercator count
from the upper left corner of the world, 256 times two to the zoom on a side.
"""

from __future__ import annotations

from math import asin, atan, cos, degrees, exp, log, pi, radians, sin, sqrt, tan

TILE = 256
MAX_ZOOM = 6
# Where the square world of Web Mercator ends: arctan(sinh(pi)).
MAX_LATITUDE = 85.0511287798066

# The meridian in the middle of the world atlas: its edge, 169 W, runs through the Bering Strait.
CENTRE = 11.0
NORTH, SOUTH = 75.0, -55.0
# Its squares: eight columns of this many degrees, four rows.
COLUMN, ROWS = 45.0, 4

# B. Savric, T. Patterson, B. Jenny: The Equal Earth map projection, International Journal of
# Geographical Information Science 33 (2018) 454-465, doi 10.1080/13658816.2018.1504949, the
# polynomial of equations 9 and 10.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


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


def _slope(theta: float) -> float:
    return A1 + 3 * A2 * theta**2 + 7 * A3 * theta**6 + 9 * A4 * theta**8


def _height(theta: float) -> float:
    return theta * (A1 + A2 * theta**2 + A3 * theta**6 + A4 * theta**8)


def equal_earth(lon: float, lat: float) -> tuple[float, float]:
    """Equal Earth on a globe of radius 1, north up; `lon` counts from the central meridian."""
    theta = asin(sqrt(3) / 2 * sin(radians(lat)))
    return 2 * sqrt(3) * radians(lon) * cos(theta) / (3 * _slope(theta)), _height(theta)


def from_equal_earth(x: float, y: float) -> tuple[float, float]:
    """Longitude from the central meridian and latitude; the inverse of `equal_earth`.

    Newton's method: the slope is nowhere near nought, eight steps are past double precision.
    """
    theta = y / A1
    for _step in range(8):
        theta -= (_height(theta) - y) / _slope(theta)
    lat = degrees(asin(max(-1.0, min(1.0, sin(theta) * 2 / sqrt(3)))))
    return degrees(3 * x * _slope(theta) / (2 * sqrt(3) * cos(theta))), lat


def wrapped(lon: float, west: float = -180.0) -> float:
    """The same meridian, named within the 360 degrees that begin at `west`."""
    return (lon - west) % 360 + west
