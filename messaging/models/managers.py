"""The belt of conversations: rows of those in which the organization in scope takes part."""

from __future__ import annotations

from typing import TypeVar

from django.apps import apps
from django.db import models

from network.tenancy.managers import TenantManager

M = TypeVar("M", bound=models.Model)


class ConversationManager(TenantManager[M]):
    """`objects` of tables that span organizations: scoped by taking part, not by owning.

    No more than the belt: within an organization each person sees what they take part in, which
    the queries and row security ask for.
    """

    conversation_field = "conversation_id"

    def _in_scope(self, organization: object) -> models.Q:
        party = apps.get_model("messaging", "Party")
        rows: models.QuerySet[models.Model] = models.QuerySet(party)
        taking_part = rows.filter(organization_id=organization)
        return models.Q(
            **{f"{self.conversation_field}__in": taking_part.values("conversation_id")}
        )


class OwnConversationManager(ConversationManager[M]):
    """The same for the conversations' own table."""

    conversation_field = "pk"
