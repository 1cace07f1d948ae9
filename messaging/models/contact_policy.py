"""Whether an organization takes first contacts."""

from __future__ import annotations

from django.db import models

from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class ContactPolicy(Row):
    """What an organization said of first contacts. Without a row it takes them."""

    organization = models.OneToOneField(
        Organization, on_delete=models.CASCADE, related_name="contact_policy"
    )
    takes_requests = models.BooleanField(default=True)

    objects = TenantManager["ContactPolicy"]()

    def __str__(self) -> str:
        """Its number, for logs."""
        return f"contact policy {self.pk}"
