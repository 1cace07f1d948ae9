"""First steps: what somebody without an account wrote, until they open the link in the mail."""

from __future__ import annotations

from django.db import models

from directory.enums import ApplicationKind
from network.models.base import Row


class FirstStep(Row):
    """The short first form of a way in, kept for 7 days or until the link is used.

    It belongs to nobody yet: the address may be somebody else's. Only a hash of the link is kept.
    """

    kind = models.CharField(max_length=10, choices=ApplicationKind)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=12, default="en")
    answers = models.JSONField(default=dict, blank=True)
    listing_slug = models.CharField(max_length=160, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """What it is for; never the address."""
        return f"{self.kind} {self.pk}"
