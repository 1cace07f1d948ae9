"""Forms that the objects of HSDS share: ids, small lists and pages."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, ref, text, truth, whole

HSDS = f"{common.ORIGIN_NODE}/hsds"
WHEN = "2026-06-01T09:30:00.000Z"
IN_FULL = "Left out of lists unless all is asked for."


def identifier(about: str) -> Schema:
    """A UUID."""
    return text(about, format="uuid")


def address(about: str) -> Schema:
    """A web address as RFC 3986 writes it."""
    return text(about, format="uri")


def with_fields(name: str, *fields: str, about: str = "") -> Schema:
    """The named schema where these fields, elsewhere optional, are always there."""
    return {**ref(name, about), "required": list(fields)}


def page(row: Schema, about: str) -> Schema:
    """A page of a list, with the numbers that HSDS puts before it."""
    return closed(
        about,
        {
            "total_items": whole("How many rows all pages have.", minimum=0),
            "total_pages": whole("How many pages there are.", minimum=0),
            "page_number": whole("Which page this is.", minimum=1),
            "size": whole("How many rows are on this page.", minimum=0, maximum=100),
            "first_page": truth("Whether no page is before this one."),
            "last_page": truth("Whether no page is after this one."),
            "empty": truth("Whether this page has no rows."),
            "contents": array(row, "The rows of this page.", maxItems=100),
        },
    )


def page_example(row: dict[str, Any]) -> dict[str, Any]:
    """The only page of a list with one row."""
    return {
        "total_items": 1,
        "total_pages": 1,
        "page_number": 1,
        "size": 1,
        "first_page": True,
        "last_page": True,
        "empty": False,
        "contents": [row],
    }
