"""Where a program is, as coarsely as it may be kept: a town's centre, or a tenth of a degree.

The same place always becomes the same point; nothing is added by chance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.enums import Precision
from directory.models import Country
from directory.queries.known_places import SAME_TOWN_KM, known_places
from directory.queries.place_found import PlaceFound, PlaceKind
from directory.queries.place_lookup import PlaceLookup
from directory.queries.place_question import readings_of
from directory.queries.points import Point, kilometres

# One town of a name is meant where it is this much larger than the next.
TIMES_LARGER = 10
_NAMED = 3


@dataclass(frozen=True, slots=True)
class CoarsePlace:
    """Where a program is; `precision` says how exactly `point` does. Empty where not known."""

    country: str
    region: str = ""
    locality: str = ""
    point: Point | None = None
    precision: str = ""


def coarsened(place: CoarsePlace) -> CoarsePlace:
    """The place as it may be kept; coarsening twice changes nothing. Up to six queries.

    A town that is known stands at its centre. Any other point is snapped to a grid of a tenth of
    a degree. Where only the country is to be said, no point is kept.

    Raises:
        ValidationError: by field: the country is not known, the precision is one that no program
            has, several towns bear the name, or the point lies at 0 and 0.
    """
    if not Country.objects.filter(iso2=place.country).exists():
        raise ValidationError({"country": _("Choose a country from the list.")}, code="country")
    allowed = (Precision.GRID, Precision.LOCALITY, Precision.REGION, Precision.COUNTRY)
    if place.precision not in ("", *allowed):
        raise ValidationError({"precision": _precision_words(place.precision)}, code="precision")
    if place.precision == Precision.COUNTRY:
        return replace(place, point=None)
    if place.point is None:
        return _of_town(place)
    if place.point == Point(0.0, 0.0):
        raise ValidationError(
            {"point": _("This point lies in the sea. Leave it empty where it is not known.")},
            code="point",
        )
    if place.precision in ("", Precision.LOCALITY):
        near = [one for one in _towns(place) if _km(one, place.point) < SAME_TOWN_KM]
        if near:
            nearest = min(near, key=lambda one: _km(one, place.point))
            return replace(place, point=nearest.point, precision=Precision.LOCALITY.value)
    return _snapped(place, place.point)


def snap(point: Point) -> Point:
    """The nearest point of the grid."""
    return Point(round(point.latitude, 1) + 0.0, round(point.longitude, 1) + 0.0)


def _snapped(place: CoarsePlace, point: Point) -> CoarsePlace:
    is_region = place.precision == Precision.REGION
    precision = Precision.REGION if is_region else Precision.GRID
    return replace(place, point=snap(point), precision=precision.value)


def _of_town(place: CoarsePlace) -> CoarsePlace:
    """The place of a town that is only named; without a point where nobody knows it."""
    town = _one_town(_towns(place)) if place.locality else None
    if town is None:
        return replace(place, precision=Precision.COUNTRY.value)
    if place.precision in ("", Precision.LOCALITY):
        return replace(place, point=town.point, precision=Precision.LOCALITY.value)
    return _snapped(place, town.point)


def _towns(place: CoarsePlace) -> list[PlaceFound]:
    """The towns of this name in the country, in the region where one of them lies there."""
    known = known_places()
    lookup = PlaceLookup(known, place.country, "")
    asked = [place.locality]
    if place.region:
        asked.insert(0, f"{place.locality}, {place.region}")
    for text in asked:
        found = lookup.equal(readings_of(text, known.codes)[:1]) if place.locality else []
        # Not towns that only entries name: their points may be those of a grid, or of the entry.
        towns = [one for one in found if one.kind is PlaceKind.TOWN]
        if towns:
            return towns
    return []


def _one_town(towns: list[PlaceFound]) -> PlaceFound | None:
    """The town that is meant.

    Raises:
        ValidationError: several are.
    """
    if not towns:
        return None
    first, *others = sorted(towns, key=lambda one: -one.population)
    rivals = [
        one
        for one in others
        if one.population * TIMES_LARGER > first.population
        and _km(one, first.point) >= SAME_TOWN_KM
    ]
    if not rivals:
        return first
    regions = sorted({one.region for one in (first, *rivals) if one.region})
    if regions:
        text = _("Several towns are called so. Add the region, such as %(regions)s.")
        names = ", ".join(regions[:_NAMED])
        raise ValidationError(
            {"region": ValidationError(text, code="region", params={"regions": names})}
        )
    raise ValidationError(
        {"locality": _("Several towns are called so. Show the country only, or give a point.")},
        code="locality",
    )


def _km(one: PlaceFound, point: Point | None) -> float:
    return kilometres(one.point, point) if point else 0.0


def _precision_words(precision: str) -> object:
    if precision == Precision.EXACT:
        return _("A program is never shown at its exact place. Choose the town, or the grid.")
    if precision == Precision.WITHHELD:
        return _("To show no place, withhold it.")
    return _("Choose how exactly the place is shown: locality, grid, region or country.")
