"""What people write to make a token."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from frontend.forms.account.forms import PlainForm
from network.enums import Scope

# What a scope lets somebody do, in the words of the desk. Messages have no operations yet.
WORDS = {
    Scope.DIRECTORY_READ: _("Read the group's programs, drafts and withheld fields included"),
    Scope.DIRECTORY_WRITE: _("Change programs and, where your role may, publish them"),
    Scope.MEMBERS_READ: _("See who belongs to the group, and the tokens that there are"),
    Scope.MEMBERS_WRITE: _("Invite people, change roles and end tokens, where your role may"),
}
_DAYS = (7, 30, 90, 180, 365)


class TokenForm(PlainForm):
    """A name, what the token is for, and for how long."""

    number = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=pgettext_lazy("of a token", "Name"),
        max_length=80,
        help_text=_("By which you tell it from others, for example: web site of the group."),
        error_messages={"required": _("Write a name of 1 to 80 characters.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it is for"),
        choices=lambda: [(scope.value, words) for scope, words in WORDS.items()],
        help_text=_("No more than needed. Your role decides as well, each time it is used."),
        error_messages={"required": _("Choose at least one.")},
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        choices=lambda: [(number, _days(number)) for number in _DAYS],
        coerce=int,
        initial=90,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Each form that is shown has a number of its own, so that sent twice it makes one."""
        kwargs["initial"] = {"number": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}
