"""The form that searches programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.enums import Freshness, ProgramStatus, Service
from directory.models import Country
from directory.queries.cards import card_name, coalition_name
from directory.queries.cursor import Cursor
from directory.queries.facilities import facility_name
from directory.queries.listing_filters import ListingFilter
from directory.queries.listings import KIND, ListingWords
from directory.queries.ranked import RANKED_PROGRAMS
from frontend.forms.fields import (
    BoxField,
    CursorField,
    SlugField,
    WordField,
    language_tag,
    right_cursor,
)
from frontend.forms.filter_form import FilterForm
from frontend.sorting import sort_key
from frontend.templatetags.atlas import language_name
from frontend.templatetags.gazetteer import in_sentence

FILTERS = frozenset(field.name for field in fields(ListingFilter)) - {"box"}


class ListingForm(FilterForm):
    """Filters over programs; lists offer only what occurs, any real word is taken."""

    language = forms.CharField(label=_("Language spoken"), required=False, max_length=12)
    service = WordField(
        _("What they do"),
        _("Anything"),
        Service.choices,
        _("Choose one of the list, for example “visits”."),
    )
    status = WordField(
        _("Status"),
        _("Any status"),
        ProgramStatus.choices,
        _("Choose one of the list, for example “active”."),
    )
    freshness = WordField(
        _("How old the entry is"),
        _("Any age"),
        Freshness.choices,
        _("Choose one of the list, for example “fresh”."),
    )
    facility = SlugField(_("Place of detention"))
    organization = SlugField(_("Organization"))
    coalition = SlugField(_("Coalition"))

    hidden: tuple[str, ...] = ("facility", "organization", "coalition")

    def __init__(self, data: Any, countries: Iterable[Country], words: ListingWords) -> None:
        """A form that offers the countries, languages and services that listings have."""
        super().__init__(data, countries)
        self.named: dict[str, str] = {}
        tongues = sorted(
            ((language_name(code), code) for code in words.languages),
            key=lambda pair: sort_key(pair[0]),
        )
        self.fields["language"].widget = forms.Select(
            choices=[("", _("Any language")), *((code, name) for name, code in tongues)]
        )
        self.fields["service"].widget.choices = [
            ("", _("Anything")),
            *((value, word) for value, word in Service.choices if value in words.services),
        ]

    def clean_language(self) -> str:
        """The code as it is written in listings.

        Raises:
            ValidationError: no language has this code.
        """
        asked = str(self.cleaned_data["language"])
        code = language_tag(asked)
        if asked and not code:
            raise ValidationError(
                _("Write the code of a language, for example ar for Arabic."), code="language"
            )
        if code:
            self.keep_choice("language", code, language_name(code))
        return code

    def clean_service(self) -> str:
        """The service, which the list shows even where no program offers it."""
        value = str(self.cleaned_data["service"])
        if value:
            self.keep_choice("service", value, str(dict(Service.choices)[value]))
        return value

    def clean_facility(self) -> str:
        """The slug of a place that exists.

        Raises:
            ValidationError: no place has this slug.
        """
        return self._existing("facility", facility_name)

    def clean_organization(self) -> str:
        """The slug of an organization that has a card.

        Raises:
            ValidationError: no organization has this slug.
        """
        return self._existing("organization", card_name)

    def clean_coalition(self) -> str:
        """The slug of a coalition that has a card or that a listing names.

        Raises:
            ValidationError: no coalition has this slug.
        """
        return self._existing("coalition", coalition_name)

    @property
    def search_name(self) -> str:
        """What the closed form is called."""
        return _now("Search these programs")

    @property
    def show_name(self) -> str:
        """What its button says."""
        return _now("Show programs")

    @property
    def heading(self) -> str:
        """What this list is, as far as one filter alone says it."""
        if self.is_valid() and self.place and self.place.point:
            return _now("Programs near {place}").format(place=self.place.words)
        if self.is_valid() and self.land and "facility" not in self.named:
            return _now("Programs in {country}").format(country=in_sentence(self.land))
        if self.is_valid() and (place := self.named.get("facility")):
            return _now("Programs that visit {place}").format(place=place)
        return _now("Programs")

    @property
    def nothing(self) -> str:
        """What an empty list says."""
        if self.unknown_place:
            return self.unknown_place
        if self.land and len(self.asked) == 1:
            name = in_sentence(self.land)
            return _now("We know of no program in {country}").format(country=name)
        if "q" in self.asked and len(self.asked) == 1:
            return _now("We know of no program that fits “{words}”").format(words=self.asked["q"])
        if not self.asked:
            return _now("This node lists none yet: nothing has been put into its directory.")
        return _now("We know of no program that fits all of this")

    def wanted(self) -> ListingFilter:
        """What a valid form asks for."""
        asked = {name: value for name, value in self.asked.items() if name in FILTERS}
        return ListingFilter(**asked, box=self.cleaned_data.get("bbox"))

    def _existing(self, name: str, name_of: Callable[[str], str]) -> str:
        """The slug of a field, if something has it; its name is kept for the page."""
        slug = str(self.cleaned_data[name])
        if not slug:
            return ""
        found = name_of(slug)
        if not found:
            raise ValidationError(
                _(
                    "Nothing in this directory is called “%(slug)s”. Leave it out, or take the"
                    " last part of the address of its page."
                ),
                code="missing",
                params={"slug": slug},
            )
        self.named[name] = found
        return slug

    def _in_words(self, name: str, value: str) -> str:
        """A value as the reader chose it, places and groups by their names."""
        return self.named.get(name) or super()._in_words(name, value)


class ProgramFilterForm(ListingForm):
    """The parameters of `/programs/`."""

    bbox = BoxField()
    cursor = CursorField(KIND, RANKED_PROGRAMS)

    hidden = (*ListingForm.hidden, "bbox")

    def clean_cursor(self) -> Cursor | None:
        """The place in the list, of the kind that this list is.

        Raises:
            ValidationError: a page of the list by name where it is ranked, or the other way.
        """
        return right_cursor(self.cleaned_data["cursor"], RANKED_PROGRAMS, ranked=self.is_ranked)
