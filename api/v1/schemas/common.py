"""Forms that several resources share: dates, points, sources, pages and errors."""

from __future__ import annotations

from typing import Any

from api.v1.schemas.shapes import (
    Schema,
    array,
    closed,
    number,
    opened,
    or_null,
    ref,
    text,
    texts,
    whole,
)

COUNTRY = text("Two letters of ISO 3166-1.", pattern="^[A-Z]{2}$")
MOMENT = text("A moment in UTC, ISO 8601.", format="date-time")
UPDATED = text("When what the public reads of it last changed, in UTC.", format="date-time")
VERSION = whole("A number that grows with every change.", minimum=1)
UUID = text("Its id, for good.", format="uuid")
SLUG = text("The last part of its address.", minLength=1)
LANGUAGE = text("The language of its own sentences, BCP 47; empty where it is not known.")
DAY = text("A day of ISO 8601.", format="date")
WORDS_OF_SOURCE = "The source's own word, kept beside the value of the vocabulary."


def source(about: str = "Where it was read; null where nobody is repeated.") -> Schema:
    """A source, or null."""
    return or_null(ref("Source"), about)


def partial(about: str) -> Schema:
    """A date as far as it is known, or null."""
    return or_null(ref("PartialDate"), about)


def named(name: str, about: str) -> dict[str, Schema]:
    """A named reference to a row by id, slug and name."""
    fields = {"id": UUID, "slug": SLUG, "name": text("Its name.")}
    return {name: closed(about, fields)}


def page(name: str, row: str, about: str, extra: dict[str, Schema] | None = None) -> Schema:
    """A page of a list; `extra` are fields that only some questions are answered with."""
    more = extra or {}
    address = or_null({"type": "string", "format": "uri"})
    fields: dict[str, Schema] = {
        "next": {**address, "description": "The address of the page after this one, or null."},
        "previous": {**address, "description": "The address of the page before, or null."},
        **more,
        "results": array(ref(row), "The rows of this page."),
    }
    return closed(about, fields, optional=tuple(more))


def collection(row: str, about: str) -> Schema:
    """A FeatureCollection of RFC 7946."""
    fields = {"type": {"const": "FeatureCollection"}, "features": array(ref(row))}
    return closed(about, fields)


def feature(properties: Schema, about: str) -> Schema:
    """A feature whose geometry is its point, or null where it shows none."""
    fields: dict[str, Schema] = {
        "type": {"const": "Feature"},
        "id": UUID,
        "geometry": or_null(ref("GeoPoint"), "Null where no point is known or shown."),
        "properties": properties,
    }
    return closed(about, fields)


def as_feature(row: Schema, name: str) -> Schema:
    """The fields of a row as the properties of a feature: `precision` in the place of `point`."""
    fields = {name: field for name, field in row["properties"].items() if name != "point"}
    fields["precision"] = or_null(ref("Precision"), "Null where there is no point.")
    optional = tuple(name for name in fields if name in _optional(row))
    about = f"The fields of a {name}, with `precision` in the place of `point`."
    return closed(about, fields, optional)


def extended(row: Schema, about: str, fields: dict[str, Schema]) -> Schema:
    """A row with more fields."""
    known = {name: one for name, one in row["properties"].items() if name not in _optional(row)}
    return closed(about, {**known, **fields})


def _optional(row: Schema) -> set[str]:
    return set(row["properties"]) - set(row["required"])


SCHEMAS: dict[str, Schema] = {
    "PartialDate": text(
        "A date as far as it is known: a year, a year and month, or a day; the prefix of ISO "
        "8601. Nothing is filled in: `2021` is not the first of January.",
        pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        examples=["2021", "2021-04", "2021-04-26"],
    ),
    "Texts": texts("A text in each language that there is: `{language: text}`, BCP 47."),
    "Point": closed(
        "A point in degrees of WGS 84, as exact as `precision` says.",
        {
            "lat": number("Latitude.", minimum=-90, maximum=90),
            "lon": number("Longitude.", minimum=-180, maximum=180),
            "precision": ref("Precision"),
        },
    ),
    "GeoPoint": closed(
        "A point of GeoJSON: longitude first.",
        {
            "type": {"const": "Point"},
            "coordinates": array({"type": "number"}, minItems=2, maxItems=2),
        },
    ),
    "Source": closed(
        "Where something was read.",
        {
            "url": text("The address of the source."),
            "as_of": partial("The date that the source shows; null where it shows none."),
        },
    ),
    "Origin": closed(
        "The node that answers for a row.",
        {
            "node": text("The origin of the node.", examples=["https://node.example.org"]),
            "url": text("Its page there; empty where the node named none."),
        },
    ),
    "Near": closed(
        "The place that distances are measured from.",
        {
            "name": text("The place that the words were taken for; empty for a point."),
            "country": text("Its country; empty for a point."),
            "lat": number("Latitude.", minimum=-90, maximum=90),
            "lon": number("Longitude.", minimum=-180, maximum=180),
        },
    ),
    **named("ProgramReference", "A program by id, slug and name."),
    **named("FacilityReference", "A place of detention by id, slug and name."),
    **named("OrganizationReference", "An organization by id, slug and name."),
    "Problem": closed(
        "An error, RFC 9457. What is missing and what is forbidden are the same bytes.",
        {
            "type": {"const": "about:blank"},
            "title": text("What the status means."),
            "status": whole("The status again.", minimum=400, maximum=599),
            "errors": {
                "type": "object",
                "description": "By the name of a parameter or field, `point.lat` for one within "
                "another: what to write instead.",
                "additionalProperties": array({"type": "string"}, minItems=1),
            },
            "code": text(
                "`identifies`: what `confirm_texts` answers. Of a conversation: `left`, nobody "
                "may write to it any more; `requested`, the first message has no answer yet; "
                "`unanswered`, you have not accepted yet; `target`, what is spoken of is not "
                "there, or not yours to change.",
                enum=["identifies", "left", "requested", "unanswered", "target"],
            ),
            "detail": text("What to do about it."),
            "scope": text("The scope that the token does not have."),
            "permission": text("The permission that the role does not carry."),
            "current": {
                "type": "object",
                "description": "What it says now, where it has changed since you read it.",
            },
        },
        optional=("errors", "code", "detail", "scope", "permission", "current"),
    ),
    "Document": opened(
        "A document of OpenAPI 3.1: this one.",
        {
            "openapi": text("The version of OpenAPI."),
            "info": {"type": "object"},
            "paths": {"type": "object"},
        },
    ),
    "Root": closed(
        "Where everything is.",
        {
            name: text(about, format="uri")
            for name, about in {
                "programs": "The list of programs.",
                "map": "The map.",
                "facilities": "The list of places of detention.",
                "countries": "The list of countries.",
                "organizations": "The list of organizations.",
                "hsds": "The same directory in the words of Open Referral.",
                "feed": "What has changed, as a feed for readers.",
                "schema": "This document.",
                "docs": "The same for people.",
            }.items()
        },
    ),
}

# Rows of the examples: invented, like all that stands in them.
PROGRAM_ID = "5f0c7c1e-7f4e-4c1e-9a55-0d5a3f6f2b11"
FACILITY_ID = "0b9d2f64-3a6e-4f0e-8c0a-6f2f5f1d7a22"
ORGANIZATION_ID = "c3a1b8d0-91b7-4c55-b2a9-2f7f9e0d4c33"
SOURCE_EXAMPLE: dict[str, Any] = {"url": "https://example.org/report", "as_of": "2026-05"}
ORIGIN_NODE = "https://node.example.org"
WHEN = "2026-06-01T09:30:00.000000Z"
PROBLEM_EXAMPLES: dict[int, dict[str, Any]] = {
    400: {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "errors": {"country": ["Write the two letters of a country, for example FR."]},
    },
    401: {"type": "about:blank", "title": "Unauthorized", "status": 401},
    403: {
        "type": "about:blank",
        "title": "Forbidden",
        "status": 403,
        "detail": "This token has no scope directory:write.",
        "scope": "directory:write",
    },
    404: {"type": "about:blank", "title": "Not Found", "status": 404},
    409: {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "detail": "It has changed since you read it. Merge with `current` and send it again.",
        "current": {"version": 4},
    },
    413: {"type": "about:blank", "title": "Content Too Large", "status": 413},
    415: {
        "type": "about:blank",
        "title": "Unsupported Media Type",
        "status": 415,
        "detail": "Send application/json in UTF-8.",
    },
    422: {
        "type": "about:blank",
        "title": "Unprocessable Content",
        "status": 422,
        "detail": "This key was used for another request. Send a new one.",
    },
    428: {
        "type": "about:blank",
        "title": "Precondition Required",
        "status": 428,
        "detail": "Send If-Match with the ETag of the version that you changed.",
    },
    429: {"type": "about:blank", "title": "Too Many Requests", "status": 429},
}
