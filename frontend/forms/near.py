"""A place near which to look: by its name in any script, or by its point."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.models import Country
from directory.queries.place_found import PlaceFound
from directory.queries.places import places_named
from directory.queries.points import Point, PointError, parse_point
from frontend.templatetags.atlas import comma, country_name
from network.validators import validate_plain_text

LONGEST = 100
OTHERS = 4


class NearField(forms.CharField):
    """The name of a place, or latitude and longitude: one short line."""

    def __init__(self) -> None:
        """A box under a label."""
        super().__init__(
            label=_("Near"),
            required=False,
            max_length=LONGEST,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            help_text=_("A town, a centre, or latitude and longitude"),
        )

    def validate(self, value: str) -> None:
        """Refuse what no name contains."""
        super().validate(value)
        validate_plain_text(value, lines=False)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A place that words may mean: its name for people, and the words that mean only it."""

    words: str
    asked: str


@dataclass(frozen=True, slots=True)
class NearPlace:
    """Where to look from, what it is called, and what else the words may mean.

    `point` is None where no place has this name.
    """

    point: Point | None
    words: str
    others: tuple[Meaning, ...]


def near_place(text: str, country: str) -> NearPlace:
    """What the words mean, best first; in a country where one is chosen.

    Raises:
        ValidationError: numbers that are no point of the globe.
    """
    try:
        point = parse_point(text)
    except PointError as error:
        raise ValidationError(str(error), code=error.code) from error
    if point is not None:
        return NearPlace(point, f"{point.latitude:g}, {point.longitude:g}", ())
    found = places_named(text, country=country, language=get_language() or "en", limit=OTHERS + 1)
    if not found:
        return NearPlace(None, text, ())
    codes = {place.country for place in found}
    lands = {land.iso2: land for land in Country.objects.filter(iso2__in=codes)}
    first, *others = (_meaning(place, lands.get(place.country)) for place in found)
    apart = {one.words: one for one in others if one.words != first.words}
    return NearPlace(found[0].point, first.words, tuple(apart.values()))


def _meaning(place: PlaceFound, land: Country | None) -> Meaning:
    country = country_name(land) if land else place.country
    parts = [place.name, place.region, country if country != place.name else ""]
    words = comma().join(part for part in parts if part)
    asked = f"{place.latitude:.4f},{place.longitude:.4f}"
    return Meaning(words, asked)


def query_of(meaning: Meaning, asked: dict[str, str]) -> str:
    """The same search near another meaning, as the part of an address after the question mark."""
    return urlencode({**asked, "near": meaning.asked})
