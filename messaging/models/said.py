"""That something was said, without what."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from messaging.enums import EventKind
from messaging.models.conversation import Conversation
from messaging.models.handle import Handle
from messaging.models.managers import ConversationManager
from network.models.base import Row


class Said(Row):
    """A message, a topic or a change of one: its number, its handle and its time, and no word.

    A view of the events with these columns alone. Whoever writes mails counts in it and cannot
    read what is counted, see the migration `0007_notifications`.
    """

    created_at = models.DateTimeField(default=timezone.now)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=EventKind)
    handle = models.ForeignKey(
        Handle, null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )

    objects = ConversationManager["Said"]()

    class Meta:
        """Nothing is kept in it."""

        managed = False
        db_table = "messaging_said"

    def __str__(self) -> str:
        """Its place, for logs."""
        return f"said {self.seq}"
