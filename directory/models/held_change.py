"""Held changes: a new contact, website or place that is not public yet."""

from __future__ import annotations

from django.db import models

from directory.models.program import Program
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class HeldChange(Row):
    """Values of a listing that wait until `held_until`, or until somebody else confirms them.

    `values` are columns of the listing; of the contact only the keys that wait. `asked_by` is who
    published them last, `askers` everybody who published one of them: none of these confirms. It
    is over when it was confirmed, released in its time, or cancelled.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="held_changes")
    values = models.JSONField()
    held_until = models.DateTimeField()
    asked_by = models.UUIDField(null=True, blank=True)
    askers = models.JSONField(default=list, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["HeldChange"]()

    class Meta:
        """One that is open for each program."""

        constraints = (
            models.UniqueConstraint(
                fields=["program"],
                condition=models.Q(
                    confirmed_at__isnull=True, released_at__isnull=True, cancelled_at__isnull=True
                ),
                name="held_change_one_open",
            ),
        )
        indexes = (models.Index(fields=["held_until"], name="held_change_by_date"),)

    def __str__(self) -> str:
        """For logs."""
        return f"held change {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return not (self.confirmed_at or self.released_at or self.cancelled_at)
