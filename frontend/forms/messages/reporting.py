"""The form that reports messages to the stewards."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from frontend.forms.account.forms import PlainForm
from frontend.templatetags.messenger import writer
from messaging.enums import ReportKind
from messaging.queries.events import MessageRow


class Ticked(forms.TypedMultipleChoiceField):
    """Ids of messages. Which may be reported is for the action: more may have been said since."""

    def valid_value(self, value: str) -> bool:
        """Whether it is an id at all."""
        try:
            uuid.UUID(value)
        except ValueError:
            return False
        return True


class ReportForm(PlainForm):
    """Which messages, why, and the id by which sending it twice is sending it once."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    messages = Ticked(
        label=_("What the stewards shall read"),
        help_text=_("Each message that you tick is copied whole. What you do not tick is not."),
        coerce=uuid.UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one message."),
            "invalid_choice": _("Tick at least one message."),
        },
    )
    kind = forms.ChoiceField(
        label=_("What this is about"),
        choices=ReportKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what this is about."),
            "invalid_choice": _("Choose what this is about."),
        },
    )
    note = forms.CharField(
        label=_("What the stewards should know"),
        help_text=_("A few words, if you like. Nobody who is in detention is named here."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        offered: Iterable[MessageRow],
        ticked: Iterable[uuid.UUID] = (),
        **kwargs: Any,
    ) -> None:
        """Offer these messages, some of them ticked."""
        initial = {"client_id": uuid.uuid4(), "messages": [str(one) for one in ticked]}
        super().__init__(data, initial=initial, **kwargs)
        choices: Any = [(str(one.id), _words(one)) for one in offered]
        self.fields["messages"].choices = choices  # type: ignore[attr-defined]  # a field of choices


def _words(message: MessageRow) -> SafeString:
    """A message as a label: who wrote it, and its words in their own language and direction."""
    lang = format_html(' lang="{}"', message.language) if message.language else ""
    return format_html(
        '<span class="small quiet">{}</span><br><bdi dir="auto"{}>{}</bdi>',
        writer(message),
        lang,
        message.body,
    )
