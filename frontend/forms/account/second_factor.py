"""Codes, passkeys and their names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.account.forms import PlainForm

# Spaces, dashes and marks that come along with a copied code are taken off later.
LONGEST_CODE = 40
LONGEST_ANSWER = 64 * 1024
_TYPED = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class CodeField(forms.CharField):
    """A code that somebody reads elsewhere and types here."""

    def __init__(self, label: Any, help_text: Any = "", **attributes: str) -> None:
        """`attributes` are those of the box."""
        super().__init__(
            label=label,
            max_length=LONGEST_CODE,
            help_text=help_text,
            error_messages={
                "required": _("Write the code."),
                "max_length": _("This is longer than any code. Write the code alone."),
            },
            widget=forms.TextInput(attrs={**_TYPED, "dir": "ltr", **attributes}),
        )


class AppCodeForm(PlainForm):
    """The first code of a new code app."""

    code = CodeField(_("The six digits that the app shows now"), inputmode="numeric")


class SecondStepForm(PlainForm):
    """A code as the second step of a sign-in."""

    code = CodeField(
        _("Code"), _("The six digits of your code app, or one of your recovery codes.")
    )


class FactorNameForm(PlainForm):
    """What to call a code app or passkey."""

    name = forms.CharField(
        label=_("What to call it"),
        required=False,
        max_length=60,
        help_text=_("So that you know it again, for example: old phone. May stay empty."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class PasskeyForm(FactorNameForm):
    """A name, and what the browser answered for the new passkey."""

    answer = forms.CharField(
        required=False, max_length=LONGEST_ANSWER, widget=forms.HiddenInput, strip=False
    )


class PasskeyAnswerForm(PlainForm):
    """What the browser answered, and the question as this site has signed it."""

    answer = forms.CharField(max_length=LONGEST_ANSWER, widget=forms.HiddenInput)
    state = forms.CharField(max_length=2000, widget=forms.HiddenInput)
