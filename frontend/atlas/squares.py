"""The squares of the world atlas: A1 to H4, each exactly a box of degrees.

Columns are 45 degrees wide from 169 W, rows 32.5 degrees high from 75 N. On the picture their
sides are straight, since the projection is a cylinder's.
"""

from __future__ import annotations

from dataclasses import dataclass

from frontend.atlas.projections import (
    CENTRE,
    COLUMN,
    NORTH,
    ROWS,
    SOUTH,
    wrapped,
)
from frontend.atlas.sheets import world_height, world_place

WIDE, NARROW = 1280, 780

LETTERS, FIGURES = "ABCDEFGH", "1234"
WEST = CENTRE - 180
ROW = (NORTH - SOUTH) / ROWS
# Points along a curved side: between two of them the curve is straight to a tenth of a pixel.
SIDE = 13


@dataclass(frozen=True, slots=True, order=True)
class Square:
    """One square by its name. Raises: ValueError for a name that is not A1 to H4."""

    name: str

    def __post_init__(self) -> None:
        if len(self.name) != 2 or self.name[0] not in LETTERS or self.name[1] not in FIGURES:
            raise ValueError(f"There is no square {self.name!r}: they are A1 to H4")

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees; the east of G and H lies past 180."""
        west = WEST + LETTERS.index(self.name[0]) * COLUMN
        north = NORTH - FIGURES.index(self.name[1]) * ROW
        return west, north - ROW, west + COLUMN, north

    def outline(self, *, wide: bool) -> list[tuple[int, int]]:
        """Its corners and curves in pixels of the picture, clockwise from the upper left."""
        west, south, east, north = self.bbox
        down = [north - i * (north - south) / (SIDE - 1) for i in range(SIDE)]
        width = picture_size(wide=wide)[0]
        places = [(east, lat) for lat in down] + [(west, lat) for lat in reversed(down)]
        points = [world_place(lon, lat, width) for lon, lat in (places[-1:] + places[:-1])]
        return [(round(x), round(y)) for x, y in points]

    def name_places(self, size: float, *, wide: bool) -> list[tuple[float, float]]:
        """Middles for a name of a height: along the upper side from the west, then the lower."""
        west, south, east, north = self.bbox
        width = picture_size(wide=wide)[0]
        found = []
        for down, lat in ((1, north), (-1, south)):
            y = world_place(west, lat, width)[1] + down * size
            left, right = (world_place(lon, lat, width)[0] for lon in (west, east))
            room = right - left - 2 * size
            steps = max(1, round(2 * room / size))
            found += [(left + size + room * step / steps, y) for step in range(steps + 1)]
        return found


ALL = tuple(Square(column + row) for row in FIGURES for column in LETTERS)


def picture_size(*, wide: bool) -> tuple[int, int]:
    """Width and height of the world atlas in pixels."""
    width = WIDE if wide else NARROW
    return width, world_height(width)


def square_at(lon: float, lat: float) -> Square | None:
    """The square that holds a place; none north of 75 N or south of 55 S.

    A place on a line between two squares belongs to the eastern and to the southern one, so that
    it is counted once.
    """
    if not SOUTH <= lat <= NORTH:
        return None
    column = min(int((wrapped(lon, WEST) - WEST) / COLUMN), len(LETTERS) - 1)
    row = min(int((NORTH - lat) / ROW), len(FIGURES) - 1)
    return Square(LETTERS[column] + FIGURES[row])


def square_bbox(name: str) -> tuple[float, float, float, float]:
    """West, south, east, north of a square by its name. Raises: ValueError for another name."""
    return Square(name).bbox


def square_outline(name: str, *, wide: bool) -> list[tuple[int, int]]:
    """The outline of a square in pixels of the picture, for an area of an image map.

    Raises: ValueError for a name that is not A1 to H4.
    """
    return Square(name).outline(wide=wide)


def world_point(lon: float, lat: float, *, wide: bool) -> tuple[float, float]:
    """Pixels of a place on the world atlas. North of 75 N and south of 55 S lie outside of it."""
    return world_place(wrapped(lon, WEST), lat, picture_size(wide=wide)[0])
