"""The texts of a program, two languages side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from directory.queries.program_checks import LONGEST, checked_values
from frontend.desk.program_words import FIELDS
from frontend.forms.desk.programs.base import PartForm
from frontend.templatetags.atlas import language_name
from frontend.texts import direction

ROWS = {"summaries": 3, "how_to_be_visited": 6, "how_to_join": 5, "descriptions": 8}
HINTS: dict[str, Any] = {
    "summaries": _("Shown in lists. One or two sentences are enough."),
    "how_to_be_visited": _("What somebody who is held has to do so that you come."),
    "how_to_join": _("How to become a visitor with you."),
}
ORDER = ("names", "summaries", "how_to_be_visited", "how_to_join", "descriptions")


class TextsForm(PartForm):
    """Boxes for each text in each of `spoken`; texts in other languages stay as they are."""

    def __init__(
        self,
        data: Any,
        shown: Mapping[str, Any],
        version: int,
        edition: int,
        spoken: list[str],
    ) -> None:
        """Boxes for these languages."""
        self.spoken = spoken
        super().__init__(data, shown, version, edition)
        for name in ORDER:
            for code in spoken:
                self.fields[f"{name}-{code}"] = self._box(name, code)

    def first(self, shown: Mapping[str, Any]) -> dict[str, Any]:
        """The texts in the languages that are shown."""
        return {
            f"{name}-{code}": shown[name].get(code, "") for name in ORDER for code in self.spoken
        }

    def raw(self) -> dict[str, Any]:
        """All texts: those that were typed, and those in other languages as they were."""
        found = {}
        for name in ORDER:
            others = {k: v for k, v in self.shown[name].items() if k not in self.spoken}
            typed = {code: self.typed(f"{name}-{code}") for code in self.spoken}
            found[name] = {**others, **{code: text for code, text in typed.items() if text}}
        return found

    def rows(self) -> list[dict[str, Any]]:
        """For the page: each text with its boxes side by side."""
        return [
            {
                "name": name,
                "label": FIELDS[name],
                "hint": HINTS.get(name, ""),
                "boxes": [self[f"{name}-{code}"] for code in self.spoken],
            }
            for name in ORDER
        ]

    def box_of(self, field: str) -> str:
        """The first box in which something is wrong, else the first of the field."""
        if field.replace(".", "-", 1) in self.fields:
            return field.replace(".", "-", 1)
        field = field.partition(".")[0]
        for code in self.spoken:
            text = self.typed(f"{field}-{code}")
            if field in ORDER and text and _is_refused(field, code, text, self.shown):
                return f"{field}-{code}"
        return f"{field}-{self.spoken[0]}" if field in ORDER else NON_FIELD_ERRORS

    def _box(self, name: str, code: str) -> forms.CharField:
        attrs = {"lang": code, "dir": direction(code), "autocomplete": "off"}
        widget: forms.Widget = forms.TextInput(attrs=attrs)
        if name != "names":
            widget = forms.Textarea(attrs={**attrs, "rows": ROWS[name]})
        label = language_name(code)
        longest = LONGEST[name] * 4
        return forms.CharField(label=label, required=False, max_length=longest, widget=widget)


def _is_refused(field: str, code: str, text: str, present: Mapping[str, Any]) -> bool:
    try:
        checked_values({field: {code: text}}, dict(present))
    except ValidationError:
        return True
    return False
