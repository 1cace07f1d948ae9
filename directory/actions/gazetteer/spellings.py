"""Which names of a town are worth looking up."""

from __future__ import annotations

import re

from directory.actions.gazetteer.source import Town
from directory.models.gazetteer_name import MAX_FOLDED
from directory.queries.place_key import place_key

# Codes of airports, which are names of other towns as often as not: GAP, UFA, SAN.
_CODE = re.compile(r"[A-Z]{3}")
_LATIN = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]")


def spellings_of(town: Town) -> dict[str, bool]:
    """The keys under which a town is found; True for that of its main name.

    Left out are codes of airports, and what a machine wrote in Latin letters from another script
    ("li ang" for Lyon in Chinese), which nobody types: the list has it in small letters only.
    Names of every script stay, each once however it is accented.
    """
    main = place_key(town.name)
    keys = {main: True}
    for name in town.others:
        if not _CODE.fullmatch(name) and not _is_transliteration(name):
            keys.setdefault(place_key(name), False)
    return {key: is_main for key, is_main in keys.items() if 0 < len(key) <= MAX_FOLDED}


def _is_transliteration(name: str) -> bool:
    return name == name.lower() and _LATIN.search(name) is not None
