"""Near a place: by its name in any script, or by its point."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from directory.queries.places import places_named
from directory.queries.points import HALF_WAY_KM, Point, PointError, parse_point
from network.validators import validate_plain_text

LONGEST = 100
ABOUT_NEAR = (
    "The name of a town or place in any script, or `latitude,longitude` in degrees. The nearest "
    "come first, each with `distance_km`; what has no point is left out."
)
UNKNOWN = (
    "No place of this name is known here. Write a larger town close by, or a latitude and a "
    "longitude such as 48.2,16.37."
)


@dataclass(frozen=True, slots=True)
class Centre:
    """Where distances are measured from, and which place the words were taken for."""

    point: Point
    name: str
    country: str

    def document(self) -> dict[str, Any]:
        """The same for an answer."""
        lat, lon = self.point.latitude, self.point.longitude
        return {"name": self.name, "country": self.country, "lat": lat, "lon": lon}


class NearField(serializers.CharField):
    """The name of a place, or `latitude,longitude`."""

    def __init__(self, **kwargs: Any) -> None:
        """At most 100 characters."""
        super().__init__(max_length=LONGEST, help_text=ABOUT_NEAR, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The words, without control characters."""
        words = super().to_internal_value(data)
        validate_plain_text(words, lines=False)
        return words


class RadiusField(serializers.FloatField):
    """Kilometres, from 0 to half way around the world."""

    def __init__(self, **kwargs: Any) -> None:
        """Bounded on both sides."""
        super().__init__(
            min_value=0,
            max_value=math.floor(HALF_WAY_KM),
            help_text="At most so many kilometres from `near`.",
            **kwargs,
        )

    def to_internal_value(self, data: Any) -> float:
        """The number; what is none in digits is refused."""
        value = super().to_internal_value(data)
        if not math.isfinite(value):
            self.fail("invalid")
        return value


def check_near(attrs: dict[str, Any]) -> None:
    """Refuse what only has a meaning near a place.

    Raises:
        ValidationError: a radius or an order by distance, and no place.
    """
    if "near" in attrs:
        if attrs.get("ordering", "distance") != "distance":
            raise ValidationError({"ordering": ["Near a place the nearest come first."]})
        return
    if "radius_km" in attrs:
        raise ValidationError({"radius_km": ["Say with near from where this is measured."]})
    if attrs.get("ordering") == "distance":
        raise ValidationError({"ordering": ["Order by distance together with near."]})


def centre_of(values: dict[str, Any]) -> Centre:
    """The place that `near` means, the likeliest first; in `country` where one is asked for.

    Raises:
        ValidationError: no place has this name, or numbers that are no point of the globe.
    """
    text = values["near"]
    try:
        point = parse_point(text)
    except PointError as error:
        raise ValidationError({"near": [str(error)]}) from error
    if point is not None:
        return Centre(point, "", "")
    found = places_named(text, country=values.get("country", "").upper(), limit=1)
    if not found:
        raise ValidationError({"near": [UNKNOWN]})
    return Centre(found[0].point, found[0].name, found[0].country)
