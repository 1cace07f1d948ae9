"""Exports of organizations that wait to be fetched."""

from __future__ import annotations

from django.db import models

from network.models.base import Row
from network.models.organization import Organization
from network.models.person import Person
from network.tenancy.managers import TenantManager


class Export(Row):
    """One archive of all that an organization has here, for a day.

    The bytes are a file under `name`. Ending it deletes row and file; there is no way back, the
    next one is made anew. `has_emails` says whether it names the members' addresses.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="exports"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=32, unique=True)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    has_emails = models.BooleanField(default=False)
    expires_at = models.DateTimeField()

    objects = TenantManager["Export"]()

    class Meta:
        """Newest first; the purge finds them by their end."""

        ordering = ("-created_at", "id")
        indexes = (models.Index(fields=["expires_at"], name="export_by_end"),)

    def __str__(self) -> str:
        """Its number, for logs."""
        return f"export {self.pk}"

    @property
    def filename(self) -> str:
        """What the file is called where it is kept; `exports_of` has loaded the organization."""
        return f"{self.organization.slug}-{self.created_at:%Y-%m-%d}.zip"
