"""Handles: who somebody is to the others of one conversation."""

from __future__ import annotations

from django.db import models

from messaging.models.conversation import Conversation
from messaging.models.managers import ConversationManager
from messaging.models.party import Party
from network.models import Organization
from network.models.base import Row


class Handle(Row):
    """Organizer 2, Group X: all that others learn of a person, for this conversation only.

    No person stands here: which person a handle is stands in their Participant, which the
    database shows to nobody of another organization. It is given with the first word that
    somebody writes in a conversation of organizations, so that who only reads is not counted.
    `shown_name` is a name its holder chose to show here.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="handles", db_index=False
    )
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="handles")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    number = models.PositiveIntegerField()
    shown_name = models.CharField(max_length=120, blank=True)
    joined_seq = models.BigIntegerField(default=0)
    left_seq = models.BigIntegerField(null=True, blank=True)

    objects = ConversationManager["Handle"]()

    class Meta:
        """Numbers are counted for each organization of a conversation, and never used again."""

        ordering = ("joined_seq", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["conversation", "organization", "number"], name="handle_number_once"
            ),
        )

    def __str__(self) -> str:
        """Its number, for logs."""
        return f"handle {self.number}"
