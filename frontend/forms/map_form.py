"""The form that chooses what the map shows, and which part of the world."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.queries.facilities import FacilityFilter
from directory.queries.map_clusters import EDGE
from directory.queries.map_pyramid import Layer
from frontend.forms.fields import WordField
from frontend.forms.program_filter import ListingForm
from frontend.templatetags.gazetteer import in_sentence

LEAST, GREATEST = 1, 12
BOTH = "both"
PARTS = 2
LONGEST_PLACE = 40


class CentreField(forms.CharField):
    """The middle of the map as `latitude,longitude`."""

    def __init__(self) -> None:
        """A hidden field whose errors are shown under a label."""
        super().__init__(
            label=_("Middle of the map"),
            required=False,
            max_length=LONGEST_PLACE,
            widget=forms.HiddenInput,
        )

    def clean(self, value: str) -> tuple[float, float] | None:
        """Latitude and longitude in degrees.

        Raises:
            ValidationError: not two numbers on the map.
        """
        text = super().clean(value)
        if not text:
            return None
        try:
            latitude, longitude = (float(part) for part in text.split(","))
        except ValueError:
            latitude = longitude = float("nan")
        if not (abs(latitude) <= EDGE and abs(longitude) <= 180):
            raise ValidationError(
                _("Write latitude and longitude in degrees, for example 46.2,6.1."), code="at"
            )
        return latitude, longitude


class MapForm(ListingForm):
    """The parameters of `/map/`: the filters of the list, what to show, where and how close."""

    show = WordField(
        _("Show"),
        _("Programs"),
        [
            (Layer.FACILITIES.value, _("Places of detention")),
            (BOTH, _("Programs and places of detention")),
        ],
        _("Choose one of the list, for example “facilities”."),
    )
    zoom = forms.IntegerField(
        label=_("How close"),
        required=False,
        min_value=LEAST,
        max_value=GREATEST,
        widget=forms.HiddenInput,
        error_messages={
            "invalid": _("Write a whole number from 1 to 12."),
            "min_value": _("Write a whole number from 1 to 12."),
            "max_value": _("Write a whole number from 1 to 12."),
        },
    )
    at = CentreField()

    @property
    def asked_words(self) -> list[tuple[str, str]]:
        """Label and words of what is shown and filtered; where the map looks is seen."""
        where = {str(self.fields[name].label) for name in ("zoom", "at")}
        return [pair for pair in super().asked_words if pair[0] not in where]

    @property
    def search_name(self) -> str:
        """What the closed form is called."""
        return _now("Choose what the map shows")

    @property
    def show_name(self) -> str:
        """What its button says."""
        return _now("Show on the map")

    @property
    def layers(self) -> list[Layer]:
        """What a valid form shows, programs first."""
        chosen = self.cleaned_data["show"]
        if chosen == BOTH:
            return [Layer.PROGRAMS, Layer.FACILITIES]
        return [Layer(chosen or Layer.PROGRAMS)]

    @property
    def heading(self) -> str:
        """What this map is, as far as the country says it."""
        if self.is_valid() and self.place and self.place.point:
            return _now("Map around {place}").format(place=self.place.words)
        if self.is_valid() and self.land:
            return _now("Map of {country}").format(country=in_sentence(self.land))
        return _now("Map")

    def filters_of(self, layer: Layer) -> dict[str, str]:
        """The filters in force that hold for a layer, as its list takes them."""
        if layer == Layer.PROGRAMS:
            return self.filters
        wanted = self.wanted_places()
        asked = {"q": wanted.q, "country": wanted.country}
        return {name: value for name, value in asked.items() if value}

    @property
    def unused(self) -> list[str]:
        """The labels of filters in force that say nothing about places of detention."""
        if Layer.FACILITIES not in self.layers:
            return []
        held = self.filters_of(Layer.FACILITIES)
        return [str(self.fields[name].label) for name in self.filters if name not in held]

    @property
    def filters(self) -> dict[str, str]:
        """The filters in force, without what to show and where."""
        return {
            name: value
            for name, value in self.asked.items()
            if name not in ("zoom", "at", "show", "near")
        }

    @property
    def carried(self) -> dict[str, str]:
        """What every link around the map carries on: the filters, and what is shown."""
        show = self.cleaned_data["show"]
        return {**self.filters, **({"show": show} if show else {})}

    def wanted_places(self) -> FacilityFilter:
        """Which places of detention a valid form asks for: by country, and alone by words too."""
        words = "" if Layer.PROGRAMS in self.layers else self.cleaned_data["q"]
        return FacilityFilter(q=words, country=self.cleaned_data["country"])
