"""What the forms of both public lists share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.models import Country
from directory.queries.boxes import Box
from directory.queries.countries import country_by_code
from frontend.forms.fields import CountryField, WordsField
from frontend.forms.near import NearField, NearPlace, near_place, query_of
from frontend.sorting import by_name
from frontend.templatetags.atlas import country_name


class FilterForm(forms.Form):
    """A form sent by GET; an empty field asks nothing, an unknown word is an error.

    `land` holds the Country chosen once the form is valid, None where none was; `place` what the
    words near which to look mean.
    """

    q = WordsField(_("Words"))
    country = CountryField()
    near = NearField()

    use_required_attribute = False
    hidden: tuple[str, ...] = ()  # filters that come from links and have no box of their own
    land: Country | None = None
    place: NearPlace | None = None

    def __init__(self, data: Any, countries: Iterable[Country], **kwargs: Any) -> None:
        """A form that offers these countries; any other code of a country is taken too."""
        super().__init__(data, auto_id="f-%s", **kwargs)
        self.countries = {country.iso2: country for country in countries}
        offered = ((land.iso2, country_name(land)) for land in by_name(self.countries.values()))
        self.fields["country"].widget = forms.Select(choices=[("", _("All countries")), *offered])

    def clean_country(self) -> str:
        """The code in capitals.

        Raises:
            ValidationError: there is no such country.
        """
        code = str(self.cleaned_data["country"]).upper()
        if not code:
            return ""
        self.land = self.countries.get(code) or country_by_code(code)
        if self.land is None:
            raise ValidationError(
                _("Write the two letters of a country, for example FR for France."), code="country"
            )
        self.keep_choice("country", code, country_name(self.land))
        return code

    def clean_near(self) -> str:
        """The words as they were written; what they mean is kept in `place`.

        Raises:
            ValidationError: numbers that are no point of the globe.
        """
        text = str(self.cleaned_data["near"]).strip()
        if text:
            self.place = near_place(text, self.cleaned_data.get("country", ""))
        return text

    @property
    def is_ranked(self) -> bool:
        """Whether rows come in the order of how well they fit."""
        return bool(self.place or self.cleaned_data.get("q"))

    @property
    def unknown_place(self) -> str:
        """What is said where no place has the name that was asked for; else nothing."""
        if self.place is None or self.place.point:
            return ""
        return _now("We know of no place called “{place}”").format(place=self.place.words)

    @property
    def other_meanings(self) -> list[tuple[str, str]]:
        """Words and search for each other place that the words may mean."""
        if self.place is None:
            return []
        return [(one.words, query_of(one, self.asked)) for one in self.place.others]

    @property
    def hidden_filters(self) -> list[forms.BoundField]:
        """The filters without a box, to be carried along."""
        return [self[name] for name in self.hidden]

    @property
    def shown_errors(self) -> list[tuple[str, str, str]]:
        """Field id, label and message of each error, those of hidden fields included."""
        found = []
        for name, errors in self.errors.items():
            field = self[name]
            found += [(field.id_for_label, str(field.label), str(text)) for text in errors]
        return found

    @property
    def asked(self) -> dict[str, str]:
        """The parameters in force, without the page."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "cursor"}
        return {name: _as_asked(value) for name, value in values.items() if value}

    def query(self, **more: str) -> str:
        """The parameters in force as the part of an address after the question mark."""
        return urlencode({**self.asked, **more})

    @property
    def offered_countries(self) -> list[Country]:
        """The countries to choose from, in the order of their names."""
        return by_name(self.countries.values())

    @property
    def is_worldwide(self) -> bool:
        """Whether rows of several countries may be among those found."""
        return self.land is None

    @property
    def asked_words(self) -> list[tuple[str, str]]:
        """Label and words of each parameter in force, for the line that sums the search up."""
        if not self.is_valid():
            return []
        return [
            (str(self.fields[name].label), self._in_words(name, value))
            for name, value in self.asked.items()
        ]

    def keep_choice(self, name: str, value: str, words: str) -> None:
        """Let a list show what was chosen although it offers something else."""
        widget = self.fields[name].widget
        if isinstance(widget, forms.Select) and value not in dict(widget.choices):
            widget.choices = [*widget.choices, (value, words)]

    def _in_words(self, name: str, value: str) -> str:
        """A value as the reader chose it."""
        widget = self.fields[name].widget
        words = dict(widget.choices) if isinstance(widget, forms.Select) else {}
        return str(words.get(value, value))


def _as_asked(value: object) -> str:
    """A value as an address carries it."""
    return value.text() if isinstance(value, Box) else str(value)
