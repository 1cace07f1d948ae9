"""Programs as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.v1.serializers.exports import Documents, csv_lines

_AS_THEY_ARE = (
    "id",
    "slug",
    "name",
    "name_language",
    "summary",
    "language_shown",
    "country",
    "region",
    "locality",
    "website",
    "status",
    "claim",
    "organization_name",
    "network",
    "founded",
    "note",
    "confirmed_on",
    "freshness",
    "updated_at",
    "version",
    "languages",
    "services",
    "services_source",
    "withheld",
    "replaces",
)
COLUMNS = (
    *_AS_THEY_ARE,
    "lat",
    "lon",
    "precision",
    "facilities",
    "facility_slugs",
    "organization_slug",
    "contact_email",
    "contact_phone",
    "origin_node",
    "origin_url",
    "source_url",
    "as_of",
)


def csv_parts(parts: Documents) -> Iterator[bytes]:
    """The table, its columns named in the first row. Texts in one language: that shown."""
    yield csv_lines([COLUMNS])
    for documents in parts:
        yield csv_lines(map(_cells, documents))


def _cells(document: dict[str, Any]) -> list[object]:
    point, origin = document["point"] or {}, document["origin"]
    source, contact = document["source"] or {}, document["contact"]
    places = document["facilities"]
    return [
        *(document[name] for name in _AS_THEY_ARE),
        point.get("lat"),
        point.get("lon"),
        point.get("precision"),
        [place["name"] for place in places],
        [place["slug"] or "" for place in places],
        (document["organization"] or {}).get("slug"),
        contact.get("email"),
        contact.get("phone"),
        origin["node"],
        origin["url"],
        source.get("url"),
        source.get("as_of"),
    ]
