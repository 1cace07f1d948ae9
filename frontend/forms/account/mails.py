"""How often mails about messages come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from frontend.forms.account.forms import PlainForm
from messaging.enums import DigestRhythm

_PICK = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}


def _hours() -> list[tuple[int, str]]:
    return [(hour, f"{hour:02}:00") for hour in range(24)]


def _hour(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=help_text, choices=_hours, coerce=int, error_messages=_PICK
    )


class MailsForm(PlainForm):
    """A rhythm, whether some things are told at once, and when nothing is."""

    digest = forms.ChoiceField(
        label=_("A mail with all that waits"),
        choices=DigestRhythm.choices,
        help_text=_("It comes only if something new waits."),
        error_messages=_PICK,
    )
    hour = _hour(_("From which hour of the day"))
    at_once = forms.TypedChoiceField(
        label=_("Messages to you alone, mentions and requests"),
        choices=[
            (True, pgettext_lazy("mails about messages", "Tell me after ten unread minutes")),
            (False, pgettext_lazy("mails about messages", "They wait like the others")),
        ],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        help_text=_("What comes within half an hour is one mail."),
        error_messages=_PICK,
    )
    quiet_from = _hour(_("No mail from"))
    quiet_until = _hour(
        _("No mail until"),
        _("What comes in these hours is one mail afterwards. The same hour twice: no quiet time."),
    )
