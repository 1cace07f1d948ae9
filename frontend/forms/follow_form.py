"""What somebody writes to be told when visits change."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.account.forms import PlainForm


class FollowForm(PlainForm):
    """One address."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("A mail with a link goes there first. Nothing else before you confirm."),
        error_messages={
            name: _("Write the whole address, for example amara@example.org.")
            for name in ("invalid", "required", "max_length")
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
