"""Where a picture is land and where it is line, as grey pictures: white is all, black is nothing.

Drawn four times too large with a margin, reduced with Lanczos's filter, then cut: what lies
beyond the edge of a picture is seen by the filter, so that neighbours meet without a seam.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from PIL import Image, ImageDraw

from frontend.atlas.basemap import Polygon, basemap
from frontend.atlas.projections import CENTRE, COLUMN, NORTH, ROWS, SOUTH
from frontend.atlas.sheets import (
    OVER,
    Area,
    Line,
    Sheet,
    flat_points,
    meets,
    mercator_sheet,
    world_place,
)

MARGIN = 4  # pixels: the filter reaches three
LINE = 3  # three quarters of a pixel
DASH, GAP = 12, 8  # three pixels, two pixels
DOT = 6  # quarter pixels: the radius of a country too small to see

# A sheet and how far it is moved sideways.
Layer = tuple[Sheet, int]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a world, in whole pixels of it."""

    left: int
    top: int
    width: int
    height: int

    @property
    def area(self) -> Area:
        """What is drawn of it, margin and all, in quarter pixels."""
        left, top = (self.left - MARGIN) * OVER, (self.top - MARGIN) * OVER
        width, height = self.canvas
        return left, top, left + width, top + height

    @property
    def canvas(self) -> tuple[int, int]:
        """The size of the drawing before it is reduced."""
        return (self.width + 2 * MARGIN) * OVER, (self.height + 2 * MARGIN) * OVER

    def cut(self, mask: Image.Image) -> Image.Image:
        """The drawing reduced to the picture."""
        size = self.width + 2 * MARGIN, self.height + 2 * MARGIN
        small = mask.resize(size, Image.Resampling.LANCZOS)
        return small.crop((MARGIN, MARGIN, MARGIN + self.width, MARGIN + self.height))


def layers(z: int, window: Window) -> list[Layer]:
    """The Mercator world with those of its copies to the west and east that a window may see."""
    sheet = mercator_sheet(z)
    first, last = (side // sheet.turn for side in (window.area[0], window.area[2]))
    # One more on either side: shapes that cross 180 degrees reach into the next copy.
    return [(sheet, turns * sheet.turn) for turns in range(first - 1, last + 2)]


def _moved(area: Area, dx: int) -> Area:
    return area[0] + dx, area[1], area[2] + dx, area[3]


def land_mask(
    over: Sequence[Layer], window: Window, only: Sequence[Polygon] | None = None
) -> Image.Image:
    """Land in a window; of the polygons `only`, with their holes, where they are given."""
    mask = Image.new("L", window.canvas)
    draw = ImageDraw.Draw(mask)
    area = window.area
    left, top = area[:2]
    for sheet, dx in over:
        for one in sheet.outlines:
            # Every hole but the sea is another country, so the land has none.
            if one.is_hole if only is None else one.polygon not in only:
                continue
            if meets(_moved(one.area, dx), area):
                points = sheet.ring_points(one.ring, dx - left, -top)
                draw.polygon(points, fill=0 if one.is_hole else 255)
        if only is None:
            _draw_dots(draw, sheet, window, dx, fill=True)
    return window.cut(mask)


def line_mask(over: Sequence[Layer], window: Window) -> Image.Image:
    """Coasts and borders in a window; disputed borders are dashed."""
    mask = Image.new("L", window.canvas)
    draw = ImageDraw.Draw(mask)
    area = window.area
    left, top = area[:2]
    world = basemap()
    for sheet, dx in over:
        for index in sheet.drawn:
            line = sheet.lines[index]
            if meets(_moved(line.area, dx), area):
                for part in _parts(line, dx - left, -top, dashed=world.arcs[index].dashed):
                    draw.line(part, fill=255, width=LINE)
        _draw_dots(draw, sheet, window, dx, fill=False)
    return window.cut(mask)


def _draw_dots(
    draw: ImageDraw.ImageDraw, sheet: Sheet, window: Window, dx: int, *, fill: bool
) -> None:
    area = window.area
    left, top = area[:2]
    for x, y in sheet.dots:
        box = (x - DOT, y - DOT, x + DOT, y + DOT)
        if meets(_moved(box, dx), area):
            place = (box[0] + dx - left, box[1] - top, box[2] + dx - left, box[3] - top)
            draw.ellipse(place, fill=255 if fill else None, outline=255, width=LINE)


def _parts(line: Line, dx: int, dy: int, *, dashed: bool) -> Iterator[list[int]]:
    """The stretches of a line that are drawn: all, without its seams, or its dashes."""
    flat = flat_points(line.xs, line.ys, dx, dy)
    if dashed:
        yield from _dashes(flat)
        return
    start = 0
    for seam in line.seams:
        yield flat[2 * start : 2 * seam + 2]
        start = seam + 1
    yield flat[2 * start :]


def _dashes(flat: Sequence[int]) -> Iterator[list[int]]:
    """Dashes along a line, counted from its first point: the same whichever part is seen."""
    gone = 0.0
    for i in range(0, len(flat) - 2, 2):
        x0, y0, x1, y1 = flat[i : i + 4]
        length = hypot(x1 - x0, y1 - y0)
        at = 0.0
        while at < length:
            phase = (gone + at) % (DASH + GAP)
            step = min(length - at, (DASH if phase < DASH else DASH + GAP) - phase)
            step = max(step, 1e-6)
            if phase < DASH:
                a, b = at / length, (at + step) / length
                yield [
                    round(x0 + a * (x1 - x0)),
                    round(y0 + a * (y1 - y0)),
                    round(x0 + b * (x1 - x0)),
                    round(y0 + b * (y1 - y0)),
                ]
            at += step
        gone += length


def squares_mask(window: Window) -> Image.Image:
    """The lines between the squares of the world atlas."""
    lines = Image.new("L", window.canvas)
    draw = ImageDraw.Draw(lines)
    west, east = CENTRE - 180, CENTRE + 180

    def place(lon: float, lat: float) -> tuple[float, float]:
        x, y = world_place(lon, lat, window.width)
        return (x + MARGIN) * OVER, (y + MARGIN) * OVER

    # Past the window on either side, so that the filter sees no end.
    for column in range(1, round(360 / COLUMN)):
        lon = west + column * COLUMN
        draw.line([place(lon, NORTH + 5), place(lon, SOUTH - 5)], fill=255, width=OVER)
    for row in range(1, ROWS):
        lat = NORTH - row * (NORTH - SOUTH) / ROWS
        draw.line([place(west - 5, lat), place(east + 5, lat)], fill=255, width=OVER)
    return window.cut(lines)
