"""Reports of messages: that a group told the stewards of this node, and what came of it."""

from __future__ import annotations

from django.db import models

from messaging.enums import ReportKind, ReportState
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class MessageReport(Row):
    """What the group that reported sees of it later: its kind and its state.

    Who reported stands in the group's log, who decided in the node's. What was copied is a row of
    its own, `ReportedWords`, which the group that reported does not read again.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    client_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=ReportKind)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["MessageReport"]()

    class Meta:
        """Oldest first; one for each form that was sent; what is decided has its day."""

        ordering = ("created_at", "id")
        indexes = (models.Index(fields=["state", "created_at"], name="message_report_by_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "client_id"], name="message_reported_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_at=None)
                | (~models.Q(state="waiting") & models.Q(decided_at__isnull=False)),
                name="message_report_decided_whole",
            ),
        )

    def __str__(self) -> str:
        """Its kind and state, for logs."""
        return f"{self.kind} {self.state} {self.pk}"
