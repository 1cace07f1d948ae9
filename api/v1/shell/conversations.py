"""What is sent of conversations."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from api.v1.shell.inputs import Choice, Coded, Input, Key, Text, Truth, Whole
from messaging.actions.asking import MAX_AT_ONCE
from messaging.actions.attaching import MOST
from messaging.enums import RETENTION_DAYS, ConversationKind, DigestRhythm, EventKind
from messaging.validators import MAX_NAME, MAX_TOPIC

# The longest number that every JSON parser reads as it is.
MAX_SEQ = 2**53 - 1
MAX_LANGUAGE = 12
MAX_ORGANIZATION = 300
MAX_FILE_NAME = 255
KINDS = (ConversationKind.CHANNEL, ConversationKind.GROUP, ConversationKind.DIRECT)
SENT_KINDS = (
    EventKind.MESSAGE,
    EventKind.TOPIC,
    EventKind.EDIT,
    EventKind.TRANSLATION,
    EventKind.DELETION,
)
# What each kind of conversation is opened with, beside `body`, `language` and `client_id`.
_OF_KIND = {
    ConversationKind.CHANNEL: ("topic", "organizations"),
    ConversationKind.GROUP: ("topic", "members", "handles"),
    ConversationKind.DIRECT: ("handles",),
}
# The same for what is sent into one.
_OF_EVENT = {
    EventKind.MESSAGE: ("body", "language", "thread_root", "attachments"),
    EventKind.TOPIC: ("body", "language"),
    EventKind.EDIT: ("body", "language", "target"),
    EventKind.TRANSLATION: ("body", "language", "target"),
    EventKind.DELETION: ("target",),
}
NOT_HERE = "Leave this out: it is not for this kind."
NEEDED = "Write this: this kind needs it."
ONE_HANDLE = "Name one person."


class HandleInput(Input):
    """A person met in a conversation."""

    conversation = Key()
    handle = Key()


class _People(Input):
    members = serializers.ListField(child=Key(), max_length=MAX_AT_ONCE, required=False)
    handles = serializers.ListField(child=HandleInput(), max_length=MAX_AT_ONCE, required=False)

    def validate_handles(self, value: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
        """Pairs of conversation and handle."""
        return [(one["conversation"], one["handle"]) for one in value]


class PeopleInput(_People):
    """Whom to invite."""


class NewConversationInput(_People):
    """A conversation to open; the values are the arguments of its action, with `kind`."""

    kind = Choice(choices=[str(one) for one in KINDS])
    topic = Text(max_length=MAX_TOPIC, required=False, allow_blank=True)
    organizations = serializers.ListField(
        child=Text(max_length=MAX_ORGANIZATION), max_length=MAX_AT_ONCE, required=False
    )
    body = Text(required=False, allow_blank=True, trim_whitespace=False)
    language = Text(max_length=MAX_LANGUAGE, required=False, allow_blank=True)
    client_id = Key()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Only what the kind is opened with.

        Raises:
            ValidationError: by field.
        """
        kind = ConversationKind(attrs["kind"])
        of_kind = ("topic", "organizations", "members", "handles")
        _refuse(attrs, [name for name in of_kind if name not in _OF_KIND[kind]])
        values = {"body": "", **attrs}
        if kind != ConversationKind.DIRECT:
            values.setdefault("topic", "")
        if kind == ConversationKind.CHANNEL:
            values.setdefault("organizations", [])
        if kind == ConversationKind.DIRECT:
            handles = values.pop("handles", [])
            if len(handles) != 1:
                raise ValidationError({"handles": [ONE_HANDLE]})
            values["handle"] = handles[0]
        return values


class AttachmentInput(Input):
    """A file that comes with a message."""

    name = Text(max_length=MAX_FILE_NAME, trim_whitespace=False)
    file = Coded(allow_blank=True, trim_whitespace=False)


class EventInput(Input):
    """Something to add to a conversation."""

    client_id = Key()
    kind = Choice(choices=[str(one) for one in SENT_KINDS])
    body = Text(required=False, allow_blank=True, trim_whitespace=False)
    language = Text(max_length=MAX_LANGUAGE, required=False, allow_blank=True)
    thread_root = Key(required=False, allow_null=True)
    target = Key(required=False)
    attachments = serializers.ListField(child=AttachmentInput(), max_length=MOST, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Only what the kind is made of.

        Raises:
            ValidationError: by field.
        """
        kind = EventKind(attrs["kind"])
        fields = ("body", "language", "thread_root", "target", "attachments")
        _refuse(attrs, [name for name in fields if name not in _OF_EVENT[kind]])
        if "target" in _OF_EVENT[kind] and "target" not in attrs:
            raise ValidationError({"target": [NEEDED]})
        more = {"body": ""} if "body" in _OF_EVENT[kind] else {}
        if kind == EventKind.TRANSLATION:
            more["language"] = ""
        return {**more, **attrs, "kind": kind}


class ReadInput(Input):
    """How far one has read."""

    seq = Whole(min_value=0, max_value=MAX_SEQ)


class MutedInput(Input):
    """Whether to be left in peace."""

    muted = Truth()


class MailsInput(Input):
    """When mails about messages come."""

    digest = Choice(choices=DigestRhythm.choices)
    hour = Whole(min_value=0, max_value=23)
    at_once = Truth()
    quiet_from = Whole(min_value=0, max_value=23)
    quiet_until = Whole(min_value=0, max_value=23)


class TopicInput(Input):
    """What to call it."""

    topic = Text(max_length=MAX_TOPIC)


class NameInput(Input):
    """A name to show; empty for none."""

    name = Text(max_length=MAX_NAME, allow_blank=True)


class DaysInput(Input):
    """How long to keep messages."""

    days = Whole(min_value=min(RETENTION_DAYS), max_value=max(RETENTION_DAYS))


class PartyInput(Input):
    """Which organization to bring in."""

    organization = Text(max_length=MAX_ORGANIZATION)


class FirstContactsInput(Input):
    """Whether organizations never spoken with may ask."""

    takes_requests = Truth()


def _refuse(attrs: dict[str, Any], names: list[str]) -> None:
    """Refuse what is not for a kind.

    Raises:
        ValidationError: by field.
    """
    odd = {name: [NOT_HERE] for name in names if attrs.get(name)}
    if odd:
        raise ValidationError(odd)
    for name in names:
        attrs.pop(name, None)
