"""The form that searches places of detention."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.enums import FacilityKind, FacilityStatus
from directory.models import Country
from directory.queries.facilities import KIND, FacilityFilter
from frontend.forms.fields import CountryField, CursorField, WordField, WordsField
from frontend.forms.filter_form import FilterForm
from frontend.sorting import by_name
from frontend.templatetags.atlas import country_name
from frontend.templatetags.gazetteer import in_sentence


class FacilityFilterForm(FilterForm):
    """The parameters of `/facilities/`."""

    q = WordsField(_("Words"))
    country = CountryField()
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
    cursor = CursorField(KIND)

    def __init__(self, data: Any, countries: Iterable[Country]) -> None:
        """A form that offers the countries in which a place is listed."""
        super().__init__(data, countries)
        places = [(country_name(c), c.iso2) for c in by_name(self.countries.values())]
        self.fields["country"].widget = forms.Select(
            choices=[("", _("All countries")), *((code, name) for name, code in places)]
        )

    @property
    def heading(self) -> str:
        """What this list is, as far as the country says it."""
        if self.is_valid() and self.land:
            words = _now("Places of detention in {country}")
            return words.format(country=in_sentence(self.land))
        return _now("Places of detention")

    @property
    def nothing(self) -> str:
        """What an empty list says."""
        if self.land and len(self.asked) == 1:
            words = _now("We know of no place of detention in {country}")
            return words.format(country=in_sentence(self.land))
        return _now("We know of no place that fits this")

    def wanted(self) -> FacilityFilter:
        """What a valid form asks for."""
        return FacilityFilter(**self.asked)
