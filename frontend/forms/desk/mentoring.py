"""What groups write to each other when one helps the other to begin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.actions.mentoring.checks import MAX_CONTACT, MAX_TEXT
from directory.models import Country
from frontend.forms.account.forms import PlainForm
from frontend.forms.desk.organization import LanguagesField
from frontend.templatetags.atlas import country_name


def _text(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=MAX_TEXT,
        error_messages={"required": _("Write a few sentences.")},
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )


def _contact(help_text: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=_("How to reach your group"),
        help_text=help_text,
        required=required,
        max_length=MAX_CONTACT,
        error_messages={
            "required": _(
                "Write how to reach your group: an e-mail address or a telephone number."
            )
        },
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class OfferForm(PlainForm):
    """What a group offers to beginners."""

    is_open = forms.TypedChoiceField(
        label=_("Do you help groups that begin?"),
        choices=[("yes", _("Yes, groups may ask us")), ("no", _("No, not at present"))],
        coerce=lambda value: value == "yes",
    )
    text = _text(
        _("What you can help with"),
        _(
            "For example: how you were let in, training of visitors, talking with the authority. "
            "Every verified group reads it; the public does not."
        ),
        required=False,
    )
    languages = LanguagesField(
        label=_("Languages in which you can help"),
        help_text=_("By name, with commas between them."),
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class AskForm(PlainForm):
    """A request for help."""

    text = _text(
        _("What you want to know"),
        _(
            "Where you want to visit, who you are, what you have tried. Name nobody who is in "
            "detention."
        ),
    )
    contact = _contact(_("Only the group that you ask reads it."))


class AnswerForm(PlainForm):
    """A yes with how to be reached, or a no."""

    answer = _text(_("Your answer"), _("Only the group that asked reads it."), required=False)
    contact = _contact(_("They read it if you say yes."), required=False)


class FindForm(PlainForm):
    """Where and in which languages a group wants to begin. A form that is read, not sent."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    facility = forms.CharField(widget=forms.HiddenInput, required=False)
    languages = LanguagesField(
        label=_("Languages"),
        help_text=_("By name, with commas between them."),
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, data: Any, countries: Iterable[Country], **kwargs: Any) -> None:
        """Offer these countries, by their names on the page."""
        super().__init__(data, **kwargs)
        named = sorted((country_name(one), one.iso2) for one in countries)
        choices = [("", _("Any country")), *((code, name) for name, code in named)]
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"), required=False, choices=choices
        )
        self.order_fields(["country", "languages", "facility"])
