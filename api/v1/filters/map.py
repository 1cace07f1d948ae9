"""Parameters of the map."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from api.v1.filters.listings import FILTERS, ListingParameters, choice_of
from api.v1.filters.parameters import BOX, BoxField
from directory.queries.map_clusters import GREATEST_ZOOM, LEAST_ZOOM
from directory.queries.map_pyramid import Layer

FACILITY_FILTERS = {"q", "country"}


class MapParameters(ListingParameters):
    """A part of the world, how close one looks, and what is shown."""

    bbox = BoxField(help_text=BOX)
    zoom = serializers.IntegerField(
        min_value=LEAST_ZOOM,
        max_value=GREATEST_ZOOM,
        help_text="How close one looks; at 0 the whole world is 256 pixels wide.",
    )
    layer = choice_of(
        [layer.value for layer in Layer],
        default=Layer.PROGRAMS.value,
        help_text="What is shown; places of detention are only filtered by `q` and `country`.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Places of detention have fewer filters than programs.

        Raises:
            ValidationError: a filter of programs is asked of places.
        """
        if attrs["layer"] == Layer.FACILITIES:
            odd = [name for name in FILTERS if name in attrs and name not in FACILITY_FILTERS]
            if odd:
                raise ValidationError(
                    {name: ["This filters programs. Leave it out for places."] for name in odd}
                )
        return attrs
