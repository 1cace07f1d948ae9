"""What is sent of reports of messages."""

from __future__ import annotations

from rest_framework import serializers

from api.v1.shell.confirming import LookedInput
from api.v1.shell.inputs import Choice, Key, Text
from messaging.actions.reporting import MAX_NOTE
from messaging.enums import ReportKind
from messaging.queries.reports import OFFERED


class ReportInput(LookedInput):
    """Which messages, and why."""

    client_id = Key()
    messages = serializers.ListField(child=Key(), max_length=OFFERED)
    kind = Choice(choices=ReportKind.values)
    note = Text(max_length=MAX_NOTE, required=False, allow_blank=True)
