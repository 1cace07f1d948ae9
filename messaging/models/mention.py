"""Mentions: whom an event names."""

from __future__ import annotations

from django.db import models

from messaging.models.conversation import Conversation
from messaging.models.event import Event
from messaging.models.handle import Handle
from messaging.models.managers import ConversationManager
from network.enums import Role
from network.models import Organization
from network.models.base import Row


class Mention(Row):
    """An event names a handle, all of an organization, or a role in it.

    One row a name, however many people it reaches: who is meant is asked when it is counted.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="mentions", db_index=False
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="mentions")
    seq = models.BigIntegerField()
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    handle = models.ForeignKey(
        Handle, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(max_length=12, choices=Role, blank=True)

    objects = ConversationManager["Mention"]()

    class Meta:
        """Counted from a number on; a name of a person is no role."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(handle=None) | models.Q(role=""), name="mention_of_one"
            ),
        )
        indexes = (models.Index(fields=["conversation", "seq"], name="mention_by_seq"),)

    def __str__(self) -> str:
        """Its place, for logs."""
        return f"mention {self.seq}"
