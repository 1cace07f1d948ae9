"""Parameters of an address: each known, each checked, nothing left over."""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.fields import empty

from directory.queries.boxes import BadBoxError, Box, box_from
from network.validators import validate_plain_text

LONGEST = 200
WORDS = (
    "Words to look for, in any order and script: names, towns, places, organizations, languages "
    "and services. Small mistakes are forgiven; control characters and nothing but spaces are not."
)
BOX = (
    "A part of the world: west, south, east and north in degrees; west is greater than east "
    "across the 180th meridian."
)


class Parameters(serializers.Serializer[Any]):
    """Parameters of one operation. An empty one asks nothing, one that it does not know is 400."""

    def __init__(self, *args: Any, asked: Collection[str] | None = None, **kwargs: Any) -> None:
        """`asked` are the parameters that were given; without it all that there are."""
        super().__init__(*args, **kwargs)
        self._asked = asked

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Copies of the fields that were asked for, or that say something unasked: few of many.

        Copying is most of what reading an address costs.
        """
        asked = self._declared_fields if self._asked is None else self._asked
        return {
            name: copy.deepcopy(field)
            for name, field in self._declared_fields.items()
            if name in asked or field.required or field.default is not empty
        }

    @classmethod
    def of(cls, query: QueryDict) -> dict[str, Any]:
        """The values that an address carries.

        Raises:
            ValidationError: one is unknown, given twice, or says what it cannot; by its name.
        """
        asked = {name: value for name, value in query.items() if value != ""}
        known = cls._declared_fields
        errors = {
            name: ["There is no such parameter here."]
            for name in (*asked, *([""] if "" in query else []))
            if name not in known
        }
        errors |= {
            name: ["Give this parameter once."]
            for name in known
            if len([value for value in query.getlist(name) if value != ""]) > 1
        }
        if errors:
            raise ValidationError(errors)
        parameters = cls(data=asked, asked=asked)
        parameters.is_valid(raise_exception=True)
        return dict(parameters.validated_data)


class WordsField(serializers.CharField):
    """Words to look for: one short line."""

    def __init__(self, **kwargs: Any) -> None:
        """At most 200 characters."""
        super().__init__(max_length=LONGEST, required=False, help_text=WORDS, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The words, without control characters."""
        words = super().to_internal_value(data)
        validate_plain_text(words, lines=False)
        return words


@extend_schema_field(
    {"type": "string", "pattern": "^[^,]+(,[^,]+){3}$", "examples": ["5.9,47.2,15.1,55.1"]}
)
class BoxField(serializers.Field[Box, str, str, Any]):
    """`west,south,east,north` in degrees; west is greater than east across the 180th meridian."""

    default_error_messages = {
        "box": (
            "Write west,south,east,north in degrees, for example 5.9,47.2,15.1,55.1. "
            "Longitudes lie between -180 and 180, latitudes between -90 and 90, south first."
        )
    }

    def to_internal_value(self, data: str) -> Box:
        """The box."""
        try:
            return box_from(data)
        except BadBoxError:
            self.fail("box")

    def to_representation(self, value: Box) -> str:
        """The box as text."""
        return value.text()
