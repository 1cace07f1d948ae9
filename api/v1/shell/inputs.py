"""Serializers for what is sent: every field known, of the very kind that the document says."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

UNKNOWN = "There is no such field here."


class Input(serializers.Serializer[Any]):
    """Fields of a request. One that it does not know is refused; none is turned into another kind.

    `Input.of(body)` gives the values; with `partial` those that were sent. Checks that forms share
    are functions of `network.validators`, as `validators=[...]` of a field.
    """

    @classmethod
    def of(cls, body: dict[str, Any], *, partial: bool = False) -> dict[str, Any]:
        """The values that a body carries.

        Raises:
            ValidationError: by the names of the fields, `point.lat` for one within another.
        """
        fields = cls(data=body, partial=partial)
        if not fields.is_valid():
            raise serializers.ValidationError(dict(_by_name(fields.errors)))
        return dict(fields.validated_data)

    def to_internal_value(self, data: Any) -> Any:
        """The values; those of fields within fields too.

        Raises:
            ValidationError: by the names of the fields.
        """
        unknown = {}
        if isinstance(data, dict):
            unknown = {name: [UNKNOWN] for name in data if name not in self.fields}
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if not isinstance(error.detail, dict):
                raise
            raise serializers.ValidationError({**error.detail, **unknown}) from None
        if unknown:
            raise serializers.ValidationError(unknown)
        return values


def _by_name(errors: Any, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every text of errors within errors, by one name."""
    if isinstance(errors, dict):
        parts: Iterable[tuple[Any, Any]] = errors.items()
    elif any(isinstance(one, dict) for one in errors):
        parts = enumerate(errors)
    else:
        yield name, [str(one) for one in errors]
        return
    for part, inner in parts:
        if inner:
            yield from _by_name(inner, f"{name}.{part}" if name else str(part))


class Text(serializers.CharField):
    """A text and nothing that could be read as one."""

    default_error_messages = {"text": "Write a text in quotation marks."}

    def to_internal_value(self, data: Any) -> str:
        """The text."""
        if not isinstance(data, str):
            self.fail("text")
        return super().to_internal_value(data)


class Coded(Text):
    """Bytes in base64."""

    default_error_messages = {"base64": "Write the bytes of the file in base64, as RFC 4648 says."}

    def to_internal_value(self, data: Any) -> Any:
        """The bytes."""
        try:
            return base64.b64decode(super().to_internal_value(data), validate=True)
        except (binascii.Error, ValueError):
            self.fail("base64")


class Email(Text):
    """An address of electronic mail."""

    default_error_messages = {
        "email": _("Write the whole address, for example amara@example.org.")
    }

    def __init__(self, **kwargs: Any) -> None:
        """As long as an address may be."""
        super().__init__(max_length=254, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The address."""
        found = super().to_internal_value(data)
        try:
            validate_email(found)
        except ValidationError:
            self.fail("email")
        return found


class Texts(serializers.ListField):
    """Several texts, such as codes of languages."""

    child = Text(max_length=200)


class Whole(serializers.IntegerField):
    """A number without decimals, not in quotation marks."""

    default_error_messages = {"whole": "Write a number without decimals."}

    def to_internal_value(self, data: Any) -> int:
        """The number."""
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("whole")
        return super().to_internal_value(data)


class Number(serializers.FloatField):
    """A number, not in quotation marks."""

    default_error_messages = {"number": "Write a number."}

    def to_internal_value(self, data: Any) -> float:
        """The number."""
        if not isinstance(data, int | float) or isinstance(data, bool):
            self.fail("number")
        return super().to_internal_value(data)


class Truth(serializers.BooleanField):
    """`true` or `false`."""

    default_error_messages = {"truth": "Write true or false."}

    def to_internal_value(self, data: Any) -> bool:
        """Which of the two."""
        if not isinstance(data, bool):
            self.fail("truth")
        return data


class Choice(serializers.ChoiceField):
    """One word of a vocabulary."""

    def to_internal_value(self, data: Any) -> Any:
        """The word."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Key(serializers.UUIDField):
    """An id as it is written everywhere here: a text of 36 characters."""

    def to_internal_value(self, data: Any) -> UUID:
        """The id."""
        if not isinstance(data, str) or len(data) != len(str(UUID(int=0))):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)
