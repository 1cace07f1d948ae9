"""A new program: what it is called, in which language, and in which country it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from frontend.forms.desk.programs.base import codes
from frontend.forms.looked import AsksToLook
from frontend.language_words import UNKNOWN_LANGUAGE, common_languages, name_of, written
from frontend.templatetags.atlas import country_name

_BOXES = {"names": "name", "country": "country"}


class NewProgramForm(AsksToLook):
    """The least that a program has; `key` lets a form that is sent twice make one program."""

    use_required_attribute = False
    key = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    name = forms.CharField(
        label=pgettext_lazy("field of a program", "Name"),
        max_length=800,
        error_messages={"required": _("Write the name that people know it by.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    language = forms.CharField(
        label=_("Language of the name"),
        max_length=80,
        help_text=_("Its name, such as French or Arabic. Other languages can be added later."),
        error_messages={"required": _("Write the name of a language, or its code such as fr.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "dir": "auto", "list": "known-languages"}
        ),
    )
    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, data: Any, countries: Iterable[Any], first: dict[str, Any]) -> None:
        """The countries to choose from."""
        super().__init__(data, initial={"language": written(["en"]), **first})
        offered = sorted((country_name(land), land.iso2) for land in countries)
        field: Any = self.fields["country"]
        field.choices = [(code, name) for name, code in offered]

    def known_languages(self) -> list[str]:
        """Names to choose from while one writes."""
        return sorted(name_of(code) for code in common_languages(self["country"].value()))

    def raw(self) -> dict[str, Any]:
        """The values of the program."""
        typed = self.cleaned_data
        return {
            "names": {next(iter(codes(typed["language"])), ""): typed["name"]},
            "country": typed["country"],
        }

    def tell(self, error: ValidationError) -> None:
        """Show at its boxes what the action refused."""
        self.heed(error)
        for field, refused in getattr(error, "error_dict", {"": [error]}).items():
            box, errors = _BOXES.get(field.partition(".")[0]), refused
            if field == "names" and any(one.code == "language" for one in errors):
                box = "language"
                word = {"word": self.cleaned_data["language"]}
                errors = [ValidationError(UNKNOWN_LANGUAGE, code="language", params=word)]
            self.add_error(box, errors)
