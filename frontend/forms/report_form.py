"""A note on a public entry."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.enums import ReportKind
from frontend.forms.account.forms import PlainForm


class ReportForm(PlainForm):
    """What it is about, a few sentences, and where an answer may go."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=ReportKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what this is about."),
            "invalid_choice": _("Choose what this is about."),
        },
    )
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("Do not name anybody in detention."),
    )
    email = forms.CharField(
        label=_("Where the answer may go"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        help_text=_("May stay empty. The address is deleted with the answer."),
    )
