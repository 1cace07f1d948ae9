"""Parties: the organizations of a conversation."""

from __future__ import annotations

from django.db import models

from messaging.enums import PartyState
from messaging.models.conversation import Conversation
from messaging.models.managers import ConversationManager
from network.models import Organization
from network.models.base import Row


class Party(Row):
    """An organization in a conversation, from after `joined_seq` to `left_seq` or now.

    While it is asked it may read up to `asked_seq`. `name` and `slug` are what the others call
    it: they cannot read its row. Of an organization that is gone for good neither id nor name
    stays. `is_host` marks who opened the conversation and asks others in. `retention_days` is how
    long it wants messages kept. An organization that comes back has a new row.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="parties"
    )
    organization = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    name = models.CharField(max_length=200, blank=True)
    slug = models.CharField(max_length=180, blank=True)
    state = models.CharField(max_length=10, choices=PartyState, default=PartyState.JOINED)
    is_host = models.BooleanField(default=False)
    joined_seq = models.BigIntegerField(default=0)
    left_seq = models.BigIntegerField(null=True, blank=True)
    asked_seq = models.BigIntegerField(null=True, blank=True)
    retention_days = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = ConversationManager["Party"]()

    class Meta:
        """Present once in each conversation."""

        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["conversation", "organization"],
                condition=models.Q(left_seq=None),
                name="party_one_present",
            ),
        )
        indexes = (models.Index(fields=["organization"], name="party_by_organization"),)

    def __str__(self) -> str:
        """Its state, for logs."""
        return f"{self.state} {self.pk}"
