"""Countries and points: whether a row lies where it says."""

from __future__ import annotations

import math
from dataclasses import dataclass
from uuid import UUID

from directory.actions.importing.cells import Cells, plain, shown
from directory.actions.importing.report import ImportFileError, RowRefusedError
from directory.enums import Precision
from directory.enums.source_words import PRECISION
from directory.models import Country

MOST_LATITUDE = 90.0
MOST_LONGITUDE = 180.0
EARTH_KM = 6371.0
# A point is taken for swapped only where it lies far out and its mirror close by.
FAR_KM = 1500.0
NEAR_KM = 800.0
TIMES_FARTHER = 4.0
# Codes that people write for countries whose ISO code is another.
_MISTAKEN = {"UK": "GB", "EL": "GR", "EN": "GB"}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Land:
    """What an import needs of a country."""

    id: UUID
    iso2: str
    centre: Point | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A point as precisely as it may be kept; without coordinates the country is all."""

    latitude: float | None
    longitude: float | None
    precision: Precision


class Lands:
    """All countries by code, read once. One query.

    Raises:
        ImportFileError: there are none yet.
    """

    def __init__(self) -> None:
        self._by_code = {
            country.iso2: Land(
                country.pk,
                country.iso2,
                _point(country.latitude, country.longitude),
                tuple(country.names.values()),
            )
            for country in Country.objects.all()
        }
        if not self._by_code:
            raise ImportFileError(
                "There are no countries yet. Import them first: "
                "manage.py import_countries directory/sample/countries.csv"
            )

    def by_code(self, code: str) -> Land:
        """The country of a code that was checked before."""
        return self._by_code[code]

    def of(self, cells: Cells, column: str = "country") -> Land:
        """The country that a row names.

        Raises:
            RowRefusedError: no code, or one of no country.
        """
        code = cells.text(column, 40)
        land = self._by_code.get(code)
        if land is not None:
            return land
        if not code:
            raise RowRefusedError(f"{column} is empty. Write its ISO code of two letters.")
        meant = _MISTAKEN.get(code.upper(), code.upper())
        hint = f"write {meant}" if meant in self._by_code else "write two letters, such as GB"
        raise RowRefusedError(f'{column} "{shown(code)}" is no ISO code of a country: {hint}.')


def point_of(cells: Cells, land: Land | None, latitude: str, longitude: str) -> Point | None:
    """The point in two columns, or none where both are empty.

    Raises:
        RowRefusedError: one is empty, no number, out of range, 0 and 0, or they seem swapped.
    """
    texts = cells.raw(latitude), cells.raw(longitude)
    if texts == ("", ""):
        return None
    if "" in texts:
        empty, there = (latitude, longitude) if not texts[0] else (longitude, latitude)
        raise RowRefusedError(f"{there} is given without {empty}. Give both or neither.")
    point = _degrees(latitude, texts[0]), _degrees(longitude, texts[1])
    _check_range(point, latitude, longitude)
    if point == (0.0, 0.0):
        raise RowRefusedError(
            f"{latitude} and {longitude} are both 0, which is in the sea. Leave both empty where "
            "the place is not known."
        )
    if land is not None and land.centre is not None and _looks_swapped(point, land.centre):
        raise RowRefusedError(
            f"{latitude} and {longitude} look swapped: the point lies far from {land.iso2}, its "
            "mirror within it."
        )
    return point


def spot_of(cells: Cells, land: Land, *, exact_allowed: bool) -> Spot:
    """The point of a row, coarsened unless a place may be shown exactly.

    A town's centre stays as given. Whatever is finer, only about right, or has no word that says
    how fine it is, is snapped to a grid of a tenth of a degree.
    """
    point = point_of(cells, land, "lat", "lon")
    word = cells.text("precision", 40)
    precision, _word = cells.choice("precision", PRECISION, Precision.GRID)
    if point is None or precision in (Precision.COUNTRY, Precision.WITHHELD):
        withheld = precision is Precision.WITHHELD
        return Spot(None, None, Precision.WITHHELD if withheld else Precision.COUNTRY)
    if precision is Precision.EXACT and not exact_allowed:
        precision = Precision.GRID
    if precision is Precision.REGION:
        return Spot(round(point[0], 1), round(point[1], 1), Precision.REGION)
    if precision is Precision.GRID or not word:
        return Spot(round(point[0], 1), round(point[1], 1), Precision.GRID)
    return Spot(*point, precision)


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


def _degrees(column: str, text: str) -> float:
    plain(column, text)
    try:
        number = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise RowRefusedError(
            f'{column} "{shown(text)}" is no number. Write degrees with a point, such as 51.5072.'
        )
    return number


def _check_range(point: Point, latitude: str, longitude: str) -> None:
    lat, lon = point
    if abs(lat) > MOST_LATITUDE and abs(lat) <= MOST_LONGITUDE and abs(lon) <= MOST_LATITUDE:
        raise RowRefusedError(
            f"{latitude} {lat:g} is out of range and {longitude} {lon:g} is not: they look "
            "swapped. Latitude is the one from -90 to 90."
        )
    if abs(lat) > MOST_LATITUDE:
        raise RowRefusedError(f"{latitude} {lat:g} is out of range: from -90 to 90.")
    if abs(lon) > MOST_LONGITUDE:
        raise RowRefusedError(f"{longitude} {lon:g} is out of range: from -180 to 180.")


def _looks_swapped(point: Point, centre: Point) -> bool:
    mirror = point[1], point[0]
    if abs(mirror[0]) > MOST_LATITUDE:
        return False
    there, here = _kilometres(point, centre), _kilometres(mirror, centre)
    return there > FAR_KM and here < NEAR_KM and there > TIMES_FARTHER * here


def _kilometres(one: Point, other: Point) -> float:
    """The distance on a globe."""
    lat, lat2 = math.radians(one[0]), math.radians(other[0])
    half = (
        math.sin((lat2 - lat) / 2) ** 2
        + math.cos(lat) * math.cos(lat2) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
