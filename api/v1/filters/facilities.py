"""Parameters of the list of places of detention."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import ValidationError

from api.v1.filters.listings import choice_of, country_field
from api.v1.filters.near import NearField, RadiusField, check_near
from api.v1.filters.paging import FORM, ORDER, PageParameters, check_streamed
from api.v1.filters.parameters import BOX, BoxField, WordsField
from directory.enums import FacilityKind, FacilityStatus
from directory.queries.facilities import FacilityFilter

ORDERINGS = ["name", "distance", "relevance"]
FORMATS = ["json", "geojson", "csv"]


class FacilityParameters(PageParameters):
    """Words, country, kind, status and place; an order, a form, and a page of it."""

    q = WordsField()
    country = country_field()
    kind = choice_of(FacilityKind.values, help_text="Under which kind of law people are held.")
    status = choice_of(FacilityStatus.values, help_text="Whether people are held there.")
    bbox = BoxField(required=False, help_text=BOX)
    near = NearField(required=False)
    radius_km = RadiusField(required=False)
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
        if attrs["format"] != "json":
            check_streamed(attrs)
        return attrs

    @staticmethod
    def wanted(values: dict[str, Any]) -> FacilityFilter:
        """What valid parameters ask for."""
        asked = {name: values[name] for name in ("q", "kind", "status") if name in values}
        country = values.get("country", "").upper()
        return FacilityFilter(**asked, country=country, box=values.get("bbox"))
