"""Programs as the API tells them: the same fields in a list, on their own and in exports."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from directory.queries.freshness import dated, freshness_on
from directory.queries.program_rows import ProgramRow

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
    "facilities",
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


def program_document(row: ProgramRow, today: dt.date) -> dict[str, Any]:
    """One program. Degrees of WGS 84; a partial date is the part of ISO 8601 that is known.

    `summary` is the summary in `language_shown`: the language of the name where there is one in
    it, else English, else any. Without a summary `language_shown` is that of the name.
    """
    said: dict[str, Any] = {name: row[name] for name in _AS_THEY_ARE}
    language = language_shown(row)
    said["summary"] = row["summaries"].get(language, "")
    said["language_shown"] = language
    said["country"] = row["country__iso2"]
    said["region"] = row["admin1"]
    said["point"] = point_of(row)
    said["organization"] = _organization(row)
    said["origin"] = origin_of(row, f"/programs/{row['slug']}/")
    said["source"] = source_of(row)
    said["freshness"] = freshness_on(
        dated(row["claim"], row["confirmed_on"], row["as_of"]), today
    ).value
    return said


def language_shown(row: ProgramRow) -> str:
    """The language of the summary that is shown, else of the name; empty where it is not known."""
    summaries: dict[str, str] = row["summaries"]
    own: str = row["name_language"]
    if not summaries or own in summaries:
        return own
    return "en" if "en" in summaries else next(iter(summaries))


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


def origin_of(row: dict[str, Any], path: str) -> dict[str, str]:
    """The node that answers for it, and its page there."""
    if row["origin__origin"]:
        return {"node": row["origin__origin"], "url": row["origin_url"]}
    return {"node": settings.PUBLIC_ORIGIN, "url": settings.PUBLIC_ORIGIN + path}


def gone_document(gone: dict[str, Any]) -> dict[str, Any]:
    """What a copy must hold no longer."""
    return {**gone, "removed": True}


def _organization(row: ProgramRow) -> dict[str, Any] | None:
    if row["organization_id"] is None:
        return None
    return {
        "id": row["organization_id"],
        "slug": row["organization__slug"],
        "name": row["organization__name"],
    }
