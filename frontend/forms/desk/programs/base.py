"""What the forms of all parts have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from frontend.forms.looked import AsksToLook
from frontend.language_words import code_of, read_words

MOST_VERSION = 2**31 - 1


class PartForm(AsksToLook):
    """One part of a program: what is typed goes to the action as it is, which alone checks it.

    `shown` are the values that the boxes begin with. `base_version` and `edition` say which state
    of program and draft the page was made from.
    """

    use_required_attribute = False
    base_version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=MOST_VERSION, required=False
    )
    edition = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=MOST_VERSION, required=False
    )

    def __init__(self, data: Any, shown: Mapping[str, Any], version: int, edition: int) -> None:
        """Boxes with these values, or with what was sent."""
        self.shown = shown
        first = {"base_version": version, "edition": edition, **self.first(shown)}
        super().__init__(data, initial=first)

    def first(self, shown: Mapping[str, Any]) -> dict[str, Any]:
        """What the boxes begin with, by their names."""
        raise NotImplementedError

    def raw(self) -> dict[str, Any]:
        """The values that were typed, by the names of the fields of a program."""
        raise NotImplementedError

    def number(self, name: str) -> int:
        """A hidden number; 0 where it was damaged."""
        self.full_clean()
        return self.cleaned_data.get(name) or 0

    def typed(self, name: str) -> str:
        """The text in one box."""
        return str(self.data.get(self.add_prefix(name), "")).strip()

    def chosen(self, name: str) -> list[str]:
        """The boxes that are ticked."""
        data: Any = self.data
        found = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [str(one) for one in found]

    def box_of(self, field: str) -> str:
        """The box at which an error of a field of a program is shown; none: above all.

        `field.key` is one within a field of several.
        """
        return field if field in self.fields else NON_FIELD_ERRORS

    def tell(self, error: ValidationError) -> None:
        """Show at its boxes what the action refused."""
        self.full_clean()
        self.heed(error)
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for field, errors in error.error_dict.items():
            box = self.box_of(field)
            self.add_error(None if box == NON_FIELD_ERRORS else box, errors)


def text_box(label: Any, longest: int, hint: Any = "", **attrs: Any) -> forms.CharField:
    """A box for one line."""
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(
        label=label, required=False, max_length=longest * 4, help_text=hint, widget=widget
    )


def codes(text: str) -> list[str]:
    """Codes of the languages that were typed, by name or by code; a word that is none as it is."""
    return list(dict.fromkeys(code for word in read_words(text) for code in _codes_of(word)))


def unknown_language(text: str) -> str:
    """The first word of a box that is no language; nothing where all are."""
    return next((one for one in codes(text) if not _is_language(one)), "")


def _codes_of(word: str) -> list[str]:
    """One code, several that were typed with spaces between them, or the word as it is."""
    if _is_language(word):
        return [code_of(word)]
    parts = word.split()
    return [code_of(part) for part in parts] if all(map(_is_language, parts)) else [word]


def _is_language(word: str) -> bool:
    try:
        code_of(word)
    except ValidationError:
        return False
    return True
