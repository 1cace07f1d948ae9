"""Conversations: what several people or organizations say to each other, in one order."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from messaging.enums import ConversationKind, ConversationState, Crypto
from messaging.models.managers import OwnConversationManager
from network.models import Node
from network.models.base import Row


class Conversation(Row):
    """A log of events with a gap-free sequence number, and who may add to it.

    `home_node` is empty where this node gives the numbers. `last_seq` is the number of the newest
    event: changed by one and in the transaction that adds the event, whose lock on this row is
    the total order. `membership_epoch` grows with each change of who takes part. `retention_days`
    is the shortest of what its parties want. `floor_seq` is the newest number that retention has
    deleted, `base` the state folded up to there, see `messaging.folding`. `origin` is what it was
    opened for, so that it is opened once.
    """

    kind = models.CharField(max_length=10, choices=ConversationKind)
    state = models.CharField(
        max_length=10, choices=ConversationState, default=ConversationState.OPEN
    )
    topic = models.CharField(max_length=200, blank=True)
    home_node = models.ForeignKey(
        Node, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    last_seq = models.BigIntegerField(default=0)
    membership_epoch = models.PositiveIntegerField(default=0)
    retention_days = models.PositiveSmallIntegerField(default=90)
    crypto = models.CharField(max_length=8, choices=Crypto, default=Crypto.NONE)
    origin = models.UUIDField(null=True, blank=True, unique=True)
    floor_seq = models.BigIntegerField(default=0)
    base = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = OwnConversationManager["Conversation"]()

    class Meta:
        """Nothing is deleted that was not said."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(floor_seq__gte=0, floor_seq__lte=models.F("last_seq")),
                name="conversation_floor_below_head",
            ),
        )

    def __str__(self) -> str:
        """Its kind, for logs; never its topic."""
        return f"{self.kind} {self.pk}"
