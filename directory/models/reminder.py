"""Reminders: mails that asked whether public entries are still right."""

from __future__ import annotations

from django.db import models

from directory.models.program import Program
from network.models import Membership, Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class Reminder(Row):
    """One program in one mail to one member; the rows of a mail share its link, by a hash.

    The link acts for the member, in the role that they have when it is used. It is kept for a
    while after it ended, so that the mail's other link, to get no more of them, still works.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="reminders")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["Reminder"]()

    class Meta:
        """A program once in each mail; found by the link, and by the day for the purge."""

        constraints = (
            models.UniqueConstraint(fields=["token_hash", "program"], name="reminder_once"),
        )
        indexes = (models.Index(fields=["expires_at"], name="reminder_by_end"),)

    def __str__(self) -> str:
        """For logs; never the link."""
        return f"reminder {self.pk}"
