"""Oneself: the person of a token, their roles, and what the token is for."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, or_null, ref, text

SCHEMAS: dict[str, Schema] = {
    "HeldRole": closed(
        "A role in one organization.",
        {
            "organization": ref("OrganizationReference"),
            "role": ref("Role", "The role that was given."),
            "effective_role": or_null(
                ref("Role"), "The role that counts at present; null where none does."
            ),
        },
    ),
    "Me": closed(
        "The person of a token.",
        {
            "person": closed(
                "The person.",
                {
                    "id": common.UUID,
                    "display_name": text("The name that colleagues see."),
                    "email": text("The address of the account.", format="email"),
                    "language": text("The language of the account, BCP 47."),
                    "time_zone": text("The time zone, by its name in the database of IANA."),
                },
            ),
            "memberships": array(ref("HeldRole"), "Every role, in every organization."),
            "organization": text("The slug of the one organization that the token opens."),
            "scopes": array(ref("Scope"), "What the token is for."),
            "expires_at": common.MOMENT,
        },
    ),
}

EXAMPLE: dict[str, Any] = {
    "person": {
        "id": "7d1f3a52-0c1b-4e55-9a57-5b0f6a1c2d33",
        "display_name": "Amara",
        "email": "amara@example.org",
        "language": "en",
        "time_zone": "Europe/London",
    },
    "memberships": [
        {
            "organization": {
                "id": common.ORGANIZATION_ID,
                "slug": "harbour-visitors",
                "name": "Harbour Visitors",
            },
            "role": "coordinator",
            "effective_role": "coordinator",
        }
    ],
    "organization": "harbour-visitors",
    "scopes": ["directory:read"],
    "expires_at": common.WHEN,
}
