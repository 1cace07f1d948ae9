"""The root of HSDS and its profile."""

from __future__ import annotations

from typing import Any

from api.hsds.profile import FILES, HSDS_VERSION, NAME, PROFILE_VERSION
from api.hsds.profile import SCHEMAS as HSDS_SCHEMAS
from api.hsds.schemas.common import HSDS, address
from api.v1.schemas.common import ORIGIN_NODE
from api.v1.schemas.shapes import Schema, array, closed, opened, text

SCHEMAS: dict[str, Schema] = {
    "HsdsBase": closed(
        "Which HSDS this is, and where it is written down.",
        {
            "version": text("The version of HSDS."),
            "profile": address("The profile that answers follow."),
            "openapi_url": address("The OpenAPI document of this site."),
        },
    ),
    "HsdsProfile": closed(
        "A profile of HSDS: what it is called and where its files are.",
        {
            "name": text("Its name."),
            "version": text("Its own version."),
            "hsds_version": text("The version of HSDS that it changes."),
            "hsds_schemas": address("The schemas that it changes."),
            "documentation": address("What it says, for people."),
            "merge": text("How its files change the schemas."),
            "files": {
                "type": "object",
                "description": "The address of each file by its name.",
                "additionalProperties": {"type": "string", "format": "uri"},
            },
        },
    ),
    "HsdsProfileFile": opened(
        "What the profile changes in the schema of the same name, a JSON Merge Patch of RFC 7386.",
        {
            "description": text("What the object is here."),
            "properties": {
                "type": "object",
                "description": "Fields that are added or described; null for those never given.",
            },
            "required": array({"type": "string"}, "Fields that are always there."),
        },
    ),
}

BASE_EXAMPLE: dict[str, Any] = {
    "version": HSDS_VERSION,
    "profile": f"{HSDS}/profile",
    "openapi_url": f"{ORIGIN_NODE}/api/v1/schema/",
}
PROFILE_EXAMPLE: dict[str, Any] = {
    "name": NAME,
    "version": PROFILE_VERSION,
    "hsds_version": HSDS_VERSION,
    "hsds_schemas": HSDS_SCHEMAS,
    "documentation": f"{ORIGIN_NODE}/docs/developers/hsds/",
    "merge": "Each file is a JSON Merge Patch (RFC 7386) of the schema of the same name.",
    "files": {name: f"{HSDS}/profile/profile/{name}" for name in FILES},
}
FILE_EXAMPLE: dict[str, Any] = {
    "description": "The town, region and country of a program. Never the address of people.",
    "properties": {"address_2": None},
    "required": ["id", "country", "address_type"],
}
