"""The atlas on the first page: the world with its squares, each a part of the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.enums import Precision
from directory.queries.boxes import WORLD, Box
from directory.queries.map_clusters import Cluster
from directory.queries.map_clusters import apart as stand_apart
from directory.queries.map_pyramid import Pyramid
from directory.queries.map_spots import Spot
from frontend.atlas.squares import FIGURES, LETTERS, Square, picture_size
from frontend.map_words import apart
from frontend.pictures import Picture, Point, world_picture
from frontend.templatetags.atlas import comma
from frontend.templatetags.gazetteer import joined

TOWNS = 3
# The zooms of the web's map that are about as large as the two drawings of the atlas.
WIDE_ZOOM, NARROW_ZOOM = 2, 1
# The styles that put a square into its column and row.
COLUMNS = dict(zip(LETTERS, ("ca", "cb", "cc", "cd", "ce", "cf", "cg", "ch"), strict=True))
ROWS = dict(zip(FIGURES, ("r1", "r2", "r3", "r4"), strict=True))
APART = 34


@dataclass(frozen=True, slots=True)
class SquareLink:
    """A square that holds programs: where it stands, its words, its part of the list."""

    name: str
    column: str
    row: str
    words: str
    bbox: str


@dataclass(frozen=True, slots=True)
class HomeMap:
    """The atlas for desk and phone, its squares, and how many programs name no town."""

    desk: Picture
    phone: Picture
    squares: tuple[SquareLink, ...]
    letters: str
    figures: str
    vague: int


def home_map(pyramid: Pyramid) -> HomeMap:
    """The atlas of all programs. No query."""
    placed = [spot for spot in pyramid.spots if not _is_vague(spot)]
    squares = tuple(link for name in _names() if (link := _link(Square(name), placed)))
    desk, phone = (
        world_picture(
            _marks(pyramid, WIDE_ZOOM if wide else NARROW_ZOOM),
            (),
            picture_size(wide=wide),
            wide=wide,
        )
        for wide in (True, False)
    )
    vague = sum(spot.count for spot in pyramid.spots if _is_vague(spot))
    return HomeMap(desk, phone, squares, LETTERS, FIGURES, vague)


def box_of(square: Square) -> Box:
    """The box of a square; its east is less than its west past the 180th meridian."""
    west, south, east, north = square.bbox
    return Box((west + 180) % 360 - 180, south, (east + 180) % 360 - 180, north)


def _names() -> Iterable[str]:
    return (letter + figure for figure in FIGURES for letter in LETTERS)


def _link(square: Square, spots: Iterable[Spot]) -> SquareLink | None:
    box = box_of(square)
    towns: dict[str, int] = defaultdict(int)
    count = 0
    for spot in spots:
        if box.holds(spot.latitude, spot.longitude):
            count += spot.count
            towns[spot.locality] += spot.count
    if not count:
        return None
    towns.pop("", None)
    first = sorted(towns, key=lambda town: (-towns[town], town))[:TOWNS]
    words = ngettext("{square}: {number} program", "{square}: {number} programs", count)
    said = words.format(square=square.name, number=count)
    if first:
        around = _("around {towns}").format(towns=joined([apart(town) for town in first]))
        said = f"{said}{comma()}{around}"
    return SquareLink(square.name, COLUMNS[square.name[0]], ROWS[square.name[1]], said, box.text())


def _marks(pyramid: Pyramid, zoom: int) -> list[Point]:
    found = [one for one in pyramid.within(WORLD, zoom) if not _is_vague(one)]
    return [
        (one.longitude, one.latitude, "cluster", str(one.count))
        if one.count > 1
        else (one.longitude, one.latitude, "program", "")
        for one in stand_apart(found, zoom, APART)
    ]


def _is_vague(one: Spot | Cluster) -> bool:
    return one.precision == Precision.COUNTRY
