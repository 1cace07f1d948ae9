"""What an organization writes of itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.queries.countries import all_countries
from frontend.forms.account.forms import PlainForm
from frontend.language_words import UNKNOWN_LANGUAGE, code_of, read_words, written
from frontend.templatetags.atlas import country_name, language_name
from network.enums import OrganizationKind
from network.models import Organization

NAME = "name_"
_BOXES = {"names": "name"}


class LanguagesField(forms.CharField):
    """Languages by name, in the page's language, in English or in their own, or by code."""

    def to_python(self, value: Any) -> Any:
        """A list of codes.

        Raises:
            ValidationError: a name that is none.
        """
        return list(dict.fromkeys(self._code(word) for word in read_words(str(value or ""))))

    def prepare_value(self, value: Any) -> Any:
        """The names, as they are read on this page."""
        return written(value) if isinstance(value, list) else value

    def _code(self, word: str) -> str:
        try:
            return code_of(word)
        except ValidationError as error:
            raise ValidationError(
                UNKNOWN_LANGUAGE,
                code="language",
                params={"word": word},
            ) from error


class CardForm(PlainForm):
    """Names, country, kind, languages and website; a name for each language spoken here."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    name = forms.CharField(
        label=_("Name of the group"),
        max_length=200,
        help_text=_("As the group calls itself."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization"}),
    )
    country = forms.ChoiceField(label=pgettext_lazy("of a group", "Country"))
    kind = forms.ChoiceField(label=_("What kind of group"), choices=OrganizationKind.choices)
    languages = LanguagesField(
        label=_("Languages of the group"),
        required=False,
        help_text=_("By name, with commas between them: French, Arabic."),
    )
    website = forms.CharField(
        label=_("Website"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "url"}),
    )

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        """With what the organization says now."""
        kwargs.setdefault("initial", initial_of(organization))
        super().__init__(*args, **kwargs)
        countries: Any = country_choices(organization.country)
        self.fields["country"].choices = countries  # type: ignore[attr-defined] # a ChoiceField
        for code in codes_of(organization):
            self.fields[f"{NAME}{code}"] = forms.CharField(
                label=_("Name in this language: %(language)s") % {"language": language_name(code)},
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )
        names = [name for name in self.fields if name.startswith(NAME)]
        self.order_fields(["base_version", "name", *names])

    def changes(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        written = dict(self.cleaned_data)
        written.pop("base_version")
        names = {
            key.removeprefix(NAME): written.pop(key)
            for key in list(written)
            if key.startswith(NAME)
        }
        return {**written, "names": names}

    def take_errors(self, errors: dict[str, list[str]]) -> None:
        """What was refused of the names stands at the name."""
        super().take_errors({_box_of(key): told for key, told in errors.items()})


def _box_of(key: str) -> str:
    """The box of a field of an organization; `names.fr` is the name in one language."""
    return key.replace("names.", NAME, 1) if key.startswith("names.") else _BOXES.get(key, key)


def codes_of(organization: Organization) -> list[str]:
    """The languages in which a name can be written: those of the site, of the group, and given."""
    site = [code for code, _name in settings.LANGUAGES]
    return list(dict.fromkeys([*site, *organization.languages, *organization.names]))


def initial_of(organization: Organization) -> dict[str, Any]:
    """What an organization says now, as the form shows it."""
    return {
        "base_version": organization.version,
        "name": organization.name,
        "country": organization.country,
        "kind": organization.kind,
        "languages": organization.languages,
        "website": organization.website,
        **{f"{NAME}{code}": name for code, name in organization.names.items()},
    }


def country_choices(present: str) -> list[tuple[str, str]]:
    """Every country by its name on this page; one that is not listed is kept by its code."""
    found = sorted(
        ((one.iso2, country_name(one)) for one in all_countries()),
        key=lambda choice: choice[1].casefold(),
    )
    return found if any(code == present for code, _name in found) else [(present, present), *found]
