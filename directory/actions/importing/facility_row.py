"""One row of `facilities.csv` as a claim about a place."""

from __future__ import annotations

from typing import Any

from directory.actions.importing.cells import Cells
from directory.actions.importing.limits import limit
from directory.actions.importing.places import Lands, Spot, spot_of
from directory.actions.importing.reader import Columns
from directory.actions.importing.report import RowRefusedError
from directory.enums import FacilityKind, FacilitySetting, FacilityStatus, OperatorKind
from directory.enums.source_words import OPERATOR_IS_PRIVATE, facility_kind, key_of
from directory.models import Facility, FacilityClaim

FACILITY_COLUMNS = Columns(
    required=("slug", "name", "country", "source_url"),
    known=(
        "slug",
        "name",
        "country",
        "admin1",
        "city",
        "lat",
        "lon",
        "precision",
        "kind",
        "operator",
        "operator_is_private",
        "status",
        "capacity",
        "source_url",
        "as_of",
        "as_of_basis",
        "retrieved",
        "licence",
        "redistributable",
        "notes",
        "text_language",
    ),
)


def facility_claim(cells: Cells, lands: Lands) -> tuple[str, FacilityClaim]:
    """The slug of a place and the claim of a row about it.

    Raises:
        RowRefusedError: it cannot be imported, or its source does not allow passing it on.
    """
    if key_of(cells.text("redistributable", 20)) == "no":
        raise RowRefusedError(
            "redistributable is no: the source does not allow passing this row on. Take it out."
        )
    slug = cells.slug("slug", limit(Facility, "slug"))
    land = lands.of(cells)
    spot = spot_of(cells, land, exact_allowed=True)
    claim = FacilityClaim(
        author="",
        values=_values(cells, land.iso2, spot),
        source_url=cells.address("source_url", required=True),
        as_of=cells.date("as_of", past=True),
        as_of_basis=cells.text("as_of_basis", limit(FacilityClaim, "as_of_basis")),
        retrieved=cells.day("retrieved"),
        text_language=cells.text_language(),
    )
    return slug, claim


def _values(cells: Cells, iso2: str, spot: Spot) -> dict[str, Any]:
    """What the row says, field by field; what it leaves open is not among it."""
    kind, setting = _kind(cells)
    status, status_word = cells.choice("status", {}, FacilityStatus.UNKNOWN)
    operator_kind, _word = cells.choice(
        "operator_is_private", OPERATOR_IS_PRIVATE, OperatorKind.UNKNOWN
    )
    return {
        "name": cells.text("name", limit(Facility, "name"), required=True),
        "country": iso2,
        "admin1": cells.text("admin1", limit(Facility, "admin1")),
        "locality": cells.text("city", limit(Facility, "locality")),
        "latitude": spot.latitude,
        "longitude": spot.longitude,
        "precision": spot.precision.value,
        "kind": kind.value,
        "kind_source_value": cells.text("kind", limit(Facility, "kind_source_value")),
        "setting": setting.value,
        "operator": cells.text("operator", limit(Facility, "operator")),
        "operator_kind": operator_kind.value,
        "capacity": cells.number("capacity"),
        "status": status.value,
        "status_source_value": status_word,
        "note": cells.note("notes"),
        "licence": cells.text("licence", limit(Facility, "licence")),
    }


def _kind(cells: Cells) -> tuple[FacilityKind, FacilitySetting]:
    word = cells.text("kind", limit(Facility, "kind_source_value"))
    kind, setting = facility_kind(word)
    is_open = kind is FacilityKind.UNKNOWN and setting is FacilitySetting.UNKNOWN
    if word and is_open and key_of(word) not in ("unknown", "listed_by_ice"):
        cells.report.meet("kind", word)
    return kind, setting
