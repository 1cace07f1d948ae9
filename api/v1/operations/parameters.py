"""The parameters of an operation, as the class that checks them knows them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.drainage import get_override
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.fields import empty

from api.v1.filters.parameters import Parameters
from api.v1.schemas.shapes import Schema, ref
from api.v1.schemas.vocabularies import NAMES

# Python's marks of a beginning and an end, and those of JSON Schema.
_ENDS = {r"\A": "^", r"\Z": "$"}
_FORMATS = {serializers.UUIDField: "uuid", serializers.DateTimeField: "date-time"}


def parameters_of(known: type[Parameters]) -> list[OpenApiParameter]:
    """Every parameter that the class knows, in its order; none can be forgotten here."""
    return [_parameter(name, field) for name, field in known().get_fields().items()]


def slug_parameter(about: str) -> OpenApiParameter:
    """The slug in a path."""
    form = {"type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,159}$"}
    return OpenApiParameter("slug", form, OpenApiParameter.PATH, description=about)


def _parameter(name: str, field: serializers.Field[Any, Any, Any, Any]) -> OpenApiParameter:
    form = dict(_form(field))
    # What is asked where nothing is said: put in by the field, or by whoever reads it.
    default = field.initial if field.default is empty else field.default
    if default not in (None, ""):
        form["default"] = default
    about = str(field.help_text or "")
    return OpenApiParameter(
        name, form, OpenApiParameter.QUERY, required=field.required, description=about
    )


def _form(field: serializers.Field[Any, Any, Any, Any]) -> Schema:
    """The values that a field takes, as JSON Schema.

    Raises:
        TypeError: a field of a kind that nothing is said of; say it with `extend_schema_field`.
    """
    if said := get_override(field, "field"):
        return dict(said)
    if isinstance(field, serializers.ChoiceField):
        values = tuple(field.choices)
        return ref(NAMES[values]) if values in NAMES else {"type": "string", "enum": list(values)}
    if isinstance(field, serializers.IntegerField):
        return _bounded("integer", field)
    if isinstance(field, serializers.FloatField):
        return _bounded("number", field)
    if isinstance(field, serializers.CharField):
        return _text(field)
    for kind, form in _FORMATS.items():
        if isinstance(field, kind):
            return {"type": "string", "format": form}
    raise TypeError(f"no form is known of {type(field).__name__}")


def _bounded(kind: str, field: serializers.IntegerField | serializers.FloatField) -> Schema:
    sides = {"minimum": field.min_value, "maximum": field.max_value}
    return {"type": kind, **{name: side for name, side in sides.items() if side is not None}}


def _text(field: serializers.CharField) -> Schema:
    form: Schema = {"type": "string"}
    if field.max_length is not None:
        form["maxLength"] = field.max_length
    for validator in field.validators:
        if pattern := getattr(getattr(validator, "regex", None), "pattern", ""):
            form["pattern"] = _pattern(pattern)
    return form


def _pattern(python: str) -> str:
    for ours, theirs in _ENDS.items():
        python = python.replace(ours, theirs)
    return python
