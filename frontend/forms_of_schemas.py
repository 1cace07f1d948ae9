"""What a JSON schema lets through, in a few English words; patterns are left to the document."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

_FORMATS = {
    "date": "day",
    "date-time": "moment",
    "uri": "address",
    "uuid": "UUID",
}
_TYPES = {
    "boolean": "true or false",
    "integer": "whole number",
    "null": "null",
    "number": "number",
    "object": "object",
    "string": "text",
}


def form(schema: Schema) -> str:
    """The values of a schema as Markdown; a named schema is a link to its heading."""
    if name := name_of(schema):
        return f"[{name}](#{name.lower()})"
    if "const" in schema:
        return f"`{_plain(schema['const'])}`"
    if "enum" in schema:
        return ", ".join(f"`{_plain(value)}`" for value in schema["enum"])
    for together in ("oneOf", "anyOf"):
        if together in schema:
            return " or ".join(form(one) for one in schema[together])
    types = schema.get("type", "object")
    return " or ".join(_one(kind, schema) for kind in ([types] if types == str(types) else types))


def name_of(schema: Schema) -> str:
    """The name of the schema that is pointed at; empty where none is."""
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _one(kind: str, schema: Schema) -> str:
    """One type with its bounds."""
    if kind == "array":
        return f"list of {form(schema['items'])}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {form(schema['additionalProperties'])} by name"
    if kind == "string":
        return _text(schema)
    return _TYPES[kind] + (_bounds(schema) if kind in ("integer", "number") else "")


def _text(schema: Schema) -> str:
    words = _FORMATS.get(schema.get("format", ""), "text")
    if "maxLength" in schema:
        words += f", at most {schema['maxLength']} characters"
    if examples := schema.get("examples"):
        words += ", for example " + ", ".join(f"`{one}`" for one in examples)
    return words


def _bounds(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f", {least} to {most}"
    return "" if least is None else f", {least} or more"


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
