"""How a test looks at a picture."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from frontend.atlas.palette import INKS
from frontend.atlas.projections import mercator


def opened(data: bytes) -> Image.Image:
    """The picture in colour."""
    return Image.open(BytesIO(data)).convert("RGB")


def colours(data: bytes) -> set[tuple[int, int, int]]:
    """The colours that occur."""
    return {found for _count, found in opened(data).getcolors(1 << 20)}


def seas(theme: str) -> set[tuple[int, int, int]]:
    """The colours of open water: the sea and the lines on it."""
    return {INKS[theme].sea, INKS[theme].square}


def around(picture: Image.Image, x: float, y: float, reach: int) -> set[tuple[int, int, int]]:
    """The colours in a small box."""
    return {
        picture.getpixel((column, row))
        for column in range(max(0, round(x) - reach), min(picture.width, round(x) + reach + 1))
        for row in range(max(0, round(y) - reach), min(picture.height, round(y) + reach + 1))
    }


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int, float, float]:
    """The tile in which a place lies, and the place in it."""
    x, y = mercator(lon, lat, z)
    return int(x // 256), int(y // 256), x % 256, y % 256
