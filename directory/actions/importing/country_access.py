"""`country_access.csv`: who may visit in a country, in law and in practice."""

from __future__ import annotations

from collections.abc import Sequence

from directory.actions.importing.cells import Cells
from directory.actions.importing.limits import limit
from directory.actions.importing.places import Lands
from directory.actions.importing.reader import Columns
from directory.actions.importing.report import Report, RowRefusedError
from directory.actions.importing.simple import SimpleKind
from directory.enums import Confidence, Practice, RightInLaw, VisitorCategory
from directory.enums.source_words import VISITOR_CATEGORY
from directory.enums.union import UNION
from directory.ids import row_id
from directory.models import CountryAccess


class CountryAccessRules(SimpleKind[CountryAccess]):
    """One row a statement; its key is whose law, which visitor and which source."""

    name = "country_access"
    model = CountryAccess
    columns = Columns(
        required=("country", "visitor_category", "statement", "source_url"),
        known=(
            "country",
            "visitor_category",
            "right_in_law",
            "legal_basis",
            "legal_basis_date",
            "authorisation_needed",
            "practice",
            "statement",
            "source_url",
            "as_of",
            "confidence",
            "retrieved",
            "text_language",
        ),
    )
    fields = (
        "category_source_value",
        "right_in_law",
        "law_source_value",
        "legal_basis",
        "legal_basis_date",
        "authorisation_needed",
        "practice",
        "practice_source_value",
        "statement",
        "confidence",
        "as_of",
        "retrieved",
        "text_language",
    )

    def __init__(self, report: Report) -> None:
        """Reads the countries."""
        super().__init__(report)
        self.lands = Lands()

    def read(self, cells: Cells) -> CountryAccess:
        """The statement of a row. `EU` stands for Union law."""
        union = cells.raw("country") == UNION
        jurisdiction = UNION if union else self.lands.of(cells).iso2
        if not cells.raw("visitor_category"):
            raise RowRefusedError("visitor_category is empty. Write who visits, such as legal.")
        category, category_word = cells.choice(
            "visitor_category", VISITOR_CATEGORY, VisitorCategory.UNKNOWN
        )
        law, law_word = cells.choice("right_in_law", {}, RightInLaw.UNKNOWN)
        practice, practice_word = cells.choice("practice", {}, Practice.UNKNOWN)
        row = CountryAccess(
            jurisdiction=jurisdiction,
            visitor_category=category,
            category_source_value=category_word,
            right_in_law=law,
            law_source_value=law_word,
            legal_basis=cells.text("legal_basis", limit(CountryAccess, "legal_basis")),
            legal_basis_date=cells.date("legal_basis_date"),
            authorisation_needed=cells.text(
                "authorisation_needed", limit(CountryAccess, "authorisation_needed")
            ),
            practice=practice,
            practice_source_value=practice_word,
            statement=cells.note("statement", required=True),
            confidence=cells.strict_choice("confidence", Confidence.SINGLE),
            source_url=cells.address("source_url", required=True),
            as_of=cells.date("as_of", past=True),
            retrieved=cells.day("retrieved"),
            text_language=cells.text_language(),
        )
        row.id = row_id("country_access", _key(row))
        return row

    def keys_of(self, row: CountryAccess) -> tuple[str, ...]:
        """Whose law, which visitor, which source."""
        return (_key(row),)

    def existing(self, rows: Sequence[CountryAccess]) -> dict[str, CountryAccess]:
        """The statements that are there, by key."""
        found = CountryAccess.objects.filter(
            jurisdiction__in={row.jurisdiction for row in rows},
            source_url__in={row.source_url for row in rows},
        )
        return {_key(row): row for row in found}


def _key(row: CountryAccess) -> str:
    return f"{row.jurisdiction}|{row.visitor_category}|{row.source_url}"
