"""Offers of help: a group says that it will help others begin."""

from __future__ import annotations

from django.db import models

from network.models import Organization
from network.models.base import Row
from network.tenancy.managers import TenantManager


class MentorOffer(Row):
    """What one group offers to beginners. While it is open every verified group reads it.

    How to reach the group is not in it: that is told to whom it helps.
    """

    organization = models.OneToOneField(
        Organization, on_delete=models.CASCADE, related_name="mentor_offer"
    )
    is_open = models.BooleanField(default=False)
    languages = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager["MentorOffer"]()

    def __str__(self) -> str:
        """Its number, for logs."""
        return f"offer {self.pk}"
