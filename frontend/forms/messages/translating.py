"""The form of a translation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.messages.writing import MessageForm, language_choices


class TranslationForm(MessageForm):
    """A message in another language, which is chosen from a list and never left open."""

    field_order = ("language", "body")

    def __init__(self, data: Any = None, *, languages: Iterable[str] = (), **kwargs: Any) -> None:
        """Offer the languages of the site and these."""
        languages = list(languages)
        super().__init__(data, languages=languages, **kwargs)
        begun = kwargs.get("initial", {}).get("language", "")
        named = [one for one in language_choices(*languages, begun) if one[0]]
        wanted = _("Choose the language of your translation.")
        self.fields["language"] = forms.ChoiceField(
            label=_("Translated into"),
            choices=[("", _("Choose a language")), *named],
            error_messages={"required": wanted, "invalid_choice": wanted},
        )
        self.fields["body"].label = _("Your translation")
        self.fields["body"].required = True
        self.fields["body"].error_messages["required"] = _("Write something to send.")
        self.order_fields(self.field_order)
