"""A listing and the places it visits as one JSON document, made when it is written.

It holds what is the same every day on every node. How old it is and which node answers for it are
added when it is read.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from directory.models import Listing, ListingFacility
from network.serialization import json_bytes

# A new number makes every document anew at the next start.
DOCUMENT_VERSION = 1
_AS_THEY_ARE = (
    "id",
    "slug",
    "name",
    "name_language",
    "name_is_label",
    "names",
    "summaries",
    "descriptions",
    "how_to_join",
    "how_to_be_visited",
    "locality",
    "languages",
    "services",
    "services_source",
    "website",
    "contact",
    "status",
    "status_source_value",
    "capacity",
    "claim",
    "replaces",
    "organization_name",
    "network",
    "founded",
    "note",
    "text_language",
    "confirmed_on",
    "withheld",
    "updated_at",
    "version",
)
_COLUMNS = (
    *_AS_THEY_ARE,
    "admin1",
    "latitude",
    "longitude",
    "precision",
    "country__iso2",
    "organization_id",
    "organization__slug",
    "organization__name",
    "source_url",
    "as_of",
)


def documents_of(listings: QuerySet[Listing], **instead: Any) -> dict[str, str]:
    """The documents of listings by their slugs; `instead` stands for columns. Two queries.

    Degrees of WGS 84; moments in UTC; a partial date is the part of ISO 8601 that is known.
    """
    rows = [{**row, **instead} for row in listings.order_by().values(*_COLUMNS)]
    places = _places([row["id"] for row in rows])
    return {row["slug"]: _document(row, places[row["id"]]) for row in rows}


def point_of(row: dict[str, Any]) -> dict[str, Any] | None:
    """Where it is, as exactly as is known or shown; nothing where it has no point."""
    if row["latitude"] is None:
        return None
    return {"lat": row["latitude"], "lon": row["longitude"], "precision": row["precision"]}


def source_of(row: dict[str, Any]) -> dict[str, Any] | None:
    """Where it was read, and the date that the source shows; nothing where nobody repeats one."""
    if not row["source_url"]:
        return None
    return {"url": row["source_url"], "as_of": row["as_of"]}


def language_shown(row: dict[str, Any]) -> str:
    """The language of the summary that is shown, else of the name; empty where it is not known.

    The language of the name where there is a summary in it, else English, else any.
    """
    summaries: dict[str, str] = row["summaries"]
    own: str = row["name_language"]
    if not summaries or own in summaries:
        return own
    return "en" if "en" in summaries else next(iter(summaries))


def _document(row: dict[str, Any], places: list[dict[str, Any]]) -> str:
    said: dict[str, Any] = {name: row[name] for name in _AS_THEY_ARE}
    language = language_shown(row)
    said["language_shown"] = language
    said["summary"] = row["summaries"].get(language, "")
    said["country"] = row["country__iso2"]
    said["region"] = row["admin1"]
    said["point"] = point_of(row)
    said["facilities"] = places
    said["organization"] = _organization(row)
    said["source"] = source_of(row)
    return json_bytes(said).decode()


def _organization(row: dict[str, Any]) -> dict[str, Any] | None:
    if row["organization_id"] is None:
        return None
    return {
        "id": row["organization_id"],
        "slug": row["organization__slug"],
        "name": row["organization__name"],
    }


def _places(listings: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """The places each visits; one that is named and not matched has neither id nor slug."""
    places: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    visits = ListingFacility.objects.filter(listing__in=listings).order_by("position", "id")
    for listing, facility, slug, name in visits.values_list(
        "listing_id", "facility_id", "facility__slug", "name"
    ):
        places[listing].append({"id": facility, "slug": slug, "name": name})
    return places
