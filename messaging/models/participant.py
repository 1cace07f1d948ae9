"""Participants: which person takes part, and how far they have read."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from messaging.enums import Ending, ParticipantState
from messaging.models.conversation import Conversation
from messaging.models.handle import Handle
from messaging.models.party import Party
from network.models import Membership, Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class Participant(Row):
    """A person in a conversation for one organization; the person alone reads the row.

    They see the events after `joined_seq` up to `left_seq`, which stays empty while they take
    part; while an organization or a person is asked it marks the end of what may be read before
    the answer. `membership` is by which they take part: every question asks for it as it is at
    that moment, see `messaging.queries.standing`, so a row that was not ended in time leads
    nowhere. `ended_as` says why it is over; empty: it is not. `ended_topic` is what the
    conversation was called then. `client_id` is that of the request by which the person opened it.
    `told_seq` is how far a mail has told of it; empty: none ever did.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="participants", db_index=False
    )
    party = models.ForeignKey(
        Party, on_delete=models.CASCADE, related_name="participants", db_index=False
    )
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    handle = models.OneToOneField(
        Handle, null=True, blank=True, on_delete=models.CASCADE, related_name="participant"
    )
    state = models.CharField(
        max_length=10, choices=ParticipantState, default=ParticipantState.ACTIVE
    )
    joined_seq = models.BigIntegerField(null=True, blank=True)
    left_seq = models.BigIntegerField(null=True, blank=True)
    ended_as = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_topic = models.CharField(max_length=200, blank=True)
    read_seq = models.BigIntegerField(default=0)
    notify = models.BooleanField(default=True)
    is_muted = models.BooleanField(default=False)
    client_id = models.UUIDField(null=True, blank=True)
    told_seq = models.BigIntegerField(null=True, blank=True)

    objects = TenantManager["Participant"]()

    class Meta:
        """Present once in each conversation for each organization; opened once."""

        constraints = (
            models.UniqueConstraint(
                fields=["conversation", "person", "organization"],
                condition=models.Q(ended_as=""),
                name="participant_one_present",
            ),
            models.UniqueConstraint(fields=["membership", "client_id"], name="opened_once"),
        )
        indexes = (
            # Somebody's inbox, and which of several rows of theirs is the newest in each.
            models.Index(
                fields=["person", "organization", "conversation", "created_at"],
                name="participant_by_part",
            ),
            models.Index(fields=["party", "membership"], name="participant_by_party"),
            # Who is in a conversation, and the row of one of them, which every policy asks for.
            models.Index(fields=["conversation", "person"], name="participant_by_conversation"),
        )

    def __str__(self) -> str:
        """Its state, for logs."""
        return f"{self.state} {self.pk}"
