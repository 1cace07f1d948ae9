"""Tokens of an organization."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, or_null, ref, text

SCHEMAS: dict[str, Schema] = {
    "Token": closed(
        "A token, without its text: that is shown once, when it is made.",
        {
            "id": common.UUID,
            "name": text("What its person calls it."),
            "prefix": text("Its first characters after `vnt_`.", minLength=6, maxLength=6),
            "scopes": array(ref("Scope"), "What it is for."),
            "person_id": text("Whose it is.", format="uuid"),
            "created_at": common.MOMENT,
            "expires_at": common.MOMENT,
            "revoked_at": or_null(common.MOMENT, "When it was ended; null where it was not."),
            "used_on": or_null(common.DAY, "The day of its last use; null before the first."),
        },
    ),
    "TokenPage": common.page("TokenPage", "Token", "A page of tokens, newest first."),
}

EXAMPLE: dict[str, Any] = {
    "id": "5d2c7a90-3f41-4a0e-8d2b-1b7c9e5f6a44",
    "name": "Web site of the group",
    "prefix": "q1Zr8x",
    "scopes": ["directory:read"],
    "person_id": "7d1f3a52-0c1b-4e55-9a57-5b0f6a1c2d33",
    "created_at": common.WHEN,
    "expires_at": "2026-08-30T09:30:00.000000Z",
    "revoked_at": None,
    "used_on": "2026-06-02",
}
PAGE_EXAMPLE: dict[str, Any] = {"next": None, "previous": None, "results": [EXAMPLE]}
