"""Claimed entries: a listing as it was when a group took it over, so that it can be undone."""

from __future__ import annotations

from django.db import models

from directory.models.application import Application
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class ClaimedEntry(Row):
    """One listing with its places and words, whole, as the source gave it.

    `document` is what Django's serializer gives for the rows. `undone_at` is when an objection
    was upheld. It goes with the application.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="claimed_entry"
    )
    program_id = models.UUIDField()
    document = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager["ClaimedEntry"]()

    class Meta:
        """The table's name in words."""

        verbose_name_plural = "claimed entries"

    def __str__(self) -> str:
        """Its id, for logs."""
        return str(self.pk)
