"""The name of a town in a reader's language, as far as that is honestly known.

Two sources. Unicode CLDR names about 400 towns in each language, those that time zones are called
after; these are used as they are. GeoNames, as it is bundled, does not say of which language a
name is: in Latin letters nothing can be made of that, but a name in letters that Arabic writes,
and none that only Persian, Urdu, Kurdish or Uyghur write, can be read by a reader of Arabic. Where
there are several, the one that is spelt most fully is taken; it need not be the most usual one.
Where neither source has a name, the main name stays.
"""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from directory.actions.gazetteer.source import Town
from directory.queries.place_key import place_key

_ARABIC_LETTERS = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ")
_CAREFUL = frozenset("أإآؤئة")
# Alef maksura within a word and hamza on a tooth at its head are not written in Arabic.
_NOT_ARABIC = re.compile(r"ى(?!$| )|(?:^| )ئ")
# City of, province of, island of, emirate of: another thing, or more than the name.
_MORE_THAN_NAME = re.compile(r"(?:مدينة|ولاية|محافظة|جزيرة|إمارة) ")


def names_of(town: Town, languages: tuple[str, ...]) -> dict[str, str]:
    """The names of a town by language, where one is known that differs from the main name."""
    zone = town.zone if _zone_key(town.zone) == place_key(town.name) else ""
    names = {}
    for language in languages:
        name = _cities_of_zones(language).get(zone, "") or _readable(town, language)
        if name and name != town.name:
            names[language] = name
    return names


@cache
def _zone_key(zone: str) -> str:
    """The key of the town that a time zone is called after."""
    tail = zone.rpartition("/")[2].replace("_", " ")
    return place_key(_cities_of_zones("en").get(zone, tail))


@cache
def _cities_of_zones(language: str) -> dict[str, str]:
    zones = Locale.parse(language, sep="-").time_zones
    return {zone: entry["city"] for zone, entry in zones.items() if "city" in entry}


def _readable(town: Town, language: str) -> str:
    """The name in the letters of the language, where these tell the language well enough."""
    if language != "ar":
        return ""
    found = [name for name in town.others if name and _ARABIC_LETTERS.issuperset(name)]
    found = [n for n in found if not _NOT_ARABIC.search(n) and not _MORE_THAN_NAME.match(n)]
    return max(found, key=_fullness, default="")


def _fullness(name: str) -> tuple[bool, int, int, str]:
    careful = sum(char in _CAREFUL for char in name)
    return name.startswith("ال"), careful, len(name), name
