"""Points on the globe: as a reader writes them, how far apart they are, and boxes around them."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EARTH_KM = 6371.0088
"""The mean radius of the earth, of IUGG."""
HALF_WAY_KM = math.pi * EARTH_KM
MOST_LATITUDE = 90.0
MOST_LONGITUDE = 180.0
LONGEST = 100

_FORM = _("Write a latitude and a longitude in degrees, such as 48.2, 16.37.")
_RANGE = _("A latitude lies between -90 and 90, a longitude between -180 and 180.")
# What keyboards write for the signs: of Arabic, of the full width of East Asia, of typography.
_SIGNS = str.maketrans(
    {
        "\u066b": ".",
        "\u060c": ",",
        "\u061b": ";",
        "\u3001": ",",
        "\uff0c": ",",
        "\uff0e": ".",
        "\uff1b": ";",
        "\uff0b": "+",
        "\uff0d": "-",
        "\u2212": "-",
        "\u2013": "-",
        "\u00b0": "",
        "\u200e": "",
        "\u200f": "",
        "\u061c": "",
    }
)
_NUMBERS_ONLY = re.compile(r"(?=.*[,;])(?=.*\d)[\d\s.,;+-]+")
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
_WITH_COMMA = r"[+-]?\d+(?:[.,]\d*)?"
_NO_NUMBER = r"[+-]?(?:nan|inf|infinity)"
_FORMS = (
    re.compile(rf"({_NUMBER})\s*,\s*({_NUMBER})"),
    re.compile(rf"({_WITH_COMMA})\s*;\s*({_WITH_COMMA})"),
    re.compile(r"([+-]?\d+\.\d+)\s+([+-]?\d+\.\d+)"),
    re.compile(r"([+-]?\d+,\d+)\s+([+-]?\d+,\d+)"),
    re.compile(rf"({_NUMBER}|{_NO_NUMBER})\s*[,;]\s*({_NUMBER}|{_NO_NUMBER})"),
)


class PointError(ValueError):
    """What was written looks like a point and is none; `message` says to a reader what to write.

    `code` is `form` or `range`.
    """

    def __init__(self, code: str, message: str | Promise) -> None:
        """Keep both."""
        super().__init__(str(message))
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Point:
    """A point in degrees of WGS 84.

    Raises:
        PointError: `range`, where it is not on the globe or no finite number.
    """

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        """Refuse what is not on the globe."""
        if not (abs(self.latitude) <= MOST_LATITUDE and abs(self.longitude) <= MOST_LONGITUDE):
            raise PointError("range", _RANGE)


def parse_point(text: str) -> Point | None:
    """The point that a text writes as latitude and longitude; None where it is something else.

    Read are "48.2, 16.37" and "48.2 16.37"; "48,2; 16,37" and "48,2 16,37", where the comma is
    that of the decimals; signs of degrees; the digits and signs of Arabic and of East Asia. With
    one comma alone, as in "48,2", it separates. A single number, a date or a telephone number is
    no point.

    Raises:
        PointError: `form`, where it is made of numbers and commas and no pair; `range`, where it
            lies outside the globe or is no finite number.
    """
    if len(text) > LONGEST:
        return None
    plain = "".join(map(_digit, text)).translate(_SIGNS).strip().lower()
    for form in _FORMS:
        if found := form.fullmatch(plain):
            latitude, longitude = (float(part.replace(",", ".")) for part in found.groups())
            return Point(latitude + 0.0, longitude + 0.0)
    if _NUMBERS_ONLY.fullmatch(plain):
        raise PointError("form", _FORM)
    return None


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def kilometres(one: Point, other: Point) -> float:
    """The distance of two points along a great circle of a globe; off by at most 0.6 percent."""
    return arc_km(one.latitude, one.longitude, other.latitude, other.longitude)


def arc_km(latitude: float, longitude: float, latitude2: float, longitude2: float) -> float:
    """As `kilometres`, for coordinates that are not made into points. The haversine formula."""
    lat, lat2 = math.radians(latitude), math.radians(latitude2)
    half = (
        math.sin((lat2 - lat) / 2) ** 2
        + math.cos(lat) * math.cos(lat2) * math.sin(math.radians(longitude2 - longitude) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def box_around(point: Point, km: float) -> Q:
    """The condition that a row's point lies in a box around everything within that distance.

    A box that reaches over 180 degrees goes on at the other side; one that holds a pole holds
    every longitude.
    """
    arc = km / EARTH_KM
    # A little wider than it need be: a row on the edge must not fall to a rounding.
    reach = math.degrees(arc) + 1e-6
    south, north = point.latitude - reach, point.latitude + reach
    box = Q(latitude__gte=max(south, -MOST_LATITUDE), latitude__lte=min(north, MOST_LATITUDE))
    if south <= -MOST_LATITUDE or north >= MOST_LATITUDE:
        return box
    sine = math.sin(arc) / math.cos(math.radians(point.latitude))
    if sine >= 1:
        return box
    return box & _longitudes(point.longitude, math.degrees(math.asin(sine)) + 1e-6)


def _longitudes(middle: float, reach: float) -> Q:
    west, east = middle - reach, middle + reach
    if west < -MOST_LONGITUDE:
        return Q(longitude__gte=west + 360) | Q(longitude__lte=east)
    if east > MOST_LONGITUDE:
        return Q(longitude__gte=west) | Q(longitude__lte=east - 360)
    return Q(longitude__gte=west, longitude__lte=east)
