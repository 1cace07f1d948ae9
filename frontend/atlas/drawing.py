"""The three drawings: a tile without symbols, the world atlas, and a plate with symbols.

Each is a PNG of sixteen fixed colours, and the same call gives the same bytes. The colours are
those of the style sheet. Outlines: Natural Earth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from frontend.atlas.layout import overlaps, place_marks
from frontend.atlas.marks import Box, Mark, Placed
from frontend.atlas.masks import Window, land_mask, layers, line_mask, squares_mask
from frontend.atlas.palette import (
    INKS,
    Inks,
    Theme,
    check_theme,
    faint,
    greyed,
    png,
    reduced,
    reduced_further,
)
from frontend.atlas.parts import polygons_of
from frontend.atlas.projections import MAX_ZOOM, TILE, mercator
from frontend.atlas.sheets import world_sheet
from frontend.atlas.squares import Square, picture_size
from frontend.atlas.symbols import draw_marks, draw_name

# Raised with every change that changes a pixel: kept tiles are drawn anew.
DRAWING_VERSION = 1

# The largest side of a plate, and the height of the name of a square, in pixels.
LARGEST = 2048
NAME, NAME_ON_PHONES = 11, 18

# Degrees between the lines on the sea, by zoom.
GRATICULE = (90, 90, 45, 30, 15, 10, 5)

Tiles = Callable[[int, int, int, Theme], bytes]


def check_tile(z: int, x: int, y: int) -> None:
    """Passes for a tile of the grid: zoom 0 to 6, `x` and `y` from 0 to two to the zoom less one.

    Raises: ValueError that names what is wrong.
    """
    if not 0 <= z <= MAX_ZOOM:
        raise ValueError(f"There is no zoom {z}: 0 to {MAX_ZOOM}")
    for name, value in (("x", x), ("y", y)):
        if not 0 <= value < 1 << z:
            raise ValueError(f"There is no tile {name}={value} at zoom {z}: 0 to {(1 << z) - 1}")


def tile(z: int, x: int, y: int, theme: Theme) -> bytes:
    """One square of the Mercator map, 256 pixels a side: sea, land, coasts and borders.

    Raises: ValueError for a tile outside of the grid or another theme.
    """
    check_tile(z, x, y)
    inks = INKS[check_theme(theme)]
    window = Window(x * TILE, y * TILE, TILE, TILE)
    picture = Image.new("RGB", (TILE, TILE), inks.sea)
    _draw_graticule(picture, window, z, inks)
    over = layers(z, window)
    picture.paste(inks.land, (0, 0), land_mask(over, window))
    picture.paste(inks.line, (0, 0), line_mask(over, window))
    return png(picture, theme)


def _draw_graticule(picture: Image.Image, window: Window, z: int, inks: Inks) -> None:
    """Meridians and parallels of round degrees, a sharp pixel wide; land lies over them."""
    draw = ImageDraw.Draw(picture)
    step = GRATICULE[z]
    for degrees in range(-180, 181, step):
        x = round(mercator(degrees, 0, z)[0]) - window.left
        draw.line((x, 0, x, window.height), fill=inks.square)
        if abs(degrees) < 85:
            y = round(mercator(0, degrees, z)[1]) - window.top
            draw.line((0, y, window.width, y), fill=inks.square)


@lru_cache(maxsize=4)
def _world(theme: Theme, *, wide: bool) -> Image.Image:
    """The world atlas without symbols and names, in the palette (1.9 MB for all four)."""
    inks = INKS[theme]
    width, height = picture_size(wide=wide)
    window = Window(0, 0, width, height)
    over = [(world_sheet(width, turns), 0) for turns in (0, -1, 1)]
    picture = Image.new("RGB", (width, height), inks.sea)
    land = land_mask(over, window)
    picture.paste(inks.land, (0, 0), land)
    grid = Image.new("RGB", (width, height), inks.square)
    grid.paste(faint(inks), (0, 0), land)
    picture.paste(grid, (0, 0), squares_mask(window))
    picture.paste(inks.line, (0, 0), line_mask(over, window))
    return reduced(reduced_further(picture, theme), theme)


def world(theme: Theme, *, wide: bool, marks: Sequence[Mark], squares: Sequence[Square]) -> bytes:
    """The world atlas with symbols, and the names of the squares that are given.

    Wide is 1280 pixels for the desk; narrow is 780 with figures twice as large, to be shown at
    half its size on a phone. Marks are in pixels of that picture, see `world_point`; where they
    end up is what `placed_on_world` says.
    """
    inks = INKS[check_theme(theme)]
    picture = _world(theme, wide=wide).convert("RGB")
    placed = placed_on_world(marks, wide=wide)
    scale = _scale(wide=wide)
    for square in squares:
        at = _corner(square, placed, wide=wide)
        draw_name(picture, square.name, at, inks.soft, _name_size(wide=wide))
    draw_marks(picture, placed, inks, scale=scale)
    return png(picture, theme)


def _scale(*, wide: bool) -> int:
    return 1 if wide else 2


def _name_size(*, wide: bool) -> int:
    return NAME if wide else NAME_ON_PHONES


def placed_on_world(marks: Sequence[Mark], *, wide: bool) -> list[Placed]:
    """Where `world` draws its marks, and the boxes to press, in pixels of the picture."""
    return place_marks(marks, *picture_size(wide=wide), scale=_scale(wide=wide))


def _corner(square: Square, placed: Sequence[Placed], *, wide: bool) -> tuple[float, float]:
    """The middle of a square's name: as near its upper left corner as no symbol stands."""
    places = square.name_places(_name_size(wide=wide), wide=wide)
    half = 0.65 * _name_size(wide=wide)
    for x, y in places:
        box: Box = (x - half, y - half, x + half, y + half)
        if not any(overlaps(box, one.box) for one in placed):
            return x, y
    return places[0]


def plate(
    z: int,
    x0: int,
    y0: int,
    width: int,
    height: int,
    theme: Theme,
    marks: Sequence[Mark],
    highlight: str = "",
    *,
    tiles: Tiles = tile,
    scale: int = 1,
) -> bytes:
    """A window of the Mercator map with symbols.

    `x0`, `y0` are world pixels of its upper left corner, see `plates.fitted`; it may pass the
    180th meridian, and what lies north or south of the world is sea. `highlight` is the two
    letters of a country: land elsewhere is set aside in a greyer tone. `tiles` gives the base,
    for instance from a `TileStore`. At scale 2 symbols are twice as large, for a picture that is
    shown at half its size.

    Raises: ValueError for a zoom that is not 0 to 6, a theme, or a size not from 1 to 2048.
    """
    inks = INKS[check_theme(theme)]
    check_tile(z, 0, 0)
    if not (1 <= width <= LARGEST and 1 <= height <= LARGEST):
        raise ValueError(f"A plate is 1 to {LARGEST} pixels wide and high")
    base = _pasted(z, x0, y0, width, height, theme, tiles)
    picture = base.convert("RGB")
    if highlight:
        window = Window(x0, y0, width, height)
        mine = land_mask(layers(z, window), window, polygons_of(highlight))
        picture = Image.composite(picture, greyed(base, theme), mine)
    draw_marks(picture, place_marks(marks, width, height, scale=scale), inks, scale=scale)
    return png(picture, theme)


def _pasted(
    z: int, x0: int, y0: int, width: int, height: int, theme: Theme, tiles: Tiles
) -> Image.Image:
    """The tiles under a window, put together, in the palette."""
    base = reduced(Image.new("RGB", (width, height), INKS[theme].sea), theme)
    count = 1 << z
    for row in range(max(y0 // TILE, 0), min((y0 + height - 1) // TILE, count - 1) + 1):
        for column in range(x0 // TILE, (x0 + width - 1) // TILE + 1):
            with Image.open(BytesIO(tiles(z, column % count, row, theme))) as one:
                base.paste(one, (column * TILE - x0, row * TILE - y0))
    return base
