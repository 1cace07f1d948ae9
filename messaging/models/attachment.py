"""Attachments: files that came with a message."""

from __future__ import annotations

from django.db import models

from messaging.models.conversation import Conversation
from messaging.models.event import Event
from messaging.models.managers import ConversationManager
from network.models import Organization
from network.models.base import Row


class Attachment(Row):
    """A file of a message: seen by whoever sees the event, gone with it.

    The bytes are a file under `file`, see `network.uploads.storage`. `name` is what it is called
    where people see it: words, so they stand here and not in the event, which only counts its
    files. `organization` is whose budget the `bytes` count against. From `deleted_at` on, when the
    message was deleted, nobody who takes part is given it; the purge deletes it a week later.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="attachments"
    )
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="attachments", db_index=False
    )
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    bytes = models.PositiveIntegerField()
    file = models.CharField(max_length=32, unique=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ConversationManager["Attachment"]()

    class Meta:
        """In the order in which they were chosen."""

        ordering = ("event", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=["event", "ordinal"], name="attachment_one_a_place"),
        )
        indexes = (
            models.Index(
                fields=["deleted_at"],
                condition=models.Q(deleted_at__isnull=False),
                name="attachment_by_deletion",
            ),
        )

    def __str__(self) -> str:
        """Its kind, for logs; never its name."""
        return f"{self.media_type} {self.pk}"
