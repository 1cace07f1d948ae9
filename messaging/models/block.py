"""Blocks: organizations from which another wants to hear nothing."""

from __future__ import annotations

from django.db import models

from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class Block(Row):
    """Nothing of `blocked` begins with `organization` any more; `blocked` never learns of it."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    blocked = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    blocked_name = models.CharField(max_length=200)
    blocked_by = models.UUIDField(null=True, blank=True)

    objects = TenantManager["Block"]()

    class Meta:
        """One for each other organization, never oneself."""

        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["organization", "blocked"], name="block_once"),
            models.CheckConstraint(
                condition=~models.Q(organization=models.F("blocked")), name="block_of_another"
            ),
        )

    def __str__(self) -> str:
        """Its number, for logs."""
        return f"block {self.pk}"
