"""`visiting_rules.csv`: the rules for a visit that a source gives for one place."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from directory.actions.importing.cells import Cells
from directory.actions.importing.limits import limit
from directory.actions.importing.naming import named_in
from directory.actions.importing.places import Lands
from directory.actions.importing.reader import Columns
from directory.actions.importing.report import Report, RowRefusedError
from directory.actions.importing.simple import SimpleKind
from directory.enums import VisitorCategory, YesNo
from directory.enums.source_words import VISITOR_CATEGORY
from directory.ids import row_id
from directory.models import VisitingRule
from directory.queries.import_facilities import FacilityNames

LONGEST_ITEM = 80
_TEXTS = ("days_hours", "id_required", "contact_type", "minors", "transport")
_NUMBERS = ("booking_lead_hours", "max_visitors", "max_minutes")


class VisitingRules(SimpleKind[VisitingRule]):
    """One row a rule; its key is the place, the kind of visitor and the source."""

    name = "visiting_rules"
    model = VisitingRule
    columns = Columns(
        required=("facility_name", "country", "visitor_category", "source_url"),
        known=(
            "facility_slug",
            "facility_name",
            "country",
            "city",
            "visitor_category",
            "booking_required",
            *_TEXTS,
            *_NUMBERS,
            "items_barred",
            "languages",
            "source_url",
            "as_of",
            "note",
            "retrieved",
            "text_language",
        ),
    )
    fields = (
        "facility_id",
        "facility_name",
        "country_id",
        "locality",
        "category_source_value",
        "booking_required",
        *_TEXTS,
        *_NUMBERS,
        "items_barred",
        "languages",
        "note",
        "as_of",
        "retrieved",
        "text_language",
    )

    def __init__(self, report: Report) -> None:
        """Reads the countries and the names of all facilities."""
        super().__init__(report)
        self.lands = Lands()
        self.facilities = FacilityNames()

    def read(self, cells: Cells) -> VisitingRule:
        """The rule of a row."""
        land = self.lands.of(cells)
        place = named_in(cells, land, self.facilities)
        if not cells.raw("visitor_category"):
            raise RowRefusedError("visitor_category is empty. Write who visits, such as legal.")
        category, word = cells.choice(
            "visitor_category", VISITOR_CATEGORY, VisitorCategory.UNKNOWN
        )
        row = VisitingRule(
            facility_id=place.facility_id,
            facility_name=place.name,
            country_id=land.id,
            locality=cells.text("city", limit(VisitingRule, "locality")),
            visitor_category=category,
            category_source_value=word,
            booking_required=cells.choice("booking_required", {}, YesNo.UNKNOWN)[0],
            **{name: cells.text(name, limit(VisitingRule, name)) for name in _TEXTS},
            **{name: cells.number(name) for name in _NUMBERS},
            items_barred=cells.words("items_barred", LONGEST_ITEM),
            languages=cells.languages("languages"),
            note=cells.note("note"),
            source_url=cells.address("source_url", required=True),
            as_of=cells.date("as_of", past=True),
            retrieved=cells.day("retrieved"),
            text_language=cells.text_language(),
        )
        row.id = row_id("visiting_rule", f"{place.handle}|{category}|{row.source_url}")
        return row

    def keys_of(self, row: VisitingRule) -> tuple[str, ...]:
        """What the table holds once, and the id."""
        return (_key(row), str(row.pk))

    def existing(self, rows: Sequence[VisitingRule]) -> dict[str, VisitingRule]:
        """The rules of imports that are there, by both keys."""
        same = Q(
            facility_name__in={row.facility_name for row in rows},
            source_url__in={row.source_url for row in rows},
        )
        found = VisitingRule.objects.filter(same | Q(pk__in=[row.pk for row in rows]), author="")
        return {key: row for row in found for key in self.keys_of(row)}


def _key(row: VisitingRule) -> str:
    return f"{row.country_id}|{row.facility_name}|{row.visitor_category}|{row.source_url}"
