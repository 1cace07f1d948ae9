"""Parameters of the log of a conversation."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.filters.paging import PageParameters
from api.v1.filters.parameters import LONGEST, Parameters
from api.v1.shell.conversations import MAX_SEQ
from network.validators import validate_plain_text

EVENTS, MOST_EVENTS = 100, 500
LONGEST_WAIT = 25


class EventParameters(Parameters):
    """From where to read on, how much, and how long to wait for something."""

    after = serializers.IntegerField(
        min_value=0,
        max_value=MAX_SEQ,
        required=False,
        initial=0,
        help_text="The `seq` of the last event that you have: those after it come, in order.",
    )
    limit = serializers.IntegerField(
        min_value=1,
        max_value=MOST_EVENTS,
        required=False,
        initial=EVENTS,
        help_text="How many events at most.",
    )
    wait = serializers.IntegerField(
        min_value=0,
        max_value=LONGEST_WAIT,
        required=False,
        initial=0,
        help_text="So many seconds the answer may wait for an event where there is none yet.",
    )


class AskedField(serializers.CharField):
    """Words to look for, one short line."""

    def to_internal_value(self, data: Any) -> str:
        """The words, without control characters."""
        words = super().to_internal_value(data)
        validate_plain_text(words, lines=False)
        return words


class FoundParameters(PageParameters):
    """What to look for in messages, and where."""

    q = AskedField(
        max_length=LONGEST,
        help_text="Words that the message must hold, in any order and script; accents, case and "
        "forms of Arabic letters do not matter.",
    )
    conversation = serializers.UUIDField(
        required=False,
        help_text="Only in this conversation. One in which you have no part holds nothing.",
    )
