"""Organizations: one, a page of them, and one with its programs."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, or_null, ref, text

ORGANIZATION = closed(
    "An organization that has published a card.",
    {
        "id": common.UUID,
        "slug": common.SLUG,
        "name": text("Its name."),
        "names": ref("Texts", "Its names in other languages."),
        "country": common.COUNTRY,
        "kind": ref("OrganizationKind"),
        "languages": array({"type": "string"}, "Languages spoken, BCP 47."),
        "website": text("Its website; empty where none is known."),
        "coalitions": array(ref("OrganizationReference"), "The coalitions that it belongs to."),
        "verified_since": or_null(
            common.DAY, "Since when it is verified here; null where it is not."
        ),
        "verified_by": text("How it was verified."),
        "origin": ref("Origin"),
        "updated_at": common.UPDATED,
        "version": common.VERSION,
    },
)

SCHEMAS: dict[str, Schema] = {
    "Organization": ORGANIZATION,
    "OrganizationPage": common.page(
        "OrganizationPage", "Organization", "A page of organizations by name."
    ),
    "OrganizationDetail": common.extended(
        ORGANIZATION,
        "An organization with its programs; a coalition with those of its members too.",
        {
            "programs": array(ref("ProgramReference"), "Its programs by name, at most 100."),
            "members": array(
                ref("OrganizationReference"),
                "Of a coalition the organizations that belong to it, by name, at most 100; of "
                "others none.",
            ),
        },
    ),
}

ORGANIZATION_EXAMPLE: dict[str, Any] = {
    "id": common.ORGANIZATION_ID,
    "slug": "lakeside-visitors",
    "name": "Lakeside Visitors",
    "names": {},
    "country": "FR",
    "kind": "program_operator",
    "languages": ["fr", "en"],
    "website": "https://visitors.example.org/",
    "coalitions": [],
    "verified_since": "2026-04-20",
    "verified_by": "a coalition that knows them",
    "updated_at": common.WHEN,
    "version": 1,
    "origin": {
        "node": common.ORIGIN_NODE,
        "url": f"{common.ORIGIN_NODE}/organizations/lakeside-visitors/",
    },
}
PAGE_EXAMPLE: dict[str, Any] = {"next": None, "previous": None, "results": [ORGANIZATION_EXAMPLE]}
DETAIL_EXAMPLE: dict[str, Any] = {
    **ORGANIZATION_EXAMPLE,
    "programs": [
        {
            "id": common.PROGRAM_ID,
            "slug": "fr-lakeside-visitors",
            "name": "Lakeside Visitors",
        }
    ],
    "members": [],
}
