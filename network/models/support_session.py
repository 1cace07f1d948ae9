"""Support sessions: a steward looks at one group's desk, for a while, where an owner agreed."""

from __future__ import annotations

from django.db import models

from network.models.base import Row
from network.models.organization import Organization
from network.tenancy.managers import TenantManager

LONGEST_MINUTES = 60


class SupportSession(Row):
    """What a steward asked for, with the reason, and what an owner of the group answered.

    `steward_id` and `answered_by` are people's ids. It is open for an answer until `expires_at`;
    once it was allowed it lasts until `ends_at`, or until either side ends it.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="support_sessions"
    )
    steward_id = models.UUIDField()
    reason = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField()
    expires_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["SupportSession"]()

    class Meta:
        """One at a time for each group; nothing lasts that nobody allowed."""

        ordering = ("-created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(ended_at=None),
                name="support_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=LONGEST_MINUTES),
                name="support_at_most_an_hour",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(answered_by__isnull=False),
                name="support_was_allowed",
            ),
        )

    def __str__(self) -> str:
        """Its id, for logs."""
        return str(self.pk)
