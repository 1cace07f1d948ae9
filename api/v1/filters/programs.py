"""Parameters of the list of programs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from api.v1.filters.listings import ListingParameters, choice_of
from api.v1.filters.near import NearField, RadiusField, check_near
from api.v1.filters.paging import FORM, ORDER, PageParameters, check_streamed
from api.v1.filters.parameters import BOX, BoxField
from directory.queries.listing_filters import ListingFilter
from directory.queries.orders import moment

ORDERINGS = ["name", "updated_at", "-updated_at", "distance", "relevance"]
FORMATS = ["json", "geojson", "csv", "jsonl"]
STREAMED = frozenset(FORMATS) - {"json"}


@extend_schema_field({"type": "string", "format": "date-time"})
class MomentField(serializers.Field[dt.datetime, str, str, Any]):
    """A moment of ISO 8601 with its time zone."""

    default_error_messages = {
        "moment": "Write a moment with its time zone, for example 2026-11-21T09:30:00Z."
    }

    def to_internal_value(self, data: str) -> dt.datetime:
        """The moment; a space stands for the plus that an address loses."""
        try:
            return moment(data.replace(" ", "+"))
        except (ValueError, OverflowError):
            self.fail("moment")

    def to_representation(self, value: dt.datetime) -> str:
        """The moment as text."""
        return value.isoformat()


class ProgramParameters(ListingParameters, PageParameters):
    """The filters of the contract, an order, a form, and a page of it."""

    bbox = BoxField(required=False, help_text=BOX)
    near = NearField(required=False)
    radius_km = RadiusField(required=False)
    updated_after = MomentField(
        required=False,
        help_text="What has changed after this moment: ISO 8601 with its time zone. Not together "
        "with `near` or `ordering`, nor with `csv` or `geojson`.",
    )
    ordering = choice_of(ORDERINGS, help_text=ORDER)
    format = choice_of(FORMATS, default="json", help_text=FORM)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse parameters that do not go together.

        Raises:
            ValidationError: by the name of the one to leave out, or to add.
        """
        check_near(attrs)
        if attrs.get("ordering") == "relevance" and "q" not in attrs:
            raise ValidationError({"ordering": ["Order by relevance together with q."]})
        if "updated_after" in attrs:
            _check_changes(attrs)
        if attrs["format"] in STREAMED:
            _check_streamed(attrs)
        return attrs

    @staticmethod
    def wanted(values: dict[str, Any]) -> ListingFilter:
        """What valid parameters ask for."""
        return replace(ListingParameters.wanted(values), box=values.get("bbox"))


def _check_changes(attrs: dict[str, Any]) -> None:
    if attrs.get("ordering", "updated_at") != "updated_at":
        raise ValidationError({"ordering": ["With updated_after leave this out."]})
    if "near" in attrs:
        raise ValidationError({"near": ["With updated_after leave this out."]})


def _check_streamed(attrs: dict[str, Any]) -> None:
    check_streamed(attrs)
    if "updated_after" in attrs and attrs["format"] != "jsonl":
        raise ValidationError({"updated_after": ["Ask for format=json or format=jsonl with it."]})
