"""The OpenAPI 3.1 document of everything that the API answers."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

import orjson
import yaml
from drf_spectacular.generators import SchemaGenerator

from api.hsds.operations.common import OPEN_REFERRAL
from api.hsds.schemas import base, locations, services, terms
from api.hsds.schemas import organizations as hsds_organizations
from api.v1.schemas import (
    access,
    common,
    countries,
    facilities,
    organizations,
    programs,
)
from api.v1.schemas import (
    map as map_schemas,
)
from api.v1.schemas.shapes import Schema
from api.v1.schemas.vocabularies import vocabulary_schemas

ABOUT = """\
Groups that visit people held in immigration detention, the places of detention, and who may visit
them. What is told here is public: no key is needed, and pages of every origin may ask.

- Answers carry an `ETag` and may be kept for half a minute; ask with `If-None-Match` after that.
- `HEAD` answers as `GET` does, without a body. Every other method is answered with 405.
- An empty parameter asks nothing. One that is not known is refused with 400.
- Errors are problem details of RFC 9457, `application/problem+json`.
- A list has pages: follow `next` until it is null. The address is opaque. Lists of HSDS are
  numbered instead.
- Times are in UTC, points in degrees of WGS 84, distances in kilometres.
"""
ABOUT_HSDS = """\
The same programs and organizations as Open Referral HSDS 3.1, for sites that
know nothing but that.

- A list has numbered pages: ask for the next `page` until `last_page` is true.
- What is not known is left out: there is no null.
- Every address takes a slash at its end too.
"""
TAGS = [
    {"name": "Start", "description": "What there is, and this document."},
    {"name": "Programs", "description": "Groups that visit, and what they offer."},
    {"name": "Map", "description": "Programs and places as symbols of a map."},
    {"name": "Facilities", "description": "Places of detention, and who may visit there."},
    {"name": "Countries", "description": "Who may visit in a country, in law and in practice."},
    {"name": "Organizations", "description": "The organizations behind the programs."},
    {"name": OPEN_REFERRAL, "description": ABOUT_HSDS},
]
_making = Lock()


class _Plain(yaml.SafeDumper):
    """YAML that says the same again where it is meant again, instead of pointing back."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        return True


def document() -> dict[str, Any]:
    """The document, made when it is first asked for; not to be changed by whoever gets it."""
    with _making:
        return _document()


def document_bytes(form: str) -> bytes:
    """The document as `json` or `yaml`; the same bytes in every process of one version."""
    with _making:
        return _as_yaml() if form == "yaml" else _as_json()


def named_schemas() -> dict[str, Schema]:
    """Every schema that has a name, in the order of their names."""
    resources = (common, programs, facilities, access, countries, organizations, map_schemas)
    of_hsds = (base, services, hsds_organizations, locations, terms)
    found = vocabulary_schemas()
    for resource in (*resources, *of_hsds):
        found |= resource.SCHEMAS
    return dict(sorted(found.items()))


def complete(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """The generated document with what stands beside its operations; a hook of drf-spectacular."""
    result["info"]["description"] = ABOUT
    result["tags"] = TAGS
    result["security"] = []
    result["components"]["schemas"] = named_schemas()
    for operations in result["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "query" and not parameter.get("required"):
                    parameter["allowEmptyValue"] = True
    return result


@cache
def _document() -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return made


@cache
def _as_json() -> bytes:
    return orjson.dumps(_document(), option=orjson.OPT_INDENT_2)


@cache
def _as_yaml() -> bytes:
    text = yaml.dump(_document(), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=99)
    return text.encode()
