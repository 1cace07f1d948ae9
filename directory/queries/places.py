"""Places by the name that a reader types, in any script.

The towns are those of GeoNames in a table of ours, the others what the directory itself knows.
Nobody else is asked.
"""

from __future__ import annotations

from directory.queries.known_places import known_places
from directory.queries.place_found import PlaceFound
from directory.queries.place_lookup import PlaceLookup
from directory.queries.place_question import readings_of

SHOWN = 8
MOST_SHOWN = 50


def places_named(
    text: str, *, country: str = "", language: str = "en", limit: int = SHOWN
) -> list[PlaceFound]:
    """The places that a name may mean, the likeliest first; none where none is known.

    A name that is equal comes before one that only begins so, and what is equal in this order:
    a town that its country is called after, the country, other towns by population, towns that
    only the directory names, places of detention. "Paris, Texas", "Paris US" and "Paris France"
    narrow. Where nothing is found at all, names one typing error away are. `country`, an ISO
    code, leaves only places in it.

    Three queries: what the directory knows, names that are equal, names that begin so. One less
    where enough are equal; up to two more where nothing is found; four more where a country, a
    listing or a place of detention has changed since the last question.
    """
    known = known_places()
    readings = readings_of(text, known.codes)
    limit = min(limit, MOST_SHOWN)
    if not readings or limit < 1 or not _is_code(country):
        return []
    lookup = PlaceLookup(known, country, language)
    found = lookup.equal(readings)
    if len(found) < limit:
        found += lookup.begun(readings[0], limit)
    if not found and len(readings) > 1:
        found = lookup.begun(readings[1], limit)
    if not found:
        found = lookup.close(readings, limit)
    return list(dict.fromkeys(found))[:limit]


def _is_code(country: str) -> bool:
    """Whether it can be a code of a country, or none is given."""
    return not country or (country.isascii() and country.isalpha())
