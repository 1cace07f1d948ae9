"""Objections: somebody says that an entry was taken over by the wrong group."""

from __future__ import annotations

from django.db import models

from directory.enums import ObjectionState
from directory.models.application import Application
from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class Objection(Row):
    """What anybody wrote within 14 days of a claim. Read by the stewards alone.

    `organization` is the group that claimed. `email` is where the answer goes, and is emptied
    with the decision.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="objections"
    )
    text = models.TextField()
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=12, default="en")
    state = models.CharField(max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = TenantManager["Objection"]()

    class Meta:
        """Oldest first."""

        ordering = ("created_at", "id")

    def __str__(self) -> str:
        """Its state; never the text."""
        return f"{self.state} {self.pk}"
