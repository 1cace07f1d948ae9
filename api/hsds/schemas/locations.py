"""Where a service is, and the places of detention whose people it is for."""

from __future__ import annotations

from typing import Any

from api.hsds.schemas.common import IN_FULL, address, identifier
from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, number, ref, text

_POINT = "left out where `precision` is `country` or `withheld`, or no point is known."

SCHEMAS: dict[str, Schema] = {
    "HsdsLocation": closed(
        "The town, region or country of a service, never an address of people.",
        {
            "id": identifier("The id of the service: each has one place of its own."),
            "location_type": {"const": "physical"},
            "name": text("The town, or the country where no town is known or given."),
            "description": text("How exact the point is, in English."),
            "latitude": number(f"Degrees; {_POINT}", minimum=-90, maximum=90),
            "longitude": number(f"Degrees; {_POINT}", minimum=-180, maximum=180),
            "precision": ref("Precision", "How exact the point is. Added by the profile."),
            "addresses": array(ref("HsdsAddress"), f"One. {IN_FULL}", minItems=1, maxItems=1),
        },
        optional=("latitude", "longitude", "addresses"),
    ),
    "HsdsAddress": closed(
        "A town, a region and a country. HSDS wants a street too; none is known here.",
        {
            "id": identifier("Its id, for good."),
            "location_id": identifier("The id of the place."),
            "address_1": text("Always empty.", maxLength=0),
            "city": text("The town; empty where it is not known or withheld."),
            "state_province": text("The region; empty where it is not known or withheld."),
            "postal_code": text("Always empty.", maxLength=0),
            "country": common.COUNTRY,
            "address_type": {"const": "physical"},
        },
    ),
    "HsdsServiceArea": closed(
        "A place of detention whose people a service is for.",
        {
            "id": identifier("Its id, for good."),
            "service_id": identifier("The id of the service."),
            "name": text("Its name, as the group or the source writes it."),
            "description": text("What it is, in English."),
            "uri": address("Its page here; left out where it is not listed."),
        },
        optional=("uri",),
    ),
}

LOCATION_EXAMPLE: dict[str, Any] = {
    "id": common.PROGRAM_ID,
    "location_type": "physical",
    "name": "Lakeside",
    "description": "The town, not an address.",
    "latitude": 45.9,
    "longitude": 6.1,
    "precision": "locality",
}
WHOLE_LOCATION_EXAMPLE: dict[str, Any] = {
    **LOCATION_EXAMPLE,
    "addresses": [
        {
            "id": "5a1f0c52-0c7e-5b1c-8a35-0f1b7d2c9e62",
            "location_id": common.PROGRAM_ID,
            "address_1": "",
            "city": "Lakeside",
            "state_province": "Example Region",
            "postal_code": "",
            "country": "FR",
            "address_type": "physical",
        }
    ],
}
AREA_EXAMPLE: dict[str, Any] = {
    "id": "8e7b4d2a-6f3c-5e0d-9b1a-2c4d6e8f0a63",
    "service_id": common.PROGRAM_ID,
    "name": "Example Centre",
    "description": "A place of detention that this program visits.",
    "uri": f"{common.ORIGIN_NODE}/facilities/fr-example-centre/",
}
