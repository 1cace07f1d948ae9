"""The few forms of JSON Schema 2020-12 that the document is written in."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def ref(name: str, about: str = "") -> Schema:
    """The named schema, with what it is about in this place."""
    pointer = {"$ref": f"#/components/schemas/{name}"}
    return {**pointer, "description": about} if about else pointer


def text(about: str = "", **more: Any) -> Schema:
    """A text; `more` are keywords of JSON Schema."""
    return _said({"type": "string", **more}, about)


def number(about: str = "", **more: Any) -> Schema:
    """A number with or without decimals."""
    return _said({"type": "number", **more}, about)


def whole(about: str = "", **more: Any) -> Schema:
    """A number without decimals."""
    return _said({"type": "integer", **more}, about)


def truth(about: str = "", **more: Any) -> Schema:
    """True or false."""
    return _said({"type": "boolean", **more}, about)


def array(items: Schema, about: str = "", **more: Any) -> Schema:
    """Several of the same form."""
    return _said({"type": "array", "items": items, **more}, about)


def or_null(schema: Schema, about: str = "") -> Schema:
    """The same, or `null`."""
    kind = schema.get("type")
    if isinstance(kind, str):
        return _said({**schema, "type": [kind, "null"]}, about)
    return _said({"oneOf": [schema, {"type": "null"}]}, about)


def closed(about: str, fields: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """An object with these fields and no other; all but the optional ones are always there."""
    return {
        "type": "object",
        "description": about,
        "properties": fields,
        "required": [name for name in fields if name not in optional],
        "additionalProperties": False,
    }


def opened(about: str, fields: dict[str, Schema]) -> Schema:
    """An object that has any of these fields, and may have others."""
    return {
        "type": "object",
        "description": about,
        "properties": fields,
        "additionalProperties": True,
    }


def texts(about: str) -> Schema:
    """`{language: text}`."""
    return {"type": "object", "description": about, "additionalProperties": {"type": "string"}}


def _said(schema: Schema, about: str) -> Schema:
    return {**schema, "description": about} if about else schema
