"""Programs: one, a page of them, and all of them as features or lines."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import (
    Schema,
    array,
    closed,
    number,
    opened,
    or_null,
    ref,
    text,
    truth,
)
from directory.enums.withholding import WITHHOLDABLE


def _texts(about: str) -> Schema:
    return ref("Texts", about)


PROGRAM = closed(
    "A program as the public reads it: the same fields in a list, on its own and in exports. What "
    "the group withholds is empty and named in `withheld`.",
    {
        "id": common.UUID,
        "slug": common.SLUG,
        "name": text("The name that the group or the source gives it."),
        "name_language": text("The language of `name`, BCP 47; empty where it is not known."),
        "name_is_label": truth("The source gave no name: this one was put together here."),
        "names": _texts("Its names in other languages."),
        "summary": text("The summary in `language_shown`; empty where there is none."),
        "summaries": _texts("What it does, in short."),
        "descriptions": _texts("What it does, at length."),
        "how_to_join": _texts("How to become a visitor."),
        "how_to_be_visited": _texts("How somebody who is held comes to be visited."),
        "language_shown": text(
            "The language of `summary`: that of the name, else English, else any. Without a "
            "summary that of the name."
        ),
        "country": common.COUNTRY,
        "region": text("The part of the country; empty where it is not known."),
        "locality": text("The town; empty where it is not known or withheld."),
        "point": or_null(ref("Point"), "Null where no point is known or shown."),
        "languages": array({"type": "string"}, "Languages spoken, BCP 47."),
        "services": array(ref("Service"), "What it offers."),
        "services_source": array({"type": "string"}, "The source's own words for the services."),
        "facilities": array(ref("VisitedPlace"), "The places it visits, in the source's order."),
        "website": text("Its own website; empty where none is known."),
        "contact": ref("Contact"),
        "status": ref("ProgramStatus"),
        "status_source_value": text(common.WORDS_OF_SOURCE),
        "capacity": ref("Capacity"),
        "claim": ref("Claim"),
        "replaces": array(
            {"type": "string", "format": "uuid"}, "Ids of the entries that this one replaces."
        ),
        "organization": or_null(
            ref("OrganizationReference"), "Null where the group has no page here."
        ),
        "organization_name": text("What the source calls the group; empty where it says nothing."),
        "network": text("The network that it belongs to, in the source's words."),
        "founded": common.partial("When it began."),
        "note": text("A remark of the source."),
        "text_language": common.LANGUAGE,
        "origin": ref("Origin"),
        "contact_form": or_null(
            text(format="uri"),
            "The page on which readers write to the group through this site; null where it takes "
            "no such notes. There is no operation that sends one.",
        ),
        "source": common.source("Where it was read; null for what the group itself wrote."),
        "confirmed_on": or_null(common.DAY, "When the group last said that this is right."),
        "freshness": ref("Freshness"),
        "withheld": array(
            {"type": "string", "enum": sorted(WITHHOLDABLE)},
            "The fields that the group keeps to itself.",
        ),
        "updated_at": common.UPDATED,
        "version": common.VERSION,
        "distance_km": number(
            "Kilometres from `near`; tenths below ten, whole ones from there. Only with `near`.",
            minimum=0,
        ),
    },
    optional=("distance_km",),
)

SCHEMAS: dict[str, Schema] = {
    "Program": PROGRAM,
    "VisitedPlace": closed(
        "A place that a program visits.",
        {
            "id": or_null({"type": "string", "format": "uuid"}, "Null where it has no page here."),
            "slug": or_null({"type": "string"}, "Null where it has no page here."),
            "name": text("What the program or the source calls it."),
        },
    ),
    "Contact": opened(
        "How to reach the group. A field that nobody gave is left out.",
        {
            "phone": text("A telephone number."),
            "email": text("An e-mail address."),
            "hours": text("When somebody answers."),
            "note": text("A remark of the group."),
        },
    ),
    "Capacity": opened(
        "Whom the group takes on. A field that nobody gave is left out.",
        {
            "volunteers": truth("Whether it takes on new volunteers."),
            "languages": array({"type": "string"}, "Languages that it looks for."),
            "note": text("A remark of the group."),
        },
    ),
    "Removed": closed(
        "What a copy must hold no longer: it went away, or the question finds it no more.",
        {
            "id": common.UUID,
            "version": common.VERSION,
            "updated_at": common.MOMENT,
            "removed": {"const": True},
        },
    ),
    "ProgramPage": common.page(
        "ProgramPage",
        "Program",
        "A page of programs.",
        {
            "near": ref("Near", "Only with the parameter `near`."),
            "removed": array(ref("Removed"), "Only with the parameter `updated_after`."),
        },
    ),
    "ProgramFeature": common.feature(
        common.as_feature(PROGRAM, "program"), "A program as a feature."
    ),
    "ProgramFeatures": common.collection("ProgramFeature", "All programs that fit."),
}

PROGRAM_EXAMPLE: dict[str, Any] = {
    "id": common.PROGRAM_ID,
    "slug": "fr-lakeside-visitors",
    "name": "Lakeside Visitors",
    "name_language": "en",
    "name_is_label": False,
    "names": {"fr": "Visiteurs du Lac"},
    "summaries": {"en": "We visit people who are held at Example Centre."},
    "descriptions": {},
    "how_to_join": {"en": "Write to us."},
    "how_to_be_visited": {},
    "locality": "Exampleville",
    "languages": ["fr", "ar"],
    "services": ["visits", "phone"],
    "services_source": [],
    "facilities": [
        {"id": common.FACILITY_ID, "slug": "fr-example-centre", "name": "Example Centre"}
    ],
    "website": "https://visitors.example.org/",
    "contact": {"email": "hello@example.org"},
    "status": "active",
    "status_source_value": "",
    "capacity": {"volunteers": True},
    "claim": "own",
    "replaces": [],
    "organization_name": "Lakeside Visitors",
    "network": "",
    "founded": "2019-04",
    "note": "",
    "text_language": "en",
    "confirmed_on": "2026-06-01",
    "withheld": [],
    "updated_at": common.WHEN,
    "version": 3,
    "summary": "We visit people who are held at Example Centre.",
    "language_shown": "en",
    "country": "FR",
    "region": "",
    "point": {"lat": 45.9, "lon": 6.1, "precision": "locality"},
    "organization": {
        "id": common.ORGANIZATION_ID,
        "slug": "lakeside-visitors",
        "name": "Lakeside Visitors",
    },
    "origin": {
        "node": common.ORIGIN_NODE,
        "url": f"{common.ORIGIN_NODE}/programs/fr-lakeside-visitors/",
    },
    "contact_form": None,
    "source": None,
    "freshness": "fresh",
}
REMOVED_EXAMPLE: dict[str, Any] = {
    "id": "9d7f3a50-6d0a-4f39-8e0e-4b8d1c2e5f44",
    "version": 4,
    "updated_at": common.WHEN,
    "removed": True,
}
PAGE_EXAMPLE: dict[str, Any] = {
    "next": f"{common.ORIGIN_NODE}/api/v1/programs/?country=FR&cursor=WyJwcm9n",
    "previous": None,
    "results": [PROGRAM_EXAMPLE],
}
CHANGES_EXAMPLE: dict[str, Any] = {
    "next": None,
    "previous": None,
    "removed": [REMOVED_EXAMPLE],
    "results": [PROGRAM_EXAMPLE],
}
NEAR_EXAMPLE: dict[str, Any] = {
    "next": None,
    "previous": None,
    "near": {"name": "Exampleville", "country": "FR", "lat": 45.9, "lon": 6.1},
    "results": [{**PROGRAM_EXAMPLE, "distance_km": 3.2}],
}
