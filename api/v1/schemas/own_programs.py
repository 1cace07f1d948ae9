"""Programs as their group keeps them, and as it sends them."""

from __future__ import annotations

from typing import Any

from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, number, or_null, ref, text, truth, whole
from api.v1.shell.confirming import FIELD as CONFIRM
from directory.enums.withholding import WITHHOLDABLE

_WITHHELD = array(
    {"type": "string", "enum": sorted(WITHHOLDABLE)},
    "The fields that the group keeps to itself: they are on no public surface.",
    maxItems=len(WITHHOLDABLE),
)
_POINT = closed(
    "A point in degrees of WGS 84.",
    {
        "lat": number("Latitude.", minimum=-90, maximum=90),
        "lon": number("Longitude.", minimum=-180, maximum=180),
    },
)
_PRECISION = ref(
    "Precision",
    "How exactly `point` says where it is. Never `exact`: what is finer than a town's centre is "
    "snapped to a tenth of a degree before it is stored.",
)
_VALUES: dict[str, Schema] = {
    "names": ref("Texts", "Its name in each language; one at least."),
    "summaries": ref("Texts", "What it does, in short."),
    "descriptions": ref("Texts", "What it does, at length."),
    "how_to_join": ref("Texts", "How to become a visitor."),
    "how_to_be_visited": ref("Texts", "How somebody who is held comes to be visited."),
    "status": ref("ProgramStatus"),
    "languages": array({"type": "string"}, "Languages spoken, BCP 47."),
    "services": array(ref("Service"), "What it offers."),
    "website": text("Its own website; empty where it has none."),
    "contact": ref("Contact"),
    "capacity": ref("Capacity"),
    "withheld": _WITHHELD,
    "country": common.COUNTRY,
    "region": text("The part of the country."),
    "locality": text("The town."),
    "point": or_null(_POINT, "Null where no point is known."),
    "precision": _PRECISION,
}
_SENT_PLACE: Schema = {
    "anyOf": [
        text("The slug of a place of detention, or the name of another place."),
        {
            "type": "object",
            "description": "A place under the name that the program has for it.",
            "properties": {
                "id": {"type": ["string", "null"], "description": "Not read."},
                "slug": {"type": ["string", "null"], "description": "The place's slug."},
                "name": text("The program's name for it."),
            },
            "additionalProperties": False,
        },
    ]
}
SENT: dict[str, Schema] = {
    **_VALUES,
    **CONFIRM,
    "facilities": array(_SENT_PLACE, "The places it visits, in this order.", maxItems=200),
}


_RELAY = {
    "relay": or_null(
        ref("RelayChange"),
        "Lets readers write to the program through this site; null lets nobody. Needs the right "
        "to publish.",
    )
}


def _sent(about: str, required: tuple[str, ...], **more: Schema) -> Schema:
    fields = {**SENT, **more}
    return closed(about, fields, optional=tuple(one for one in fields if one not in required))


SCHEMAS: dict[str, Schema] = {
    "OwnProgram": closed(
        "A program as its group keeps it, what it withholds included. The public reads what was "
        "published of it.",
        {
            "id": common.UUID,
            "slug": common.SLUG,
            **_VALUES,
            "facilities": array(ref("VisitedPlace"), "The places it visits."),
            "replaces": array(
                {"type": "string", "format": "uuid"},
                "Ids of the entries that it takes the place of.",
            ),
            "relay": or_null(
                ref("Relay"), "Where notes of readers go; null where the group takes none."
            ),
            "is_public": truth("Whether the public reads an entry of it."),
            "held_until": or_null(
                common.MOMENT,
                "Until when a new contact, website or place waits to be public, or until a second "
                "coordinator confirms it; null where nothing waits.",
            ),
            "confirmed_on": or_null(common.DAY, "When the group last said that this is right."),
            "updated_at": text("When the group last saved it, in UTC.", format="date-time"),
            "version": common.VERSION,
        },
    ),
    "Relay": closed(
        "Where notes go that readers write through this site. Never published.",
        {
            "email": text("The address.", format="email"),
            "language": text("The language in which notes are introduced, one of this site's."),
            "confirmed_at": or_null(
                common.MOMENT,
                "When somebody pressed the button in the mail that went there; null before, and "
                "then nobody can write.",
            ),
            "notes": whole(
                "How many notes were carried. Nothing else of them is kept.", minimum=0
            ),
        },
    ),
    "RelayChange": closed(
        "Where notes of readers shall go. A mail with one button goes there first.",
        {
            "email": text("The address.", format="email"),
            "language": text("One of the languages of this site; left out: that of the person."),
        },
        optional=("language",),
    ),
    "OwnProgramPage": common.page("OwnProgramPage", "OwnProgram", "A page of working copies."),
    "ProgramConfirmation": closed(
        "Which change that waits is confirmed.",
        {"held_until": text("The `held_until` of the program.", format="date-time")},
        optional=("held_until",),
    ),
    "NewProgram": _sent(
        "A new program. Without a country it is in that of its group.", required=("names",)
    ),
    "ProgramChanges": _sent(
        "The fields that change, each whole; the others stay as they are.",
        required=(),
        **_RELAY,
    ),
}

NEW_EXAMPLE: dict[str, Any] = {
    "names": {"en": "Lakeside Visitors", "fr": "Visiteurs du Lac"},
    "summaries": {"en": "We visit people who are held at Example Centre."},
    "languages": ["fr", "ar"],
    "services": ["visits", "phone"],
    "facilities": ["fr-example-centre", "The old station"],
    "contact": {"email": "hello@example.org"},
    "capacity": {"volunteers": True},
    "country": "FR",
    "locality": "Exampleville",
}
CHANGES_EXAMPLE: dict[str, Any] = {
    "status": "paused",
    "withheld": ["contact"],
    "point": {"lat": 45.93, "lon": 6.12},
}
EXAMPLE: dict[str, Any] = {
    "id": common.PROGRAM_ID,
    "slug": "fr-lakeside-visitors",
    "names": {"en": "Lakeside Visitors", "fr": "Visiteurs du Lac"},
    "summaries": {"en": "We visit people who are held at Example Centre."},
    "descriptions": {},
    "how_to_join": {"en": "Write to us."},
    "how_to_be_visited": {},
    "status": "active",
    "languages": ["fr", "ar"],
    "services": ["visits", "phone"],
    "website": "https://visitors.example.org/",
    "contact": {"email": "hello@example.org"},
    "capacity": {"volunteers": True},
    "withheld": [],
    "facilities": [
        {"id": common.FACILITY_ID, "slug": "fr-example-centre", "name": "Example Centre"},
        {"id": None, "slug": None, "name": "The old station"},
    ],
    "country": "FR",
    "region": "",
    "locality": "Exampleville",
    "point": {"lat": 45.9, "lon": 6.1},
    "precision": "grid",
    "replaces": [],
    "relay": None,
    "is_public": True,
    "held_until": None,
    "confirmed_on": "2026-06-01",
    "updated_at": common.WHEN,
    "version": 3,
}
PAGE_EXAMPLE: dict[str, Any] = {"next": None, "previous": None, "results": [EXAMPLE]}
