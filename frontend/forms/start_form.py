"""The parameters of the page for those who want to begin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.models import Country, Facility
from directory.queries.countries import country_by_code
from directory.queries.starting import place_to_start_at
from frontend.forms.fields import CountryField, SlugField
from frontend.sorting import by_name
from frontend.templatetags.atlas import country_name


class StartForm(forms.Form):
    """A country, and a place in it. `land` and `facility` hold the rows once the form is valid."""

    country = CountryField()
    place = SlugField(_("Place of detention"))

    use_required_attribute = False
    land: Country | None = None
    facility: Facility | None = None

    def __init__(self, data: Any, countries: Iterable[Country]) -> None:
        """A form that offers these countries; any other code of a country is taken too."""
        super().__init__(data, auto_id="f-%s")
        offered = [(one.iso2, country_name(one)) for one in by_name(countries)]
        self.fields["country"].widget = forms.Select(choices=[("", _("Choose")), *offered])

    def clean_country(self) -> str:
        """The code in capitals.

        Raises:
            ValidationError: there is no such country.
        """
        code = str(self.cleaned_data["country"]).upper()
        self.land = country_by_code(code) if code else None
        if code and self.land is None:
            raise ValidationError(
                _("Write the two letters of a country, for example FR for France."), code="country"
            )
        return code

    def clean_place(self) -> str:
        """The place, which says its country too.

        Raises:
            ValidationError: there is no such place, or it lies in another country.
        """
        slug = str(self.cleaned_data["place"])
        self.facility = place_to_start_at(slug) if slug else None
        if slug and self.facility is None:
            raise ValidationError(_("We know of no place by this name."), code="place")
        if self.facility is not None:
            self.land = self.facility.country
        return slug
