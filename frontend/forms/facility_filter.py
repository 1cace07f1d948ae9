"""The form that searches places of detention."""

from __future__ import annotations

from dataclasses import fields

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.enums import FacilityKind, FacilityStatus
from directory.queries.cursor import Cursor
from directory.queries.facilities import KIND, FacilityFilter
from directory.queries.ranked import RANKED_FACILITIES
from frontend.forms.fields import BoxField, CursorField, WordField, right_cursor
from frontend.forms.filter_form import FilterForm
from frontend.templatetags.gazetteer import in_sentence

FILTERS = frozenset(field.name for field in fields(FacilityFilter)) - {"box"}


class FacilityFilterForm(FilterForm):
    """The parameters of `/facilities/`."""

    kind = WordField(
        _("Kind"),
        _("Any kind"),
        FacilityKind.choices,
        _("Choose one of the list, for example “administrative”."),
    )
    status = WordField(
        _("Status"),
        _("Any status"),
        FacilityStatus.choices,
        _("Choose one of the list, for example “open”."),
    )
    bbox = BoxField()
    cursor = CursorField(KIND, RANKED_FACILITIES)

    hidden = ("bbox",)

    def clean_cursor(self) -> Cursor | None:
        """The place in the list, of the kind that this list is.

        Raises:
            ValidationError: a page of the list by name where it is ranked, or the other way.
        """
        return right_cursor(self.cleaned_data["cursor"], RANKED_FACILITIES, ranked=self.is_ranked)

    @property
    def search_name(self) -> str:
        """What the closed form is called."""
        return _now("Search these places")

    @property
    def show_name(self) -> str:
        """What its button says."""
        return _now("Show places")

    @property
    def heading(self) -> str:
        """What this list is, as far as the country says it."""
        if self.is_valid() and self.place and self.place.point:
            return _now("Places of detention near {place}").format(place=self.place.words)
        if self.is_valid() and self.land:
            words = _now("Places of detention in {country}")
            return words.format(country=in_sentence(self.land))
        return _now("Places of detention")

    @property
    def nothing(self) -> str:
        """What an empty list says."""
        if self.unknown_place:
            return self.unknown_place
        if self.land and len(self.asked) == 1:
            words = _now("We know of no place of detention in {country}")
            return words.format(country=in_sentence(self.land))
        return _now("We know of no place that fits this")

    def wanted(self) -> FacilityFilter:
        """What a valid form asks for."""
        asked = {name: value for name, value in self.asked.items() if name in FILTERS}
        return FacilityFilter(**asked, box=self.cleaned_data["bbox"])
