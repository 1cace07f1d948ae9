"""The box in which messages are searched."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.fields import WordsField


class MessageSearchForm(forms.Form):
    """Words that a message must hold, and where to look; no words find nothing."""

    q = WordsField(_("Words in your messages"))
    conversation = forms.UUIDField(required=False, widget=forms.HiddenInput)

    use_required_attribute = False
