"""Parameters of the list of places of detention."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from api.v1.filters.listings import COUNTRY, choice_of
from api.v1.filters.near import NearField, RadiusField, check_near
from api.v1.filters.paging import PageParameters, check_streamed
from api.v1.filters.parameters import BoxField, WordsField
from directory.enums import FacilityKind, FacilityStatus
from directory.queries.facilities import FacilityFilter

ORDERINGS = ["name", "distance", "relevance"]
FORMATS = ["json", "geojson", "csv"]


class FacilityParameters(PageParameters):
    """Words, country, kind, status and place; an order, a form, and a page of it."""

    q = WordsField()
    country = serializers.RegexField(
        COUNTRY,
        required=False,
        error_messages={"invalid": "Write the two letters of a country, for example FR."},
    )
    kind = choice_of(FacilityKind.values)
    status = choice_of(FacilityStatus.values)
    bbox = BoxField(required=False)
    near = NearField(required=False)
    radius_km = RadiusField(required=False)
    ordering = choice_of(ORDERINGS)
    format = choice_of(FORMATS, default="json")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse parameters that do not go together.

        Raises:
            ValidationError: by the name of the one to leave out, or to add.
        """
        check_near(attrs)
        if attrs.get("ordering") == "relevance" and "q" not in attrs:
            raise ValidationError({"ordering": ["Order by relevance together with q."]})
        if attrs["format"] != "json":
            check_streamed(attrs)
        return attrs

    @staticmethod
    def wanted(values: dict[str, Any]) -> FacilityFilter:
        """What valid parameters ask for."""
        asked = {name: values[name] for name in ("q", "kind", "status") if name in values}
        country = values.get("country", "").upper()
        return FacilityFilter(**asked, country=country, box=values.get("bbox"))
