"""Places of detention as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from directory.models import Facility
from directory.queries.facilities import listed_facilities

FacilityRow = dict[str, Any]
COLUMNS = (
    "id",
    "slug",
    "name",
    "names",
    "country__iso2",
    "admin1",
    "locality",
    "latitude",
    "longitude",
    "precision",
    "kind",
    "kind_source_value",
    "setting",
    "operator",
    "operator_kind",
    "custodial_authority",
    "population",
    "capacity",
    "status",
    "status_source_value",
    "note",
    "text_language",
    "licence",
    "source_url",
    "as_of",
    "updated_at",
    "version",
)


def facility_rows(found: QuerySet[Facility]) -> QuerySet[Facility, FacilityRow]:
    """All that the public reads of places, as values."""
    rows: QuerySet[Facility, FacilityRow] = found.values(*COLUMNS)
    return rows


def facility_rows_by_id(ids: Sequence[UUID]) -> list[FacilityRow]:
    """The rows of these places in the order of their ids. One query."""
    found = facility_rows(listed_facilities().filter(pk__in=ids).order_by())
    rows = {row["id"]: row for row in found}
    return [rows[one] for one in ids if one in rows]


def facility_slices(found: QuerySet[Facility], size: int) -> Iterator[list[FacilityRow]]:
    """All places found, in slices by slug; one query each."""
    last = ""
    while True:
        some = list(facility_rows(found.filter(slug__gt=last)).order_by("slug")[:size])
        if some:
            yield some
        if len(some) < size:
            return
        last = some[-1]["slug"]
