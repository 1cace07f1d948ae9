"""`countries.csv`: countries and territories, their names, and the right to visit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from directory.actions.importing.cells import Cells
from directory.actions.importing.limits import limit
from directory.actions.importing.places import point_of
from directory.actions.importing.reader import Columns
from directory.actions.importing.report import RowRefusedError
from directory.actions.importing.simple import SimpleKind
from directory.enums import RightToVisit
from directory.enums.source_words import RIGHT_TO_VISIT
from directory.ids import row_id
from directory.models import Country

_NAMES = {"name_en": "en", "name_es": "es", "name_fr": "fr", "name_ar": "ar"}
_CODES = {
    "iso2": (re.compile(r"[A-Z]{2}"), "two capital letters, such as GB"),
    "iso3": (re.compile(r"(?:[A-Z]{3})?"), "three capital letters, such as GBR"),
    "iso_numeric": (re.compile(r"(?:\d{3})?", re.ASCII), "three digits, such as 826"),
}
LONGEST_NAME = 80


class Countries(SimpleKind[Country]):
    """One row a country; its key is the code of two letters."""

    name = "countries"
    model = Country
    columns = Columns(
        required=("iso2", "name_en"),
        known=(
            *_CODES,
            *_NAMES,
            "region",
            "subregion",
            "centroid_lat",
            "centroid_lon",
            "languages",
            "right_to_visit",
            "right_to_visit_statement",
            "right_to_visit_source",
            "right_to_visit_as_of",
            "source_url",
            "as_of",
            "text_language",
        ),
    )
    fields = (
        "iso3",
        "iso_numeric",
        "names",
        "region",
        "subregion",
        "latitude",
        "longitude",
        "languages",
        "right_to_visit",
        "right_source_value",
        "right_statement",
        "right_source_url",
        "right_as_of",
        "source_url",
        "as_of",
        "text_language",
    )

    def read(self, cells: Cells) -> Country:
        """The country of a row. Its source may be the name of a data set instead of an address."""
        codes = {column: _code(cells, column) for column in _CODES}
        right, word = cells.choice("right_to_visit", RIGHT_TO_VISIT, RightToVisit.UNKNOWN, 40)
        statement = cells.note("right_to_visit_statement")
        source = cells.address("right_to_visit_source")
        if right is not RightToVisit.UNKNOWN and not (statement and source):
            raise RowRefusedError(
                "right_to_visit needs right_to_visit_statement and right_to_visit_source: a "
                "reading is never shown without what it rests on."
            )
        point = point_of(cells, None, "centroid_lat", "centroid_lon")
        return Country(
            id=row_id("country", codes["iso2"]),
            **codes,
            names=_names(cells),
            region=cells.text("region", limit(Country, "region")),
            subregion=cells.text("subregion", limit(Country, "subregion")),
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
            languages=cells.languages("languages"),
            right_to_visit=right,
            right_source_value=word,
            right_statement=statement,
            right_source_url=source,
            right_as_of=cells.date("right_to_visit_as_of", past=True),
            source_url=cells.text("source_url", limit(Country, "source_url")),
            as_of=cells.date("as_of", past=True),
            text_language=cells.text_language(),
        )

    def keys_of(self, row: Country) -> tuple[str, ...]:
        """Its code."""
        return (row.iso2,)

    def existing(self, rows: Sequence[Country]) -> dict[str, Country]:
        """The countries that are there, by code."""
        found = Country.objects.filter(iso2__in=[row.iso2 for row in rows])
        return {country.iso2: country for country in found}


def _code(cells: Cells, column: str) -> str:
    pattern, form = _CODES[column]
    text = cells.text(column, LONGEST_NAME, required=column == "iso2")
    if not pattern.fullmatch(text):
        raise RowRefusedError(f"{column} is no code. Write {form}.")
    return text


def _names(cells: Cells) -> dict[str, str]:
    names = {
        language: cells.text(column, LONGEST_NAME, required=column == "name_en")
        for column, language in _NAMES.items()
    }
    return {language: name for language, name in names.items() if name}
