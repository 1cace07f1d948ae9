"""Services, services at locations, and pages of both."""

from __future__ import annotations

from typing import Any

from api.hsds.schemas.common import (
    IN_FULL,
    WHEN,
    address,
    identifier,
    page,
    page_example,
    with_fields,
)
from api.hsds.schemas.locations import AREA_EXAMPLE, LOCATION_EXAMPLE, WHOLE_LOCATION_EXAMPLE
from api.hsds.schemas.organizations import ORGANIZATION_EXAMPLE, WEBSITES_EXAMPLE
from api.hsds.schemas.terms import ATTRIBUTE_EXAMPLE
from api.hsds.serializers.states import STATUSES
from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, ref, text

_OF_ORGANIZATION = "Left out where it stands in its organization."
_NEEDED = {
    "id": identifier("Its id, for good; that of the program."),
    "organization_id": identifier("The id of its organization."),
    "name": text("Its name, as the group or the source writes it."),
    "status": text(
        "`active`: at work, or not known. `temporarily closed`: paused, or suspended by an "
        "authority. `defunct`: closed. `inactive`: being formed. Show `alert` beside it.",
        enum=sorted(set(STATUSES.values())),
    ),
    "last_modified": text("When it last changed, in UTC.", format="date-time"),
    "claim": ref("Claim", "Who wrote it. Added by the profile."),
    "program_status": ref("ProgramStatus", "The status in our words. Added by the profile."),
}
_OWN: dict[str, Schema] = {
    "alternate_name": text("Another name, the English one before others."),
    "description": text("In English, else in the language of the name, else in another."),
    "url": address("Its website."),
    "email": text("Its public address for letters.", format="email"),
    "application_process": text("How to be visited, in one language as `description`."),
    "assured_date": {**common.DAY, "description": "When the group last confirmed it."},
    "alert": text(
        "What to show beside the status, in English. Left out only where the group itself says "
        "that it is at work."
    ),
    "names": ref("Texts", "Its names by language. Added by the profile."),
    "source": ref("HsdsSource", "Where it was found. Added by the profile."),
    "withheld": array(
        {"type": "string"}, "Fields that the group keeps to itself. Added by the profile."
    ),
}
_FULL: dict[str, Schema] = {
    "additional_urls": array(ref("HsdsUrl"), f"Its pages here and at its node. {IN_FULL}"),
    "phones": array(ref("HsdsPhone"), f"Its telephone. {IN_FULL}"),
    "service_areas": array(
        ref("HsdsServiceArea"), f"The places of detention that it visits. {IN_FULL}"
    ),
    "languages": array(ref("HsdsLanguage"), f"Languages spoken. {IN_FULL}"),
    "attributes": array(ref("HsdsAttribute"), f"What it offers. {IN_FULL}"),
    "summaries": ref("Texts", f"One sentence by language. Added by the profile. {IN_FULL}"),
    "descriptions": ref("Texts", f"Descriptions by language. Added by the profile. {IN_FULL}"),
    "how_to_join": ref("Texts", f"How to become a volunteer. Added by the profile. {IN_FULL}"),
    "how_to_be_visited": ref("Texts", f"How to be visited. Added by the profile. {IN_FULL}"),
    "organization": ref("HsdsOrganization", f"Its organization. {_OF_ORGANIZATION}"),
    "service_at_locations": array(
        ref("HsdsServiceAtLocation"),
        f"One: its place. {IN_FULL} {_OF_ORGANIZATION}",
        minItems=1,
        maxItems=1,
    ),
}

SCHEMAS: dict[str, Schema] = {
    "HsdsService": closed(
        "A program that visits people held in immigration detention. What is not known is left "
        "out.",
        {**_NEEDED, **_OWN, **_FULL},
        optional=(*_OWN, *_FULL),
    ),
    "HsdsServicePage": page(
        with_fields("HsdsService", "organization"), "A page of services by their ids."
    ),
    "HsdsServiceAtLocation": closed(
        "A service at its place.",
        {
            "id": identifier("The id of the service: each has one place."),
            "service_id": identifier("The id of the service."),
            "location_id": identifier("The id of the place."),
            "service_areas": array(
                ref("HsdsServiceArea"), f"The places of detention that it visits. {IN_FULL}"
            ),
            "location": ref("HsdsLocation", "The place."),
            "service": with_fields(
                "HsdsService",
                "organization",
                about="The service. Left out where this stands in its service.",
            ),
        },
        optional=("service_areas", "service"),
    ),
    "HsdsServiceAtLocationPage": page(
        with_fields("HsdsServiceAtLocation", "service"),
        "A page of services at their places by their ids.",
    ),
    "HsdsSource": closed(
        "Where a program was found that nobody has registered.",
        {
            "url": address("The address of the source."),
            "as_of": ref("PartialDate", "The date that the source shows."),
        },
        optional=("url", "as_of"),
    ),
    "HsdsPhone": closed(
        "A telephone that anybody may call.",
        {
            "id": identifier("Its id, for good."),
            "service_id": identifier("The id of the service."),
            "number": text("The number, as the group writes it."),
            "type": {"const": "voice"},
            "description": text("When somebody answers; left out where it is not said."),
        },
        optional=("description",),
    ),
    "HsdsLanguage": closed(
        "A language that is spoken.",
        {
            "id": identifier("Its id, for good."),
            "service_id": identifier("The id of the service."),
            "name": text("Its name in English, or its code."),
            "code": text("Its code of ISO 639: no region, no script."),
        },
    ),
}

_OWN_EXAMPLE: dict[str, Any] = {
    "id": common.PROGRAM_ID,
    "organization_id": common.ORGANIZATION_ID,
    "name": "Lakeside Visitors",
    "alternate_name": "Visiteurs du lac",
    "description": "We visit people held at Example Centre every week.",
    "url": "https://visitors.example.org/",
    "email": "hello@visitors.example.org",
    "status": "temporarily closed",
    "application_process": "Ask for us at the desk.",
    "assured_date": "2026-06-01",
    "alert": "This program has paused.",
    "last_modified": WHEN,
    "claim": "own",
    "program_status": "paused",
    "names": {"fr": "Visiteurs du lac"},
}
_OFFER_EXAMPLE: dict[str, Any] = {
    **_OWN_EXAMPLE,
    "additional_urls": [
        {
            "id": "2b4d6f80-91a3-5c5e-8d7f-90a1b2c3d465",
            "label": "Page in this directory",
            "url": f"{common.ORIGIN_NODE}/programs/fr-lakeside-visitors/",
            "service_id": common.PROGRAM_ID,
        }
    ],
    "phones": [
        {
            "id": "4f6e8d0c-2b1a-5938-8746-5a6b7c8d9e66",
            "service_id": common.PROGRAM_ID,
            "number": "+44 1632 960123",
            "type": "voice",
            "description": "Tue 14-16",
        }
    ],
    "service_areas": [AREA_EXAMPLE],
    "languages": [
        {
            "id": "6a8c0e1f-3d5b-5796-9a8b-7c6d5e4f3a67",
            "service_id": common.PROGRAM_ID,
            "name": "French",
            "code": "fr",
        }
    ],
    "attributes": [ATTRIBUTE_EXAMPLE],
    "descriptions": {"en": "We visit people held at Example Centre every week."},
    "how_to_be_visited": {"en": "Ask for us at the desk."},
}
_LINK_EXAMPLE = dict.fromkeys(("id", "service_id", "location_id"), common.PROGRAM_ID)
_WITHOUT_PLACE: dict[str, Any] = {
    **_OFFER_EXAMPLE,
    "organization": {**ORGANIZATION_EXAMPLE, "additional_websites": WEBSITES_EXAMPLE},
}
_LISTED = {**_OWN_EXAMPLE, "organization": ORGANIZATION_EXAMPLE}
SERVICE_EXAMPLE: dict[str, Any] = {
    **_WITHOUT_PLACE,
    "service_at_locations": [{**_LINK_EXAMPLE, "location": WHOLE_LOCATION_EXAMPLE}],
}
SERVICE_PAGE_EXAMPLE = page_example(_LISTED)
AT_LOCATION_EXAMPLE: dict[str, Any] = {
    **_LINK_EXAMPLE,
    "service_areas": [AREA_EXAMPLE],
    "location": WHOLE_LOCATION_EXAMPLE,
    "service": _WITHOUT_PLACE,
}
AT_LOCATION_PAGE_EXAMPLE = page_example(
    {**_LINK_EXAMPLE, "location": LOCATION_EXAMPLE, "service": _LISTED}
)
# An organization with what it offers, briefly.
WHOLE_ORGANIZATION_EXAMPLE: dict[str, Any] = {
    **ORGANIZATION_EXAMPLE,
    "additional_websites": WEBSITES_EXAMPLE,
    "services": [_OWN_EXAMPLE],
}
