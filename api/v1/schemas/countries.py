"""Countries: one, a page of them, and one with who may visit there."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.access import EVENT_EXAMPLE, LAW_EXAMPLE
from api.v1.schemas.shapes import Schema, array, closed, ref, text, whole

COUNTRY = closed(
    "A country or territory of ISO 3166, and what is known of it.",
    {
        "iso2": common.COUNTRY,
        "iso3": text("Three letters of ISO 3166-1, or empty."),
        "names": ref("Texts", "Its names."),
        "region": text("The part of the world."),
        "subregion": text("The smaller part of the world."),
        "languages": array({"type": "string"}, "Languages of the country, BCP 47."),
        "programs": whole("How many programs are listed there.", minimum=0),
        "places": whole("How many places of detention are listed there.", minimum=0),
        "events": whole("How many entries of the ledger there are.", minimum=0),
        "right_to_visit": ref("CountryReading"),
        "updated_at": common.UPDATED,
    },
)

SCHEMAS: dict[str, Schema] = {
    "Country": COUNTRY,
    "CountryReading": closed(
        "One reading of one statement on a country as a whole; not to be shown without it.",
        {
            "reading": ref("RightToVisit"),
            "statement": text("The statement that was read."),
            "text_language": common.LANGUAGE,
            "source": common.source(),
        },
    ),
    "CountryPage": common.page("CountryPage", "Country", "A page of countries by their codes."),
    "CountryRules": closed(
        "Who may visit in a country, in law and in practice.",
        {
            "own": array(ref("LawStatement"), "Its own rules."),
            "union": array(ref("LawStatement"), "Rules of the European Union that hold in it."),
            "excepted": array({"type": "string"}, "Acts of the Union that do not bind it."),
        },
    ),
    "CountryDetail": common.extended(
        COUNTRY,
        "A country with who may visit there, and its part of the ledger.",
        {
            "access": ref("CountryRules"),
            "events": array(ref("AccessEvent"), "Its part of the ledger, newest first."),
        },
    ),
}

COUNTRY_EXAMPLE: dict[str, Any] = {
    "iso2": "FR",
    "iso3": "FRA",
    "names": {"en": "France", "es": "Francia"},
    "region": "Europe",
    "subregion": "Western Europe",
    "languages": ["fr"],
    "programs": 1,
    "places": 1,
    "events": 1,
    "right_to_visit": {
        "reading": "conditional",
        "statement": "Associations may visit with leave.",
        "text_language": "en",
        "source": common.SOURCE_EXAMPLE,
    },
    "updated_at": common.WHEN,
}
PAGE_EXAMPLE: dict[str, Any] = {"next": None, "previous": None, "results": [COUNTRY_EXAMPLE]}
DETAIL_EXAMPLE: dict[str, Any] = {
    **COUNTRY_EXAMPLE,
    "access": {"own": [LAW_EXAMPLE], "union": [], "excepted": []},
    "events": [EVENT_EXAMPLE],
}
