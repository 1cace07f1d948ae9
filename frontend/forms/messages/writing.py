"""Forms in which somebody writes to others."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from frontend.desk.message_files import SentFiles
from frontend.forms.account.forms import PlainForm
from frontend.forms.desk.files import PAPERS, SentFileField
from frontend.templatetags.atlas import language_name
from messaging.actions.attaching import FIELD
from messaging.validators import MAX_TOPIC
from network.identifying import require_looked_at


def language_choices(*more: str) -> list[tuple[str, Any]]:
    """Languages of the site and a few more, by their names on the page; and none of them."""
    codes = dict.fromkeys([*dict(settings.LANGUAGES), *more])
    named = sorted((language_name(code), code) for code in codes if code)
    choices: list[tuple[str, Any]] = [(code, name) for name, code in named]
    return [*choices, ("", pgettext_lazy("language of a message", "Another one"))]


class FilesInput(forms.FileInput):
    """A box for several files at once."""

    allow_multiple_selected = True


class FilesField(SentFileField):
    """Files that come with a message; what they are was decided before the form."""

    def __init__(self) -> None:
        """Several may be chosen."""
        super().__init__(
            pgettext_lazy("of a message", "Files"),
            _("JPEG, PNG or WebP, PDF, or plain text in UTF-8. At most 4, and 5 MB together."),
            PAPERS,
        )
        self.widget = FilesInput(attrs={**self.widget.attrs, "multiple": True})


class MessageForm(PlainForm):
    """A message, and the id by which sending it twice is sending it once.

    `seen` is the newest number on the page, so that answering counts as having read up to there.
    """

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2**62
    )
    body = forms.CharField(
        label=_("Your message"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Written in"), required=False)

    def __init__(self, data: Any = None, *, languages: Iterable[str] = (), **kwargs: Any) -> None:
        """Offer the languages of the site and these; begin with the first of these."""
        languages = list(languages)
        initial = {"client_id": uuid.uuid4(), "language": next(iter(languages), "")}
        kwargs["initial"] = initial | kwargs.pop("initial", {})
        super().__init__(data, **kwargs)
        choices = language_choices(*languages)
        self.fields["language"] = forms.ChoiceField(
            label=_("Written in"), required=False, choices=choices
        )

    def clean(self) -> dict[str, Any]:
        """Ask to look where somebody in detention could be recognised from what is written."""
        values = super().clean() or self.cleaned_data
        texts = {name: values[name] for name in ("topic", "body") if values.get(name)}
        texts |= self.more_texts()
        try:
            require_looked_at(texts, has_looked=self.has_looked)
        except ValidationError as error:
            self.heed(error)
            self.add_error(None, error)
        return values

    def more_texts(self) -> dict[str, str]:
        """What else the others will read, by field."""
        return {}

    def more_marks(self) -> list[str]:
        """What else makes this message another one."""
        return []

    @property
    def send_id(self) -> uuid.UUID:
        """The id of exactly this: the same text from the same page once, another text anew.

        A browser that goes back shows the form with its old id, and somebody may write on in it.
        """
        values = self.cleaned_data
        names = (name for name in sorted(values) if name not in ("client_id", "seen", FIELD))
        parts = [*(str(values[name]) for name in names), *self.more_marks()]
        return uuid.uuid5(values.get("client_id") or uuid.uuid4(), "\0".join(parts))


class ReplyForm(MessageForm):
    """A message that may answer another one, and bring files."""

    thread = forms.UUIDField(widget=forms.HiddenInput, required=False)
    files = FilesField()  # type: ignore[assignment]  # a field, as the framework takes it

    def __init__(self, data: Any = None, *, sent: SentFiles | None = None, **kwargs: Any) -> None:
        """`sent` is what came along."""
        super().__init__(data, **kwargs)
        self.sent = sent or SentFiles()

    def clean(self) -> dict[str, Any]:
        """Say at their field why files are not taken."""
        if self.sent.error is not None:
            self.add_error(FIELD, self.sent.error)
        return super().clean()

    def more_texts(self) -> dict[str, str]:
        """What the files are called: somebody could be recognised by that too."""
        names = " ".join(one.name for one in self.sent.files)
        return {FIELD: names} if names else {}

    def more_marks(self) -> list[str]:
        """The same words with other files are another message."""
        return [f"{one.name} {one.inspected.sha256}" for one in self.sent.files]


class TopicForm(MessageForm):
    """A topic to which others reply: one line."""

    body = forms.CharField(
        label=_("What it is about"),
        help_text=_("One line, for example: Training in March. Others reply to it."),
        max_length=MAX_TOPIC,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Write a few words.")},
    )


def topic_field() -> forms.CharField:
    """What a conversation is called."""
    return forms.CharField(
        label=_("What it is about"),
        help_text=_("Everybody in it sees this. Nobody who is in detention is named here."),
        max_length=MAX_TOPIC,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Write a few words.")},
    )


class ChannelForm(MessageForm):
    """A first message to a group."""

    topic = topic_field()
    field_order = ("topic", "body", "language")


class GroupForm(MessageForm):
    """A conversation of people, each of whom accepts first."""

    topic = topic_field()
    members = forms.TypedMultipleChoiceField(
        label=_("People of your group"),
        coerce=uuid.UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    handles = forms.MultipleChoiceField(
        label=_("People of other groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("topic", "members", "handles", "body", "language")

    def __init__(
        self, data: Any = None, *, people: list[Any], met: list[Any], **kwargs: Any
    ) -> None:
        """Offer these colleagues and these people of others, as value and words."""
        super().__init__(data, **kwargs)
        _offer(self, people, met)

    def clean(self) -> dict[str, Any]:
        """Somebody is there to talk to."""
        values = super().clean()
        if not values.get("members") and not values.get("handles") and not self.errors:
            self.add_error(None, _("Choose at least one person."))
        return values


class InviteForm(PlainForm):
    """People to bring into a group."""

    members = forms.TypedMultipleChoiceField(
        label=_("People of your group"),
        coerce=uuid.UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    handles = forms.MultipleChoiceField(
        label=_("People of other groups"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any = None, *, people: list[Any], met: list[Any], **kwargs: Any
    ) -> None:
        """Offer these colleagues and these people of others, as value and words."""
        super().__init__(data, **kwargs)
        _offer(self, people, met)


def handle_pairs(values: Iterable[str]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Conversation and handle out of the values of the boxes."""
    return [
        (uuid.UUID(conversation), uuid.UUID(handle))
        for conversation, _space, handle in (one.partition(" ") for one in values)
    ]


def _offer(form: forms.Form, people: list[Any], met: list[Any]) -> None:
    for name, choices in (("members", people), ("handles", met)):
        if choices:
            form.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices
        else:
            del form.fields[name]
