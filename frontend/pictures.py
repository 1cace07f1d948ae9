"""Pictures of the map that pages show: what is on one stands in its address, signed.

An address carries the whole picture, so drawing it asks no database, it agrees with the page that
named it, and one file serves all languages. Only what this node signed is drawn: nobody else can
make it draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cachetools import LRUCache
from django.conf import settings
from django.core import signing

from frontend.atlas.drawing import plate, world
from frontend.atlas.marks import Kind, Mark
from frontend.atlas.palette import Theme
from frontend.atlas.plates import View
from frontend.atlas.squares import Square, world_point
from frontend.atlas.store import TileStore

SALT = "map.picture"
# Without a language: there is no word in a picture.
ADDRESS = "/map/picture/{}.png"
LONGEST = 12_000
KEPT_BYTES = 4 * 1024 * 1024
DECIMALS = 4
Point = tuple[float, float, Kind, str]

# Without a time: the same picture has the same address, and is kept under it.
signer = signing.Signer(salt=SALT)
tiles = TileStore(settings.DATA_DIR / "map")
_kept: LRUCache[tuple[str, Theme], bytes] = LRUCache(KEPT_BYTES, getsizeof=len)
_lock, _drawing = Lock(), Lock()


class NoSuchPictureError(Exception):
    """An address that this node did not make."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a picture is found by day and by lamp, and how large it is in pixels."""

    light: str
    dark: str
    width: int
    height: int


def plate_picture(
    view: View, points: Sequence[Point], *, highlight: str = "", scale: int = 1
) -> Picture:
    """A window of the map with marks at places: longitude, latitude, kind, figures."""
    spec = {
        "v": [view.z, view.x0, view.y0, view.width, view.height, scale],
        "h": highlight,
        "m": _rounded(points),
    }
    return _picture(spec, view.width // scale, view.height // scale)


def world_picture(
    points: Sequence[Point], squares: Sequence[str], size: tuple[int, int], *, wide: bool
) -> Picture:
    """The world atlas with marks, and the names of some squares."""
    spec = {"w": int(wide), "q": list(squares), "m": _rounded(points)}
    return _picture(spec, *size)


def draw(token: str, theme: Theme) -> bytes:
    """The picture that an address names, as PNG.

    Raises:
        NoSuchPictureError: this node did not sign it.
    """
    if len(token) > LONGEST:
        raise NoSuchPictureError("too long")
    key = (token, theme)
    with _lock:
        if (found := _kept.get(key)) is not None:
            return found
    try:
        spec = signer.unsign_object(token)
    except signing.BadSignature as error:
        raise NoSuchPictureError("not signed here") from error
    # One at a time: pages are answered meanwhile, however many pictures are asked for.
    with _drawing:
        with _lock:
            if (found := _kept.get(key)) is not None:
                return found
        picture = _drawn(spec, theme)
    with _lock:
        if len(picture) <= KEPT_BYTES:
            _kept[key] = picture
    return picture


def _rounded(points: Sequence[Point]) -> list[Any]:
    return [
        [round(lon, DECIMALS), round(lat, DECIMALS), kind, text] for lon, lat, kind, text in points
    ]


def _picture(spec: dict[str, Any], width: int, height: int) -> Picture:
    token = signer.sign_object(spec, compress=True)
    return Picture(
        f"{ADDRESS.format('light')}?p={token}",
        f"{ADDRESS.format('dark')}?p={token}",
        width,
        height,
    )


def _drawn(spec: dict[str, Any], theme: Theme) -> bytes:
    if "w" in spec:
        wide = bool(spec["w"])
        marks = [
            Mark(*world_point(lon, lat, wide=wide), kind, text)
            for lon, lat, kind, text in spec["m"]
        ]
        return world(theme, wide=wide, marks=marks, squares=[Square(name) for name in spec["q"]])
    z, x0, y0, width, height, scale = spec["v"]
    view = View(z, x0, y0, width, height)
    marks = [Mark(*view.point(lon, lat), kind, text) for lon, lat, kind, text in spec["m"]]
    return plate(
        z,
        x0,
        y0,
        width,
        height,
        theme,
        marks,
        highlight=spec["h"],
        tiles=tiles.tile,
        scale=scale,
    )
