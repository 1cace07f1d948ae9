"""The model field of a partial date: ten characters of text, a value type in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.fields.partial_date import PartialDate

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Expression

    _Base = models.Field["PartialDate | str | None", "PartialDate | None"]
else:
    _Base = models.Field


class PartialDateField(_Base):
    """A nullable `PartialDate`, stored as its text so that both databases order it alike."""

    description = "a year, a year and month, or a day"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A field that may always be empty: a source without a date is the usual case."""
        kwargs.update(max_length=10, null=True, blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave the fixed options out of migrations."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "blank"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        """Stored as a short text."""
        return "CharField"

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> PartialDate | None:
        """The value type from the stored text."""
        return None if value is None else PartialDate.parse(value)

    def to_python(self, value: Any) -> PartialDate | None:
        """The value type from a text, itself or nothing.

        Raises:
            ValidationError: the text is no date.
        """
        if value is None or isinstance(value, PartialDate):
            return value
        if value == "":
            return None
        try:
            return PartialDate.parse(str(value))
        except ValueError as error:
            raise ValidationError(
                _("Write a date as 2021, 2021-04 or 2021-04-26."), code="invalid"
            ) from error

    def get_prep_value(self, value: Any) -> str | None:
        """The text to store."""
        parsed = self.to_python(value)
        return None if parsed is None else str(parsed)

    def value_to_string(self, obj: models.Model) -> str:
        """The text for serializers."""
        value = self.value_from_object(obj)
        return "" if value is None else str(value)
