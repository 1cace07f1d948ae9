"""First contacts: what an organization answers to one that it never spoke with."""

from __future__ import annotations

from django.db import models

from messaging.enums import RequestState
from messaging.models.conversation import Conversation
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class ContactRequest(Row):
    """`asker` wants to speak with `organization`, which alone reads the row.

    So a no is silent: to who asked the conversation stays asked. `answered_by` is a person.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    asker = models.ForeignKey(
        Organization, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.ASKED)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["ContactRequest"]()

    class Meta:
        """One that waits for each organization in each conversation."""

        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["conversation", "organization"],
                condition=models.Q(state="asked"),
                name="contact_request_one_open",
            ),
        )

    def __str__(self) -> str:
        """Its state, for logs."""
        return f"{self.state} {self.pk}"
