"""Events: the durable log of a conversation."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from messaging.enums import EventKind, EventState
from messaging.models.conversation import Conversation
from messaging.models.handle import Handle
from messaging.models.managers import ConversationManager
from network.models.base import Row


class Event(Row):
    """One entry of the log. Added, never changed; the database refuses anything else.

    `seq` counts from 1 without a gap, and is empty while the event is `queued` for a home on
    another node. `handle` wrote it; empty: the system. `target` is the event that an edit, a
    translation or a deletion speaks of, `thread_root` the one that it answers: ids, not keys,
    because retention deletes what they point at. `body` holds everything that somebody wrote, a
    topic and a shown name too, so that the purge can take the words and leave the order. `data`
    holds small facts of a change in who takes part; never text.
    """

    created_at = models.DateTimeField(default=timezone.now)

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="events", db_index=False
    )
    seq = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=EventState, default=EventState.COMMITTED)
    kind = models.CharField(max_length=20, choices=EventKind)
    handle = models.ForeignKey(
        Handle, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    client_id = models.UUIDField(null=True, blank=True)
    thread_root = models.UUIDField(null=True, blank=True)
    target = models.UUIDField(null=True, blank=True)
    language = models.CharField(max_length=12, blank=True)
    body = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)

    objects = ConversationManager["Event"]()

    class Meta:
        """One event a number; one event a `client_id` of its author; queued has no number."""

        ordering = ("seq",)
        constraints = (
            models.UniqueConstraint(fields=["conversation", "seq"], name="event_one_a_seq"),
            models.UniqueConstraint(
                fields=["conversation", "handle", "client_id"], name="event_sent_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="committed", seq__isnull=False)
                | models.Q(state="queued", seq=None),
                name="event_queued_has_no_seq",
            ),
            models.CheckConstraint(
                condition=models.Q(seq=None) | models.Q(seq__gte=1), name="event_seq_from_one"
            ),
        )
        indexes = (
            models.Index(
                fields=["conversation", "target"],
                condition=models.Q(target__isnull=False),
                name="event_by_target",
            ),
            models.Index(
                fields=["conversation", "thread_root", "seq"],
                condition=models.Q(thread_root__isnull=False),
                name="event_by_thread",
            ),
            models.Index(fields=["created_at"], name="event_by_age"),
        )

    def __str__(self) -> str:
        """Its place and kind, for logs; never its body."""
        return f"{self.seq} {self.kind}"
