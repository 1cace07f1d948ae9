"""What can be changed about a conversation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from frontend.forms.account.forms import PlainForm
from frontend.forms.messages.writing import topic_field
from messaging.enums import RETENTION_DAYS
from messaging.validators import MAX_NAME


class TopicNameForm(PlainForm):
    """What it is called."""

    topic = topic_field()


class NameForm(PlainForm):
    """A name to show to the others."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name to show here"),
        help_text=_(
            "The others see it beside your number, in this conversation only. Leave it empty to"
            " show none."
        ),
        required=False,
        max_length=MAX_NAME,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


def _days() -> list[tuple[int, str]]:
    return [
        (days, ngettext("%(number)d day", "%(number)d days", days) % {"number": days})
        for days in RETENTION_DAYS
    ]


class RetentionForm(PlainForm):
    """How long one's own group wants messages kept."""

    days = forms.TypedChoiceField(
        label=_("How long your group wants messages kept"),
        help_text=_("Of what the groups want the shortest counts. Older messages are deleted."),
        coerce=int,
        choices=_days,
        error_messages={"invalid_choice": _("Choose 7, 30, 90 or 365 days.")},
    )


class AddGroupForm(PlainForm):
    """Another group to bring in, by the last part of the address of its page."""

    slug = forms.CharField(
        label=_("Another group"),
        help_text=_(
            "The last part of the address of its page here, for example harbour-visitors."
            " It reads what is said from now on."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Choose a group to write to.")},
    )
