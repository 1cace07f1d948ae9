"""Parts of the world between two meridians and two parallels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db.models import Q

WEST, EAST = -180.0, 180.0
SOUTH, NORTH = -90.0, 90.0
PARTS = 4
LONGEST = 80


class BadBoxError(ValueError):
    """A text that is no box."""


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees of WGS 84. Where `west` is greater than `east` it crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def crosses(self) -> bool:
        """Whether the 180th meridian runs through it."""
        return self.west > self.east

    @property
    def width(self) -> float:
        """Degrees from west to east."""
        return self.east - self.west + (360 if self.crosses else 0)

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies in it, its edges included."""
        if not self.south <= latitude <= self.north:
            return False
        if self.crosses:
            return longitude >= self.west or longitude <= self.east
        return self.west <= longitude <= self.east

    def text(self) -> str:
        """West, south, east and north as an address carries them."""
        return ",".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in self.sides())

    def sides(self) -> tuple[float, float, float, float]:
        """West, south, east, north: the order of RFC 7946."""
        return self.west, self.south, self.east, self.north


WORLD = Box(WEST, SOUTH, EAST, NORTH)


def box_from(text: str) -> Box:
    """The box that `west,south,east,north` says.

    Raises:
        BadBoxError: not four finite numbers, outside the world, or south above north.
    """
    parts = text.split(",") if len(text) <= LONGEST else []
    try:
        sides = [float(part) for part in parts]
    except ValueError as error:
        raise BadBoxError("no numbers") from error
    if len(sides) != PARTS or not all(math.isfinite(side) for side in sides):
        raise BadBoxError("not four numbers")
    west, south, east, north = sides
    if not (WEST <= west <= EAST and WEST <= east <= EAST):
        raise BadBoxError("a longitude outside of the world")
    if not SOUTH <= south <= north <= NORTH:
        raise BadBoxError("latitudes outside of the world or upside down")
    return Box(west, south, east, north)


def within(box: Box) -> Q:
    """The condition under which a row has a point that lies in a box."""
    tall = Q(latitude__gte=box.south, latitude__lte=box.north)
    if box.crosses:
        return tall & (Q(longitude__gte=box.west) | Q(longitude__lte=box.east))
    return tall & Q(longitude__gte=box.west, longitude__lte=box.east)
