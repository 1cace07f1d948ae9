"""A note to a group."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.actions.relaying import Note
from directory.actions.relaying.carrying import LONGEST_ANSWER, LONGEST_NAME, LONGEST_TEXT
from frontend.forms.account.forms import PlainForm
from frontend.forms.desk.ledger import language_field

ROWS = 10


def _line(longest: int, **attrs: str) -> forms.Widget:
    return forms.TextInput(attrs={"maxlength": str(longest), "dir": "auto", **attrs})


class NoteForm(PlainForm):
    """Four boxes of which one must be filled; the action checks them."""

    text = forms.CharField(
        label=_("What you want to tell them"),
        required=False,
        help_text=_(
            "Up to 4,000 characters. Leave out who is held: no name, no number, no date of birth. "
            "Ask the group how to tell them safely."
        ),
        widget=forms.Textarea(
            attrs={"rows": str(ROWS), "dir": "auto", "maxlength": str(LONGEST_TEXT)}
        ),
    )
    language = language_field(_("Language in which you write"))
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        help_text=_("May stay empty."),
        widget=_line(LONGEST_NAME, autocomplete="name"),
    )
    answer = forms.CharField(
        label=_("How they can answer you"),
        required=False,
        help_text=_(
            "An e-mail address or a telephone number. May stay empty; then they cannot answer."
        ),
        widget=_line(LONGEST_ANSWER, autocomplete="off"),
    )

    def note(self) -> Note:
        """What was written."""
        written = self.cleaned_data
        return Note(
            text=written.get("text", ""),
            language=written.get("language", ""),
            name=written.get("name", ""),
            answer=written.get("answer", ""),
        )
