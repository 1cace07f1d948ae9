"""Where notes of readers shall go."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from frontend.forms.account.forms import PlainForm


class RelayForm(PlainForm):
    """An address, and the language in which notes are introduced; the action checks both."""

    email = forms.CharField(
        label=_("Address to which notes go"),
        required=False,
        max_length=1000,
        help_text=_("It is never public. A mail with one button goes there first."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )
    language = forms.ChoiceField(
        label=_("Language of what stands around a note"), choices=settings.LANGUAGES
    )
