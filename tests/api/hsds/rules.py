"""The rules of HSDS 3.1 as a table, and a checker made from it.

Read off github.com/openreferral/specification/tree/3.1/schema (one file an object, and
openapi.json for lists) and docs.openreferral.org/en/3.1/hsds/api_reference.html. Only what these
answers may come to hold is in the table; HSDS allows further properties, so `strangers` finds
those that neither HSDS nor the profile names.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from jsonschema import Draft202012Validator, FormatChecker

PLACES = ("physical", "postal", "virtual")


@dataclass(frozen=True)
class Rule:
    """What one object must have, and of which type each of its properties is."""

    required: str
    text: str = ""
    uuid: str = "id"
    uri: str = ""
    email: str = ""
    moment: str = ""
    number: str = ""
    choice: dict[str, tuple[str, ...]] = field(default_factory=dict)
    one: dict[str, str] = field(default_factory=dict)
    many: dict[str, str] = field(default_factory=dict)


RULES = {
    "service": Rule(
        required="id name status",
        uuid="id organization_id program_id",
        text=(
            "name alternate_name description interpretation_services application_process "
            "fees_description wait_time fees accreditations eligibility_description "
            "assured_date licenses alert"
        ),
        uri="url",
        email="email assurer_email",
        moment="last_modified",
        number="minimum_age maximum_age",
        choice={"status": ("active", "inactive", "defunct", "temporarily closed")},
        one={"organization": "organization"},
        many={
            "additional_urls": "url",
            "phones": "phone",
            "service_areas": "service_area",
            "service_at_locations": "service_at_location",
            "languages": "language",
            "attributes": "attribute",
        },
    ),
    "organization": Rule(
        required="id name description",
        uuid="id parent_organization_id",
        text="name alternate_name description tax_status tax_id legal_status logo",
        uri="website uri",
        email="email",
        number="year_incorporated",
        many={
            "additional_websites": "url",
            "phones": "phone",
            "locations": "location",
            "attributes": "attribute",
            "services": "service",
        },
    ),
    "location": Rule(
        required="id location_type",
        uuid="id organization_id",
        text=(
            "name alternate_name description transportation external_identifier "
            "external_identifier_type"
        ),
        uri="url",
        number="latitude longitude",
        choice={"location_type": PLACES},
        many={
            "languages": "language",
            "addresses": "address",
            "phones": "phone",
            "attributes": "attribute",
        },
    ),
    "service_at_location": Rule(
        required="id",
        uuid="id service_id location_id",
        text="description",
        one={"location": "location", "service": "service"},
        many={"service_areas": "service_area", "phones": "phone", "attributes": "attribute"},
    ),
    "address": Rule(
        required="id address_1 city state_province postal_code country address_type",
        uuid="id location_id",
        text="attention address_1 address_2 city region state_province postal_code country",
        choice={"address_type": PLACES},
        many={"attributes": "attribute"},
    ),
    "phone": Rule(
        required="id number",
        uuid="id location_id service_id organization_id contact_id service_at_location_id",
        text="number type description",
        number="extension",
        many={"languages": "language"},
    ),
    "language": Rule(
        required="id",
        uuid="id service_id location_id phone_id",
        text="name code note",
    ),
    "service_area": Rule(
        required="id",
        uuid="id service_id service_at_location_id",
        text="name description extent extent_type uri",
    ),
    "attribute": Rule(
        required="id",
        uuid="id link_id taxonomy_term_id",
        text="link_type link_entity value label",
        one={"taxonomy_term": "taxonomy_term"},
    ),
    "taxonomy_term": Rule(
        required="id name description",
        uuid="id parent_id taxonomy_id",
        text="code name description taxonomy language",
        uri="term_uri",
        one={"taxonomy_detail": "taxonomy"},
    ),
    "taxonomy": Rule(
        required="id name description",
        text="name description version",
        uri="uri",
    ),
    "url": Rule(
        required="id url",
        uuid="id organization_id service_id",
        text="label",
        uri="url",
    ),
}
NUMBERS = ("total_items", "total_pages", "page_number", "size")
SIGNS = ("first_page", "last_page", "empty")
PAGE = {
    "type": "object",
    "properties": {
        **{name: {"type": "integer"} for name in NUMBERS},
        **{name: {"type": "boolean"} for name in SIGNS},
        "contents": {"type": "array"},
    },
    "required": [*NUMBERS, *SIGNS, "contents"],
}
FORMATS = FormatChecker(formats=())

# RFC 3986 without what no web address needs: a host, and only characters that may stand there.
_URI = re.compile(
    r"https?://[A-Za-z0-9._~%-]+(?::\d+)?"
    r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
    r"(?:\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
    r"(?:#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z")


@FORMATS.checks("uuid", raises=ValueError)
def _is_uuid(value):
    return str(UUID(value)) == value


@FORMATS.checks("uri")
def _is_uri(value):
    return bool(_URI.fullmatch(value))


@FORMATS.checks("email")
def _is_email(value):
    return bool(_EMAIL.fullmatch(value))


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value):
    return bool(_MOMENT.fullmatch(value) and dt.datetime.fromisoformat(value))


def schema_of(rule):
    """The rule of one object as a JSON Schema, which refers to others as `service.json`."""
    text = {"type": "string"}
    types = {
        rule.text: text,
        rule.uuid: {**text, "format": "uuid"},
        rule.uri: {**text, "format": "uri"},
        rule.email: {**text, "format": "email"},
        rule.moment: {**text, "format": "date-time"},
        rule.number: {"type": "number"},
    }
    properties = {
        **{name: kind for names, kind in types.items() for name in names.split()},
        **{name: {**text, "enum": list(words)} for name, words in rule.choice.items()},
        **{name: {"$ref": f"{other}.json"} for name, other in rule.one.items()},
        **{
            name: {"type": "array", "items": {"$ref": f"{other}.json"}}
            for name, other in rule.many.items()
        },
    }
    return {"type": "object", "properties": properties, "required": rule.required.split()}


def merged(target, patch):
    """A JSON Merge Patch applied, as RFC 7386 says it."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def schemas(patches=None):
    """The schemas of all objects by name, changed by the files of a profile."""
    return {
        name: merged(schema_of(rule), (patches or {}).get(f"{name}.json", {}))
        for name, rule in RULES.items()
    }


def complaints(kind, document, patches=None):
    """What is wrong with a document of one kind: nothing where it is valid."""
    checker = _checker(kind, json.dumps(patches or {}, sort_keys=True))
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(document)]


@cache
def _checker(kind, patches):
    home = "https://hsds.example"
    parts = {
        name: {"$id": f"{home}/{name}.json", **schema}
        for name, schema in schemas(json.loads(patches)).items()
    }
    bundle = {"$id": f"{home}/bundle", "$ref": f"{kind}.json", "$defs": parts}
    return Draft202012Validator(bundle, format_checker=FORMATS)


def page_complaints(kind, page, patches=None):
    """What is wrong with a page of a list and with each thing on it."""
    found = [error.message for error in Draft202012Validator(PAGE).iter_errors(page)]
    if found:
        return found
    if page["size"] != len(page["contents"]) or page["empty"] == bool(page["contents"]):
        found.append("size or empty is not true")
    return found + [
        complaint for one in page["contents"] for complaint in complaints(kind, one, patches)
    ]


def strangers(kind, document, patches):
    """Properties that neither the table nor the profile names, anywhere in a document."""
    schema = schemas(patches)[kind]
    found = [f"{kind}.{name}" for name in document if name not in schema["properties"]]
    rule = RULES[kind]
    for name, other in {**rule.one, **rule.many}.items():
        inner = document.get(name, [])
        for one in [inner] if isinstance(inner, dict) else inner:
            found += strangers(other, one, patches)
    return found
