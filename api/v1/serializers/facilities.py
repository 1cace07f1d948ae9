"""Places of detention as the API tells them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.v1.serializers.exports import Documents, csv_lines
from directory.models import FacilityClaim, Listing
from directory.queries.facility_rows import FacilityRow
from directory.queries.program_documents import point_of, source_of

_AS_THEY_ARE = (
    "id",
    "slug",
    "name",
    "names",
    "locality",
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
    "updated_at",
    "version",
)
_CELLS = tuple(name for name in _AS_THEY_ARE if name != "names")
COLUMNS = (*_CELLS, "country", "region", "lat", "lon", "precision", "source_url", "as_of")


def facility_document(row: FacilityRow) -> dict[str, Any]:
    """One place, as the display rule shows it. Degrees of WGS 84."""
    said: dict[str, Any] = {name: row[name] for name in _AS_THEY_ARE}
    said["country"] = row["country__iso2"]
    said["region"] = row["admin1"]
    said["point"] = point_of(row)
    said["source"] = source_of(row)
    return said


def claim_document(claim: FacilityClaim) -> dict[str, Any]:
    """What one source or group says about a place; without an author it was imported."""
    return {
        "author": claim.author,
        "values": claim.values,
        "source": source_of({"source_url": claim.source_url, "as_of": claim.as_of}),
    }


def named(listing: Listing) -> dict[str, Any]:
    """A program by id, slug and name."""
    return {"id": listing.pk, "slug": listing.slug, "name": listing.name}


def csv_parts(parts: Documents) -> Iterator[bytes]:
    """The table, its columns named in the first row."""
    yield csv_lines([COLUMNS])
    for documents in parts:
        yield csv_lines(map(_cells, documents))


def _cells(document: dict[str, Any]) -> list[object]:
    point, source = document["point"] or {}, document["source"] or {}
    return [
        *(document[name] for name in _CELLS),
        document["country"],
        document["region"],
        point.get("lat"),
        point.get("lon"),
        point.get("precision"),
        source.get("url"),
        source.get("as_of"),
    ]
