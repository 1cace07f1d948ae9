"""What stands between a coalition and the organizations that belong to it, or are asked to."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, closed, or_null, ref, text

SCHEMAS: dict[str, Schema] = {
    "CoalitionTie": closed(
        "A membership of an organization in a coalition, or an ask that is not answered yet.",
        {
            "id": common.UUID,
            "state": text(
                "`incoming` waits for your answer, `asked` for theirs; `agreed` is public.",
                enum=["incoming", "asked", "agreed", "refused", "ended"],
            ),
            "side": text(
                "On which side your organization stands.", enum=["coalition", "organization"]
            ),
            "other": or_null(
                ref("OrganizationReference"), "The other side; null while it is not public."
            ),
            "created_at": common.MOMENT,
            "agreed_at": or_null(
                text("Since when they belong together, in UTC.", format="date-time"),
                "Null where that was not agreed.",
            ),
        },
    ),
    "CoalitionTiePage": common.page(
        "CoalitionTiePage", "CoalitionTie", "A page of memberships and asks, the oldest first."
    ),
    "CoalitionAsk": closed(
        "Whom to ask.",
        {
            "organization": text(
                "The slug of a public organization of this node: a coalition, or, where your own "
                "is a coalition, the organization that is invited.",
                maxLength=160,
            )
        },
    ),
}

TIE: dict[str, Any] = {
    "id": "7f0c5b52-6a37-4a55-9a3e-0c4c8a8e5d11",
    "state": "agreed",
    "side": "organization",
    "other": {
        "id": "b8a2c1de-4a0f-4df5-8d5a-6c1b2f6f9a10",
        "slug": "union-of-visitors",
        "name": "Union of Visitors",
    },
    "created_at": common.WHEN,
    "agreed_at": common.WHEN,
}
ASK: dict[str, Any] = {"organization": "union-of-visitors"}


def page_of(row: dict[str, Any]) -> dict[str, Any]:
    """A page with this row."""
    return {"next": None, "previous": None, "results": [row]}
