"""What a reader means by the name of a place: the name, and the country or region beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from directory.enums.regions import REGION_WORDS
from directory.queries.place_key import MAX_ASKED, asked_key, place_key

_COMMA = re.compile(r"[,;\u060c\u061b\u3001\uff0c]")
# No name of a country or region that people write after a town has more words.
MOST_WORDS = 6

Area = tuple[str, str]
"""A country and the code of a region in it; no region where all of the country is meant."""

_REGIONS: dict[str, frozenset[Area]] = {}
for _word, *_area in REGION_WORDS:
    _key = place_key(_word)
    _REGIONS[_key] = _REGIONS.get(_key, frozenset()) | {(_area[0], _area[1])}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question: the key of a name, and where it must lie; anywhere if empty."""

    key: str
    areas: frozenset[Area] = frozenset()

    def admits(self, country: str, region: str) -> bool:
        """Whether a place in that country and the region of that code is meant."""
        if not self.areas:
            return True
        return (country, "") in self.areas or (country, region) in self.areas


def readings_of(text: str, codes: Mapping[str, str]) -> list[Reading]:
    """The ways to read what was typed, the likeliest first; none where nothing was said.

    `codes` are the codes of countries by their names. "Paris, Texas" is read as Paris in Texas,
    "Paris Texas" as a name first and as Paris in Texas next. What stands after a comma and names
    no country or region is passed over.
    """
    whole = asked_key(text)
    if not whole:
        return []
    head, *rest = _COMMA.split(text[:MAX_ASKED])
    named = [areas for part in rest if (areas := _areas_of(place_key(part), codes))]
    key = place_key(head)
    if rest and key:
        readings = [Reading(whole), Reading(key, _common(named))]
        return list(dict.fromkeys(readings[::-1] if named else [*readings]))
    return [Reading(whole), *_with_last_words(whole.split(), codes)]


def _with_last_words(words: list[str], codes: Mapping[str, str]) -> list[Reading]:
    """The last words as a country or region, the longest that are one; "Paris Texas USA" too."""
    found: list[frozenset[Area]] = []
    while len(words) > 1:
        for size in range(min(MOST_WORDS, len(words) - 1), 0, -1):
            if areas := _areas_of(" ".join(words[-size:]), codes):
                found.append(areas)
                words = words[:-size]
                break
        else:
            break
    return [Reading(" ".join(words), _common(found[::-1]))] if found else []


def _areas_of(key: str, codes: Mapping[str, str]) -> frozenset[Area]:
    """What a word names: CA is California and Canada."""
    country = codes.get(key)
    return _REGIONS.get(key, frozenset()) | ({(country, "")} if country else frozenset())


def region_code(country: str, name: str) -> str:
    """The code of a region by its name or letters; empty where it is not known."""
    areas = _REGIONS.get(place_key(name), frozenset())
    return next((code for iso2, code in areas if iso2 == country), "")


def _common(found: list[frozenset[Area]]) -> frozenset[Area]:
    """Where all of them hold; where none does, the one nearest to the name."""
    if not found:
        return frozenset()
    common, *others = found
    for areas in others:
        narrower = {area for area in common if area in areas or (area[0], "") in areas}
        narrower |= {area for area in areas if (area[0], "") in common}
        common = frozenset(narrower) or common
    return common
