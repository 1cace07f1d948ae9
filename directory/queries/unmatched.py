"""Programs that name a place which could not be matched with certainty to one that is listed."""

from __future__ import annotations

import re

from directory.models import Facility, Listing, ListingFacility
from directory.queries.import_facilities import GENERIC
from network.words.folding import fold

READ = 500
SHOWN = 20
MIN_LETTERS = 3
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc"))
# Words, folded, that many names of places share: what is left of a name is its core. More than
# the generic words that an import goes by, for nothing is matched here, only shown as unsure.
_COMMON = """
the and in des institution complex centru centrul centros centres za
migrants removals services closed staging reception residence adult
jail prison hmp correctional corrections custody custodial sheriff sheriffs permanencia
abschiebungshaft abschiebungshafteinrichtung abschiebegewahrsam gewahrsam
geri gonderme merkezi depot imigresen estacion migratoria forvaret strzezony osrodek 収容場
"""
COMMON = GENERIC | frozenset(_COMMON.split())


def listings_naming(facility: Facility) -> list[tuple[Listing, str]]:
    """Programs whose places are known by name only, where that name may mean this place.

    Each comes once, by name, with the words of its source; at most 20. A name may mean a place
    when it holds the place's town or the core of its name as whole words. One query.
    """
    wanted = [phrase for phrase in (core_of(facility.name), _words(facility.locality)) if phrase]
    wanted = [phrase for phrase in wanted if len(phrase) >= MIN_LETTERS]
    rows = ListingFacility.objects.filter(
        facility__isnull=True, listing__country=facility.country_id
    )
    rows = rows.select_related("listing").order_by("listing__name", "listing__slug", "position")
    found: dict[object, tuple[Listing, str]] = {}
    for visit in rows[:READ]:
        text = f" {_words(visit.name)} "
        if any(f" {phrase} " in text for phrase in wanted):
            found.setdefault(visit.listing_id, (visit.listing, visit.name))
    return list(found.values())[:SHOWN]


def core_of(name: str) -> str:
    """The folded words of a place's name without those that many places share and numbers."""
    words = _words(name).split()
    return " ".join(word for word in words if word not in COMMON and not word.isdigit())


def _words(text: str) -> str:
    """The folded words of a text without apostrophes, one space between."""
    return " ".join(WORD.findall(fold(text).translate(APOSTROPHES)))
