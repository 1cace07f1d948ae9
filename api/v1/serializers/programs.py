"""Programs as the API tells them: the same fields in a list, on their own and in exports."""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson
from django.conf import settings

from directory.queries.freshness import dated, freshness_on
from directory.queries.program_rows import ProgramRow
from network.serialization import json_bytes


def program_json(row: ProgramRow, today: dt.date, **more: Any) -> orjson.Fragment:
    """One program, as its document was written, with what differs by day and node at its end.

    `freshness` is counted today; `origin` is the node that answers for it, and its page there.
    """
    day = dated(row["claim"], row["confirmed_on"], row["as_of"])
    added = {
        "origin": origin_of(row, "programs"),
        "contact_form": contact_form_of(row),
        "freshness": freshness_on(day, today).value,
        **more,
    }
    document: str = row["document"]
    return orjson.Fragment(document[:-1].encode() + b"," + json_bytes(added)[1:])


def program_document(row: ProgramRow, today: dt.date) -> dict[str, Any]:
    """The same as values, for forms other than JSON."""
    document: dict[str, Any] = orjson.loads(json_bytes(program_json(row, today)))
    return document


def origin_of(row: dict[str, Any], pages: str) -> dict[str, str]:
    """The node that answers for it, and its page there, which here stands under `pages`."""
    if row["origin__origin"]:
        return {"node": row["origin__origin"], "url": row["origin_url"]}
    here: str = settings.PUBLIC_ORIGIN
    return {"node": here, "url": f"{here}/{pages}/{row['slug']}/"}


def contact_form_of(row: ProgramRow) -> str | None:
    """The page on which readers write to the group, where it wants that."""
    if not row["has_relay"]:
        return None
    return f"{settings.PUBLIC_ORIGIN}/programs/{row['slug']}/contact/"


def gone_document(gone: dict[str, Any]) -> dict[str, Any]:
    """What a copy must hold no longer."""
    return {**gone, "removed": True}
